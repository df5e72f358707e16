interface Service {
  readonly image: string
  readonly profiles?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string; readonly required?: boolean }>>
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>
}

/** A value as Compose hands it over, with these variables. */
export function interpolated(value: string, variables: Readonly<Record<string, string>>): string {
  return value.replace(/\$\{(\w+)(?::([-?+])([^}]*))?\}/g, (_, name, mark, rest) => {
    const found = variables[name] ?? ''
    if (mark === '+') return found === '' ? '' : rest
    if (found !== '') return found
    if (mark === '-') return rest
    if (mark === undefined) return ''
    throw new Error(`${name} is not set: ${rest}`)
  })
}

/** A file with another over it: maps are merged, mounts by the path that they have inside, and other lists are joined. */
export function merged(under: unknown, over: unknown, key = ''): unknown {
  if (over === undefined) return under
  if (Array.isArray(under) && Array.isArray(over)) {
    if (key !== 'volumes') return [...under, ...over]
    const inside = (mount: string) => mount.replace(/:ro$/, '').split(':').at(-1)
    return [...under.filter((one) => over.every((other) => inside(one) !== inside(other))), ...over]
  }
  if (!isMap(under) || !isMap(over)) return over
  const keys = new Set([...Object.keys(under), ...Object.keys(over)])
  return Object.fromEntries([...keys].map((name) => [name, merged(under[name], over[name], name)]))
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
