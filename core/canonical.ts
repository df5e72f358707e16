/**
 * A value as JSON in its one canonical form (RFC 8785): keys in order of their UTF-16 code units, no spaces,
 * numbers as ECMAScript prints them. Members that are undefined are left out. Throws a RangeError on numbers
 * that JSON doesn't have.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
    return `{${members.join(',')}}`
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`JSON has no ${value}`)
  return JSON.stringify(value ?? null)
}
