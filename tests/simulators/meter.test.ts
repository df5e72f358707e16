import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Calendar, QUARTER_MS } from '../../core/calendar.ts'
import { HOUR_MS } from '../../core/window.ts'
import { type Shown, SiteMeters } from '../../simulators/meter.ts'
import { demo, SEED, siteOf } from './support/demo.ts'

const START = Date.UTC(2026, 2, 1)

function walk(siteId: string, shown?: readonly Shown[], seed = SEED): SiteMeters {
  const site = siteOf(siteId)
  const meters = new SiteMeters(site, new Calendar(site.zone), seed)
  meters.begin(shown ?? meters.facesAtFirst().map((thousandths) => ({ at: START, thousandths })))
  return meters
}

function valuesAt(meters: SiteMeters, at: number): number[] {
  meters.walkTo(at)
  return meters.meters.map((_, m) => meters.value(m, at))
}

const instant = fc.integer({ min: 0, max: 14 * 24 * 3600 }).map((s) => START + s * 1000)
const site = fc.constantFrom(...demo.sites.map(({ id }) => id))

test('the same seed shows the same faces, another seed others', () => {
  const at = START + 100 * HOUR_MS + 1234
  expect(valuesAt(walk('wuhan-hq'), at)).toEqual(valuesAt(walk('wuhan-hq'), at))
  expect(valuesAt(walk('wuhan-hq', undefined, 'another'), at)).not.toEqual(valuesAt(walk('wuhan-hq'), at))
})

test('a register never falls, however often it is read', () => {
  fc.assert(
    fc.property(site, fc.array(instant, { minLength: 2, maxLength: 30 }), (id, instants) => {
      const meters = walk(id)
      let before: number[] | undefined
      for (const at of instants.toSorted((a, b) => a - b)) {
        const now = valuesAt(meters, at)
        for (const [m, meter] of meters.meters.entries()) {
          if (meter.register === undefined || before === undefined) continue
          expect(now[m]).toBeGreaterThanOrEqual(before[m] as number)
        }
        before = now
      }
    }),
    { numRuns: 25 },
  )
})

test('a register that goes on from any instant shows what it would have shown anyway', () => {
  fc.assert(
    fc.property(site, instant, instant, (id, a, b) => {
      const [rest, at] = [Math.min(a, b), Math.max(a, b)]
      const before = walk(id)
      before.walkTo(rest)
      const shown = before.meters.map((_, m): Shown => ({ at: rest, thousandths: before.counted(m, rest) }))
      expect(valuesAt(walk(id, shown), at)).toEqual(valuesAt(before, at))
    }),
    { numRuns: 25 },
  )
})

test('meters that rested at different instants go on each from its own', () => {
  const whole = walk('own-dc')
  const shown = whole.meters.map((_, m): Shown => {
    const at = START + m * 7_000_000
    whole.walkTo(at)
    return { at, thousandths: whole.counted(m, at) }
  })
  const at = START + 40 * HOUR_MS
  expect(valuesAt(walk('own-dc', shown), at)).toEqual(valuesAt(whole, at))
})

test('a parent counts at least what its submeters count, in every quarter hour', () => {
  for (const { id, meters: list } of demo.sites) {
    const meters = walk(id)
    let before = valuesAt(meters, START)
    for (let at = START + QUARTER_MS; at <= START + 48 * HOUR_MS; at += QUARTER_MS) {
      const now = valuesAt(meters, at)
      const used = new Map(
        meters.meters.map((meter, m) => {
          const counted = ((now[m] as number) - (before[m] as number)) * (meter.register?.multiplier ?? 1)
          // A gauge shows power: the area under a straight line.
          return [meter.id, meter.register ? counted : ((now[m] as number) + (before[m] as number)) / 8]
        }),
      )
      for (const parent of list) {
        const below = list.filter((meter) => meter.parent === parent.id)
        if (below.length === 0) continue
        const sum = below.reduce((total, meter) => total + (used.get(meter.id) as number), 0)
        // A face has three decimals.
        const rounding = 0.001 * (below.length + (parent.register?.multiplier ?? 1))
        expect((used.get(parent.id) as number) + rounding, parent.id).toBeGreaterThanOrEqual(sum)
      }
      before = now
    }
  }
})

test('a face has at most three decimals', () => {
  for (const value of valuesAt(walk('munich-office'), START + 12_345_678)) {
    expect(Math.round(value * 1000) / 1000).toBe(value)
  }
})
