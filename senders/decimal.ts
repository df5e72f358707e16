/** A decimal number without rounding: `units` / 10^`decimals`. */
export interface Decimal {
  readonly units: bigint
  readonly decimals: number
}

/** What `parseDecimal` takes, for messages. */
export const DECIMAL_FORM = 'a number such as 12, 12.5 or 1.25e3, with a point and without separators'

/** The exact value of a decimal numeral, or undefined where the text is none. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const units = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n)
  const decimals = fraction.length - Number(exponent)
  return decimals >= 0 ? { units, decimals } : { units: units * 10n ** BigInt(-decimals), decimals: 0 }
}

/** The units of a decimal at a finer scale. */
export function unitsAt(decimals: number, value: Decimal): bigint {
  return value.units * 10n ** BigInt(decimals - value.decimals)
}

/** `1234` with two decimals is `12.34`: the numeral, which a JSON reader takes as the closest double. */
export function numeral(units: bigint, decimals: number): string {
  if (decimals === 0) return units.toString()
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
