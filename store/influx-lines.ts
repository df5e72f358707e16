/** Bytes of text in one field at most: InfluxDB takes up to 64 KiB. */
const TEXT_BYTES = 60_000
/** A UTF-16 code unit is three bytes of UTF-8 at most. */
const TEXT_UNITS = TEXT_BYTES / 3

/** A tag's value as line protocol wants it. Throws where none can be written: empty, of two lines, or ending in a backslash. */
export function tag(value: string): string {
  if (value === '' || value.endsWith('\\') || /[\r\n]/.test(value)) {
    throw new RangeError(`${JSON.stringify(value)} cannot be a tag`)
  }
  return value.replace(/[,= ]/g, '\\$&')
}

/** A text field's value, in quotes. Line breaks may stand in it; what is no Unicode must have been escaped before. */
export function text(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}

/** A number field's value. Every number is a float; throws for what is none. */
export function float(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be a field`)
  return String(value)
}

/** Cuts a text so that each piece fits into a field, never inside a character. */
export function pieces(value: string): string[] {
  const list: string[] = []
  for (let start = 0; start < value.length; ) {
    let end = Math.min(start + TEXT_UNITS, value.length)
    const last = value.charCodeAt(end - 1)
    if (end < value.length && last >= 0xd800 && last <= 0xdbff) end -= 1
    list.push(value.slice(start, end))
    start = end
  }
  return list.length === 0 ? [''] : list
}

/** The name of a measurement, tag or field in a query. */
export function name(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}

/** A text in a query. */
export function literal(value: string): string {
  return `'${value.replace(/['\\]/g, '\\$&')}'`
}

/** `"meter" = 'a' OR "meter" = 'b'`, in brackets. */
export function oneOf(key: string, values: readonly string[]): string {
  return `(${values.map((value) => `${name(key)} = ${literal(value)}`).join(' OR ')})`
}
