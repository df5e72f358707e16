import { describe, expect, it } from 'vitest'
import { type Indicator, indicators } from '../../core/indicator.ts'
import { digitsApart } from '../../web/format.ts'
import { localeOf } from '../../web/i18n.ts'
import { isRatio, unitRead } from '../../web/indicator.ts'

const { amount, figure, unit } = localeOf('en').format

describe('a figure on the page', () => {
  it('of a share is read in per cent, of a ratio such as PUE as a number', () => {
    expect(amount(0.412, unitRead('renewable-share', '1'))).toBe('41.2%')
    expect(amount(1.324, unitRead('pue', '1'))).toBe('1.32')
  })

  it('is a ratio on the page where the indicator is one', () => {
    const of = (which: (one: Indicator) => boolean) =>
      [...indicators.values()].filter(which).map(({ id }) => id)
    expect(of(({ id }) => isRatio(id))).toEqual(of(({ ratio }) => ratio === true))
  })

  it('has its unit as it is written in its language', () => {
    expect(amount(12.5, 'm3/person')).toBe('12.50 m³/person')
    expect(localeOf('zh').format.amount(12.5, 'm3/person')).toBe('12.50 m³/人')
    expect(unit('tCO2e/RMB million')).toBe('tCO₂e/RMB million')
  })

  it('has as many digits as tell it from its limit', () => {
    expect(figure(1.4841, '', digitsApart(1.4841, 1.4842, ''))).toBe('1.4841')
    expect(figure(0.48461, '1', digitsApart(0.48461, 0.48459, '1'))).toBe('48.461%')
  })
})
