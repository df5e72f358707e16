import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFormula } from '../../core/formula.ts'

const METERS = new Set(['a', 'b', 'park-e-a', 'park-kw', 'park', 'm.1_x', '2'])
const isMeter = (id: string) => METERS.has(id)

function weights(text: string): Record<string, number> {
  const found = parseFormula(text, isMeter)
  if ('fault' in found) throw new Error(`${text}: ${found.fault.message}`)
  return Object.fromEntries(found.terms.map(({ meter, weight }) => [meter, weight]))
}

function fault(text: string): [number, string] {
  const found = parseFormula(text, isMeter)
  if ('terms' in found) throw new Error(`${text} was taken`)
  return [found.fault.position, found.fault.message]
}

describe('a formula', () => {
  it.each([
    ['a', { a: 1 }],
    ['a + b', { a: 1, b: 1 }],
    ['park-e-a - park-kw', { 'park-e-a': 1, 'park-kw': -1 }],
    ['a -b', { a: 1, b: -1 }],
    ['-a + b', { a: -1, b: 1 }],
    ['0.5 * (a - 3 * b)', { a: 0.5, b: -1.5 }],
    ['(a + b) / 4', { a: 0.25, b: 0.25 }],
    ['-(a - -b) * 1e1', { a: -10, b: -10 }],
    ['(1 + 1.5) * a', { a: 2.5 }],
    ['a + a + b - b', { a: 2 }],
    ['m.1_x*.5', { 'm.1_x': 0.5 }],
    ['a - b - park', { a: 1, b: -1, park: -1 }],
    ['a / 3 / 5', { a: 1 / 3 / 5 }],
  ])('%s is a sum of meters with factors', (text, expected) => {
    expect(weights(text)).toEqual(expected)
  })

  it('takes a word that is a meter and a number for the meter', () => {
    expect(weights('2 * 3')).toEqual({ '2': 3 })
  })

  it.each([
    ['', 1, 'a meter or a number is expected'],
    ['a +', 4, 'a meter or a number is expected'],
    ['a * / b', 5, 'not "/"'],
    ['a b', 3, 'an operator is expected'],
    ['(a + b', 7, '")" is expected, for the "(" at 1'],
    ['a + b)', 6, 'an operator is expected'],
    ['a + 5', 5, 'a constant is added here'],
    ['7 - a', 1, 'a constant is added here'],
    ['a + 0 * b - (a + b) * 0 + 1', 27, 'a constant is added here'],
    ['a * b', 5, 'multiplied by a meter'],
    ['1 / a', 5, 'divided by a meter'],
    ['a / 0', 5, 'divided by zero'],
    ['a / (4 - 4)', 5, 'divided by zero'],
    ['3 + 4', 1, 'without a meter'],
    ['a - a', 1, 'cancel each other out'],
    ['a + c', 5, 'no meter "c" at this site'],
    ['a × b', 3, '"×" is not understood'],
    ['a + 💧', 5, '"💧" is not understood'],
    ['a * 1e999', 5, 'too large'],
    ['a * 1e300 * 1e300', 1, 'too large'],
    [`${'('.repeat(101)}a${')'.repeat(101)}`, 101, 'nested deeper than 100'],
  ])('%s is refused at %i', (text, position, message) => {
    const [at, said] = fault(text)
    expect(said).toContain(message)
    expect(at).toBe(position)
  })

  it.each([
    ['a-b', 'a - b'],
    ['park-e-a-park-kw', 'park-e-a - park-kw'],
    ['b-', 'b - '],
    ['a-3', 'a - 3'],
  ])('%s is told from a subtraction: spaces are needed', (text, hint) => {
    expect(fault(text)[1]).toContain(`a subtraction needs spaces: "${hint}"`)
  })

  it('never has an id cut in two', () => {
    const ids = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,8}$/)
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const found = parseFormula(`${a} - 2 * ${b}`, (id) => id === a || id === b)
        const expected = a === b ? { [a]: -1 } : { [a]: 1, [b]: -2 }
        if (a === '2' || b === '2') return
        expect('terms' in found && Object.fromEntries(found.terms.map((t) => [t.meter, t.weight]))).toEqual(
          expected,
        )
      }),
      { numRuns: 1000 },
    )
  })

  /** A random formula together with what it stands for. */
  type Written = { readonly text: string; readonly value: (of: Record<string, number>) => number }
  const number = fc.integer({ min: 1, max: 9 })
  const written: fc.Memo<Written> = fc.memo((depth) =>
    depth <= 1
      ? fc.constantFrom('a', 'b', 'park-kw').map((id) => ({ text: id, value: (of) => of[id] as number }))
      : fc.oneof(
          fc.tuple(written(), fc.constantFrom('+', '-'), written()).map(([left, sign, right]) => ({
            text: `(${left.text} ${sign} ${right.text})`,
            value: (of: Record<string, number>) =>
              sign === '+' ? left.value(of) + right.value(of) : left.value(of) - right.value(of),
          })),
          fc.tuple(number, written()).map(([by, inner]) => ({
            text: `${by + 10} * ${inner.text}`,
            value: (of: Record<string, number>) => (by + 10) * inner.value(of),
          })),
          fc.tuple(written(), number).map(([inner, by]) => ({
            text: `-${inner.text} / ${by === 2 ? 4 : by}`,
            value: (of: Record<string, number>) => -inner.value(of) / (by === 2 ? 4 : by),
          })),
        ),
  )

  it('comes to what it says, and to the same over any split of a span', () => {
    const amounts = fc.record({
      a: fc.integer({ min: 0, max: 1000 }),
      b: fc.integer({ min: 0, max: 1000 }),
      'park-kw': fc.integer({ min: 0, max: 1000 }),
    })
    fc.assert(
      fc.property(written(4), amounts, amounts, ({ text, value }, first, second) => {
        const found = parseFormula(text, isMeter)
        // What cancels out is refused, and comes to nothing whatever the meters show.
        const terms = 'terms' in found ? found.terms : []
        const sum = (of: Record<string, number>) =>
          terms.reduce((all, { meter, weight }) => all + weight * (of[meter] as number), 0)
        const both = Object.fromEntries(
          Object.entries(first).map(([id, v]) => [id, v + (second[id as 'a'] as number)]),
        )
        expect(sum(first)).toBeCloseTo(value(first), 3)
        expect(sum(first) + sum(second)).toBeCloseTo(sum(both), 3)
      }),
      { numRuns: 1000 },
    )
  })
})
