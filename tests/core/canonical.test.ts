import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../core/canonical.ts'

describe('canonical JSON', () => {
  it('is as RFC 8785 has it', () => {
    expect(
      canonical({
        numbers: [JSON.parse('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27, -0],
        string: '€$\u000f\nA\'B"\\\\"/',
        literals: [null, true, false],
      }),
    ).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u00f6']
    expect(Object.keys(JSON.parse(canonical(Object.fromEntries(keys.map((key) => [`a${key}`, 0])))))).toEqual(
      ['\r', '1', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'].map((key) => `a${key}`),
    )
  })

  it('reads back as what was written, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonical(reversed(value))).toBe(text)
        expect(canonical(JSON.parse(text))).toBe(text)
      }),
    )
  })

  it('has no infinite numbers, and leaves out what is undefined', () => {
    expect(() => canonical({ a: [Number.NaN] })).toThrow(RangeError)
    expect(canonical({ a: undefined, b: [undefined] })).toBe('{"b":[null]}')
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  )
}
