/** How long `Retry-After` (RFC 9110, 10.2.3) asks to wait, milliseconds: seconds or a date. Undefined where it is neither. */
export function retryAfterMs(value: string | null, now: number): number | undefined {
  if (value === null) return undefined
  const text = value.trim()
  if (/^\d+$/.test(text)) return Number(text) * 1000
  // Only a date of HTTP: `Date.parse` alone would take much else.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
