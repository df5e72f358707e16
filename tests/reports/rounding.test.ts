import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rounded } from '../../reports/rounding.ts'

describe('rounding', () => {
  it.each([
    [1.005, 2, '1.01'],
    [2.675, 2, '2.68'],
    [-2.675, 2, '-2.68'],
    [0.125, 2, '0.13'],
    [0.1249999999999999, 2, '0.12'],
    [-0.001, 2, '0.00'],
    [-0, 2, '0.00'],
    [1e21, 2, '1000000000000000000000.00'],
    [1.5e-7, 2, '0.00'],
    [5e-3, 2, '0.01'],
    [12.5, 0, '13'],
    [211171.84, 2, '211171.84'],
    [9.995, 2, '10.00'],
  ])('of %s to %s decimals is half up on what the number prints as: %s', (value, decimals, text) => {
    expect(rounded(value, decimals)).toBe(text)
  })

  it('of a share moves its point before it rounds', () => {
    expect(rounded(0.285, 2, 2)).toBe('28.50')
    expect(rounded(0.36855, 2, 2)).toBe('36.86')
    expect(rounded(0.00005, 2, 2)).toBe('0.01')
  })

  it('refuses what is no number', () => {
    expect(() => rounded(Number.NaN, 2)).toThrow('NaN cannot be rounded')
    expect(() => rounded(Number.POSITIVE_INFINITY, 2)).toThrow('Infinity cannot be rounded')
  })

  it('is never further off than half a unit, and half a unit goes away from zero', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.integer({ min: 0, max: 3 }),
        (thousandths, decimals) => {
          // A number of whole thousandths prints as what it is.
          const text = rounded(Number(`${thousandths}e-3`), decimals)
          const shown = BigInt(text.replace('.', '')) * 10n ** BigInt(4 - decimals)
          const off = shown - BigInt(thousandths) * 10n
          const half = 5n * 10n ** BigInt(3 - decimals)
          const outward = thousandths < 0 ? -off : off
          expect(outward <= half && outward > -half).toBe(true)
          expect(text).toMatch(decimals === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${decimals}}$`))
        },
      ),
    )
  })

  it('of what was rounded changes nothing, and keeps the order of numbers', () => {
    const number = fc.double({ min: -1e9, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [low, high] = [rounded(Math.min(a, b), 2), rounded(Math.max(a, b), 2)]
        expect(rounded(Number(low), 2)).toBe(low)
        expect(Number(low)).toBeLessThanOrEqual(Number(high))
      }),
    )
  })
})
