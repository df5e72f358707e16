/**
 * A figure as text with a fixed number of decimals, rounded half up on the decimal that the number
 * prints as: 1.005 is 1.01, though the double is a little less. Below zero a half goes away from zero, so
 * that a loss is as large as the gain (−2.675 is −2.68); zero has no sign. `shift` moves the point first,
 * by 2 for a share in percent. The number must be finite.
 */
export function rounded(value: number, decimals: number, shift = 0): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value))
  if (match === null) throw new RangeError(`${value} cannot be rounded`)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const digits = BigInt(whole + fraction)
  const surplus = fraction.length - Number(exponent) - shift - decimals
  const scaled = surplus <= 0 ? digits * 10n ** BigInt(-surplus) : halfUp(digits, 10n ** BigInt(surplus))
  const text = String(scaled).padStart(decimals + 1, '0')
  const point = text.length - decimals
  const shown = decimals === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`
  return scaled === 0n ? shown : sign + shown
}

function halfUp(digits: bigint, unit: bigint): bigint {
  return (digits * 2n + unit) / (unit * 2n)
}
