import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BalanceNode, balance } from '../../core/balance.ts'
import type { SiteEntry } from '../../core/organisation-index.ts'
import { periodOf } from '../../core/usage.ts'
import { type Known, lookupOf } from '../support/lookup.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const JANUARY = periodOf('month', Date.UTC(2026, 0, 1) / 86_400_000)
const AFTER = Date.UTC(2026, 5, 1)

type Meters = NonNullable<Parameters<typeof site>[0]['meters']>

const submeter = (id: string, parent?: string, extra: object = {}): Meters[number] => ({
  id,
  utility: 'electricity',
  role: 'submeter',
  register: { unit: 'kWh' },
  ...(parent !== undefined && { parent }),
  ...extra,
})

function balanceOf(meters: Meters, known: Record<string, Known>, now = AFTER) {
  const entry = organisation([site({ id: 's', meters })]).sites.get('s') as SiteEntry
  return balance(entry, 'electricity', JANUARY, lookupOf(JANUARY, known), now)
}

function nodesOf(meters: Meters, known: Record<string, Known>, now = AFTER) {
  return new Map(balanceOf(meters, known, now).nodes.map((node) => [node.meter, node]))
}

describe('a balance', () => {
  it('counts the incomer alone, and what no submeter has is its unmetered remainder (M11)', () => {
    const meters = [incomer('in'), submeter('a', 'in'), submeter('b', 'in')]
    const seen = balanceOf(meters, { in: 1000, a: 500, b: 410 })
    expect(seen.nodes[0]).toMatchObject({ meter: null, used: { value: 1000 }, remainder: 0, alarm: false })
    expect(seen.nodes[1]).toMatchObject({
      meter: 'in',
      parent: null,
      share: 1,
      remainder: 90,
      remainderShare: 0.09,
      alarm: true,
      excess: false,
    })
    expect(seen.nodes.slice(2)).toMatchObject([
      { meter: 'a', parent: 'in', share: 0.5, remainder: null, remainderReason: 'nothing hangs on a' },
      { meter: 'b', parent: 'in', share: 0.41 },
    ])
    expect(seen.unmetered).toMatchObject({ remainder: 90, remainderShare: 0.09, alarm: true })
  })

  it('hangs a busbar on the supply of grid and panels together', () => {
    const seen = balanceOf(
      [
        incomer('in'),
        { id: 'pv', utility: 'electricity', role: 'generation', register: { unit: 'MWh' } },
        { id: 'out', utility: 'electricity', role: 'export', register: { unit: 'kWh' } },
        submeter('bus'),
        submeter('a', 'bus'),
      ],
      { in: 500, pv: 0.12, out: 30, bus: 585, a: 570 },
    )
    expect([seen.imported, seen.generated, seen.exported].map((used) => used?.value)).toEqual([500, 120, 30])
    expect(seen.nodes[0]).toMatchObject({ used: { value: 590 }, remainder: 5, alarm: false })
    expect(seen.nodes.map(({ meter }) => meter)).toEqual([null, 'bus', 'a'])
    expect(seen.nodes[1]).toMatchObject({ remainder: 15, share: 585 / 590 })
    expect(seen.unmetered.remainder).toBe(20)
  })

  it('raises no alarm at five percent, and one above', () => {
    const meters = [incomer('in'), submeter('a', 'in')]
    expect(nodesOf(meters, { in: 1000, a: 950 }).get('in')?.alarm).toBe(false)
    expect(nodesOf(meters, { in: 1000, a: 949.9 }).get('in')?.alarm).toBe(true)
  })

  it('shows and marks where more is metered below than above', () => {
    const node = nodesOf([incomer('in'), submeter('a', 'in')], { in: 1000, a: 1040 }).get('in')
    expect(node).toMatchObject({ remainder: -40, remainderShare: -0.04, alarm: false, excess: true })
    const nothing = nodesOf([incomer('in'), submeter('a', 'in')], { in: 0, a: 3 }).get('in')
    expect(nothing).toMatchObject({ remainder: -3, remainderShare: null, excess: true })
  })

  it('has no remainder where a child is not covered, and says which', () => {
    const meters = [incomer('in'), submeter('a', 'in'), submeter('b', 'a')]
    const lacking = nodesOf(meters, { in: 1000, a: { value: 700, coverage: 0.9 }, b: 600 })
    expect(lacking.get('in')).toMatchObject({
      remainder: null,
      remainderShare: null,
      alarm: false,
      remainderReason: 'coverage of a is below 99 %: a has data for 90.0 % of the span',
    })
    expect(lacking.get('a')?.remainder).toBeNull()
    const none = nodesOf(meters, { in: 1000, a: 700 })
    expect(none.get('in')?.remainder).toBe(300)
    expect(none.get('a')?.remainderReason).toBe('b: no readings from b in this span')
  })

  it('leaves out who was not in use, and hangs what hung there one higher', () => {
    const meters = [
      incomer('in'),
      submeter('old', 'in', { to: '2026-01-01' }),
      submeter('later', 'in', { from: '2026-01-20' }),
      submeter('a', 'old'),
    ]
    const seen = nodesOf(meters, { in: 1000, a: 900 }, Date.UTC(2026, 0, 15))
    expect([...seen.keys()]).toEqual([null, 'in', 'a'])
    expect(seen.get('a')?.parent).toBe('in')
    expect(seen.get('in')?.remainder).toBe(100)
  })

  it('of submeters alone knows no supply', () => {
    const seen = balanceOf([submeter('a'), submeter('b', 'a')], { a: 10, b: 9 })
    expect(seen.imported).toBeNull()
    expect(seen.nodes[0]).toMatchObject({
      used: { value: null },
      remainder: null,
      remainderReason: 'the supply: no meter measures it',
    })
    expect(seen.nodes[1]).toMatchObject({ share: null, remainder: 1 })
  })

  it('gives every parent as its children and its remainder, whatever hangs where', () => {
    // Of each submeter, what it hangs on: one before it, an import, or (-3) the supply.
    const forest = fc
      .integer({ min: 1, max: 12 })
      .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => fc.integer({ min: -3, max: i - 1 }))))
    const amount = fc.double({ min: 0, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(forest, fc.array(amount, { minLength: 15, maxLength: 15 }), (parents, amounts) => {
        const imports = ['in-1', 'in-2']
        const nameOf = (i: number) => (i === -3 ? undefined : i < 0 ? imports[-i - 1] : `m${i}`)
        const meters = [...imports.map(incomer), ...parents.map((p, i) => submeter(`m${i}`, nameOf(p)))]
        const known = Object.fromEntries(meters.map(({ id }, i) => [id, amounts[i] as number]))
        const { nodes, unmetered } = balanceOf(meters, known)
        const value = ({ used }: BalanceNode) => used.value as number
        let remainders = 0
        for (const node of nodes) {
          const children = nodes.filter((one) => one.meter !== null && one.parent === node.meter)
          expect(node.remainder === null).toBe(children.length === 0)
          if (node.remainder === null) continue
          remainders += node.remainder
          const sum = children.reduce((all, child) => all + value(child), 0)
          expect(sum + node.remainder).toBeCloseTo(value(node), 5)
          expect(node.excess).toBe(node.remainder < -1e-9 * Math.max(1, value(node)))
        }
        expect(unmetered.remainder).toBeCloseTo(remainders, 5)
      }),
      { numRuns: 1000 },
    )
  })
})
