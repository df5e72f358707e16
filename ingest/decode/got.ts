/** What a device sent in the place of something else, for a reason; never looked into deeper than its kind. */
export function shown(got: unknown): string {
  if (Array.isArray(got)) return 'an array'
  if (typeof got === 'object' && got !== null) return 'an object'
  return typeof got === 'string' ? JSON.stringify(got.slice(0, 80)) : String(got)
}
