/** A branch is addressed by its steps from the root, with commas between them. */
export function step(path: string, name: string): string {
  return `${path},${name}`
}

/** The branch that another hangs on; empty of a root. */
export function above(path: string): string {
  return path.includes(',') ? path.slice(0, path.lastIndexOf(',')) : ''
}

/** A branch and all above it. */
export function wayTo(path: string): string[] {
  return path === '' ? [] : [...wayTo(above(path)), path]
}

/** What stands open once a branch is opened, or closed with all beneath it. */
export function toggled(opened: ReadonlySet<string>, path: string): ReadonlySet<string> {
  if (!opened.has(path)) return new Set([...opened, ...wayTo(path)])
  return new Set([...opened].filter((one) => one !== path && !one.startsWith(`${path},`)))
}

/** The meter and the day whose readings a path leads to. */
export function dayAt(path: string): { readonly meter: string; readonly date: string } | undefined {
  const [, date] = /,(\d{4}-\d\d-\d\d)$/.exec(path) ?? []
  const meter = path.split(',').findLast((one) => !/^\d{4}-\d\d(-\d\d)?$/.test(one))
  return date === undefined || meter === undefined ? undefined : { meter, date }
}

/** Keeps it in the address, so that it can be shared. */
export function keepInAddress(at: string): void {
  const address = new URL(location.href)
  if (at === '') address.searchParams.delete('at')
  else address.searchParams.set('at', at)
  address.search = address.searchParams.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
  history.replaceState(null, '', address)
}
