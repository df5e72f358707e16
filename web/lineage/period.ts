import type { Formats } from '../format.ts'

/** A year, month or day as it is read. */
export function periodName(label: string, format: Formats): string {
  if (label.length === 4) return label
  return label.length === 7 ? format.month(`${label}-01`) : format.day(label, 'long')
}

/** So many years, months or days on; of what is no such label, itself. */
export function moved(label: string, by: number): string {
  const at = new Date(
    `${label}${'-01-01'.slice(label.length === 4 ? 0 : label.length === 7 ? 3 : 6)}T00:00:00Z`,
  )
  if (Number.isNaN(at.getTime())) return label
  if (label.length === 4) at.setUTCFullYear(at.getUTCFullYear() + by)
  else if (label.length === 7) at.setUTCMonth(at.getUTCMonth() + by)
  else at.setUTCDate(at.getUTCDate() + by)
  return at.toISOString().slice(0, label.length)
}
