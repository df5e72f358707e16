import { describe, expect, it } from 'vitest'
import type { Pause } from '../../core/alert.ts'
import { alertsSchema } from '../../core/alert-file.ts'
import { type Rule, rulesOf } from '../../core/alert-rules.ts'
import { baseLoads } from '../../core/alerts/base-load.ts'
import { clocksOff } from '../../core/alerts/clock-off.ts'
import { BandMemory } from '../../core/alerts/consumption-band.ts'
import { priceBy } from '../../core/alerts/excess.ts'
import { factorsMissing } from '../../core/alerts/factor-missing.ts'
import { indicatorLimits } from '../../core/alerts/indicator-limit.ts'
import { resetsIn } from '../../core/alerts/meter-resets.ts'
import { stuckMeters } from '../../core/alerts/meter-stuck.ts'
import { nightFlows } from '../../core/alerts/night-flow.ts'
import { peakDemands } from '../../core/alerts/peak-demand.ts'
import { spoolFilling } from '../../core/alerts/spool-filling.ts'
import { targetVerdicts } from '../../core/alerts/target-verdict.ts'
import { round, type WatchedZone } from '../../core/alerts/watched.ts'
import { DAY_MS, QUARTER_MS } from '../../core/calendar.ts'
import { FactorBook } from '../../core/factor.ts'
import { factorsSchema } from '../../core/factor-file.ts'
import { clockHours, METERED } from '../../core/hour-series.ts'
import { type Indicator, indicators } from '../../core/indicator.ts'
import type { Figure } from '../../core/intensity.ts'
import { type MeterRule, ruleOf } from '../../core/meter-rule.ts'
import { type MeterEntry, type Scope, type SiteEntry, sitesOf } from '../../core/organisation-index.ts'
import type { Confidence } from '../../core/projection.ts'
import { type Target, targetsSchema } from '../../core/target-file.ts'
import type { Verdict } from '../../core/verdict.ts'
import { HOUR_MS } from '../../core/window.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const T0 = Date.UTC(2026, 2, 2)
const DAYS = 40
const END = T0 + DAYS * DAY_MS
const LAST = END / DAY_MS - 1
const world = organisation([
  site({
    id: 's',
    meters: [
      { ...incomer('m'), minimumPerHour: 2 },
      incomer('n'),
      incomer('o'),
      {
        id: 'w',
        utility: 'tap-water',
        role: 'import',
        register: { unit: 'm3', digits: 6 },
        limitPerHour: 50,
      },
    ],
  }),
])
const entry = (id: string) => world.meters.get(id) as MeterEntry
const ruleNamed = (id: string) => rulesOf(alertsSchema.parse({})).find((one) => one.id === id) as Rule
const price = () => ({})

/** Hours of meters; NaN is one that was not wholly metered. */
function zone(hours: Readonly<Record<string, (at: number) => number>>): WatchedZone {
  const length = DAYS * 24
  const { calendar } = entry('m')
  return {
    clock: clockHours(calendar, T0, length),
    meters: Object.entries(hours).map(([id, value]) => {
      const values = Float64Array.from({ length }, (_, i) => value(T0 + i * HOUR_MS))
      const marks = Uint8Array.from(values, (of) => (Number.isNaN(of) ? 0 : METERED))
      return {
        entry: entry(id),
        rule: ruleOf(entry(id).meter, calendar) as MeterRule,
        series: { first: T0, values, marks },
      }
    }),
  }
}

const hourOf = (at: number) => new Date(at).getUTCHours()
const byDay = (at: number) => (hourOf(at) >= 7 && hourOf(at) < 20 ? 20 : 1)
const late = (at: number, days: number) => at >= END - days * DAY_MS

describe('night flow', () => {
  const seen = (flow: (at: number) => number, pauses: readonly Pause[] = []) =>
    nightFlows(ruleNamed('leak'), zone({ w: flow }), LAST, { at: END, pauses, price })[0]

  it('that has risen for three nights is a leak, with what it costs a day', () => {
    const found = seen((at) => byDay(at) + (late(at, 3) ? 5 : 0))
    expect(found).toMatchObject({ seen: 'breach', value: 6, unit: 'm3/h' })
    expect(found?.summary.en).toContain('at least 6 m³/h in each of the last 3 nights; 1 was usual')
  })

  it('of two nights is not yet one, and of a night that was not metered nothing is said', () => {
    expect(seen((at) => byDay(at) + (late(at, 2) ? 5 : 0))?.seen).toBe('clear')
    const gap = (at: number) =>
      late(at, 1) && hourOf(at) < 6 ? Number.NaN : byDay(at) + (late(at, 3) ? 5 : 0)
    expect(seen(gap)?.seen).toBe('unknown')
  })

  it('in a planned outage says nothing', () => {
    const pause: Pause = {
      id: 'p',
      kind: 'planned-outage',
      of: {},
      from: END - DAY_MS,
      to: END,
      by: '',
      note: '',
      enteredAt: 0,
    }
    expect(seen((at) => byDay(at) + (late(at, 3) ? 5 : 0), [pause])?.seen).toBe('unknown')
  })

  it('that was as high before is usual', () => {
    expect(seen((at) => byDay(at) + 5)?.seen).toBe('clear')
  })
})

describe('a meter that strays', () => {
  const told = (memory: BandMemory, day: number, beyond: number) =>
    [0, 1, 2, 3, 4].map((h) => !memory.isKnown('m', T0 + day * DAY_MS + h * HOUR_MS, beyond, 3 * HOUR_MS))

  it('is news for as long as it goes on, and about as far on another day of late is none', () => {
    const memory = new BandMemory()
    expect(told(memory, 0, 30)).toEqual([true, true, true, true, true])
    expect(told(memory, 3, 44)).not.toContain(true)
    expect(told(memory, 5, 67)).toEqual([true, true, true, true, true])
    expect(told(memory, 6, -30)).toEqual([true, true, true, true, true])
    expect(told(memory, 30, 30)).toEqual([true, true, true, true, true])
  })

  it('was not told of where it did not last', () => {
    const memory = new BandMemory()
    memory.isKnown('m', T0, 30, 3 * HOUR_MS)
    expect(told(memory, 2, 30)).toEqual([true, true, true, true, true])
  })
})

describe('base load', () => {
  const seen = (load: (at: number) => number) =>
    baseLoads(ruleNamed('base-load'), zone({ m: load }), LAST, { at: END, pauses: [], price })[0]

  it('that is up on three days is told; a busier day is none', () => {
    const up = seen((at) => byDay(at) * 3 + (late(at, 3) ? 2 : 0))
    expect(up).toMatchObject({ seen: 'breach', unit: 'kW' })
    expect(up?.summary.en).toContain('never ran below 5 kW in the last')
    expect(seen((at) => (late(at, 3) && hourOf(at) > 8 && hourOf(at) < 18 ? 90 : byDay(at) * 3))?.seen).toBe(
      'clear',
    )
  })

  it('costs what goes beyond what the other meters of the site do as well', () => {
    const up = (part: number) => (at: number) => 10 * (late(at, 3) ? part : 1)
    const all = zone({ m: up(2), n: up(1.5), o: up(1.5) })
    const kWh = { at: END, pauses: [], price: (_: MeterEntry, amount: number) => ({ kWh: amount }) }
    const [found] = baseLoads(ruleNamed('base-load'), all, LAST, kWh)
    expect(found).toMatchObject({ seen: 'breach', cost: { kWh: (20 - 15) * 3 * 24 } })
  })

  it('does not get usual within ten days', () => {
    expect(seen((at) => byDay(at) * 3 + (late(at, 10) ? 2 : 0))?.seen).not.toBe('clear')
  })
})

describe('a stuck meter', () => {
  const seen = (ms: number) =>
    stuckMeters(ruleNamed('stuck'), zone({ m: byDay }), new Map([['m', ms]]), { at: END, pauses: [] })[0]
      ?.seen

  it('is one that is read and does not move, and never stood still', () => {
    expect([0, 3 * HOUR_MS, 7 * HOUR_MS].map(seen)).toEqual(['clear', 'between', 'breach'])
  })

  it('is not one that stands still every night', () => {
    const valve = zone({ w: (at) => (hourOf(at) >= 20 || hourOf(at) < 7 ? 0 : 5) })
    const still = new Map([['w', 11 * HOUR_MS]])
    expect(stuckMeters(ruleNamed('stuck'), valve, still, { at: END, pauses: [] })[0]?.seen).toBe('between')
  })
})

describe('a register', () => {
  const rule = ruleOf(entry('w').meter, entry('w').calendar) as MeterRule
  const resets = (faces: number[]) =>
    resetsIn(
      {
        at: Float64Array.from(faces, (_, i) => T0 + i * QUARTER_MS),
        value: Float64Array.from(faces),
        unit: null,
        receivedAt: Float64Array.from(faces, () => T0),
      },
      rule,
    ).length

  it('that begins anew is reset; one that rolls over, or shows a wrong value once, is not', () => {
    expect(resets([500, 501, 0, 1, 2, 0, 1])).toBe(2)
    expect(resets([999_998, 999_999, 1, 2])).toBe(0)
    expect(resets([500, 501, 90_000, 502, 503])).toBe(0)
    expect(resets([500, 501, 0, 502, 503])).toBe(0)
  })
})

describe('a clock', () => {
  it('is off by what the newest reading states against its arrival; an old reading says nothing of it', () => {
    const seen = (at: number, receivedAt: number) =>
      clocksOff(ruleNamed('clock-off'), [{ entry: entry('m'), at, receivedAt }], T0)[0]
    expect(seen(T0 - 20 * 60_000, T0)).toMatchObject({ seen: 'breach', value: -20 })
    expect(seen(T0 - 7 * 60_000, T0)?.seen).toBe('between')
    expect(seen(T0 - 60_000, T0)?.seen).toBe('clear')
    expect(seen(T0 - 5 * HOUR_MS, T0 - 4 * HOUR_MS)?.seen).toBe('unknown')
  })
})

describe('peak demand', () => {
  const seen = (quarters: (number | null)[]) =>
    peakDemands(ruleNamed('peak-demand'), [{ entry: entry('m'), contractKw: 100, quarters }], END)[0]?.seen

  it('needs one quarter above the contract, and all of them to say that none was', () => {
    expect(seen([90, null, 101, null])).toBe('breach')
    expect(seen([90, 80, 97, 60])).toBe('between')
    expect(seen([90, 80, 70, 60])).toBe('clear')
    expect(seen([90, 80, null, 60])).toBe('unknown')
  })
})

describe('a target', () => {
  const target = targetsSchema.parse({
    targets: [{ id: 't', indicator: 'energy', scope: 'site:s', kind: 'ceiling', limit: 100 }],
  }).targets[0] as Target
  const indicator = indicators.get('energy') as Indicator
  const scope = world.scope('site:s') as Scope
  const seen = (verdict: Verdict, confidence: Confidence, monthsComplete: number) =>
    ['target-at-risk', 'target-off-track'].map(
      (id) =>
        targetVerdicts(
          ruleNamed(id),
          [
            {
              target,
              indicator,
              scope,
              year: 2026,
              seen: {
                verdict,
                pathValue: 100,
                limit: 100,
                outlook: { projected: 1, confidence, monthsComplete },
              },
            },
          ],
          END,
        )[0]?.seen,
    )

  it('is told by the rule of its verdict; one that has gone further is no longer told by the other', () => {
    expect(seen('on-track', 'low', 1)).toEqual(['clear', 'clear'])
    expect(seen('at-risk', 'medium', 3)).toEqual(['breach', 'clear'])
    expect(seen('off-track', 'high', 3)).toEqual(['between', 'breach'])
    expect(seen('insufficient-data', 'low', 9)).toEqual(['unknown', 'unknown'])
  })

  it('that is guessed from a few months alarms nobody', () => {
    expect(seen('off-track', 'low', 5)).toEqual(['unknown', 'unknown'])
    expect(seen('off-track', 'low', 6)).toEqual(['between', 'breach'])
  })
})

describe('an indicator beyond its limit', () => {
  const seen = (id: string, value: number | null, below = false) => {
    const rule = { ...ruleNamed('pue'), above: below ? null : 1.48, below: below ? 0.5 : null }
    const figure = { value, estimated: 0 } as Figure
    const site = sitesOf(world.scope('site:s') as Scope)[0] as SiteEntry
    return indicatorLimits(
      rule,
      indicators.get(id) as Indicator,
      [{ site, label: '2026-11', figure }],
      END,
    )[0]
  }

  it('is called by its name; a ratio is read as a number', () => {
    const found = seen('pue', 1.523)
    expect(found).toMatchObject({ seen: 'breach', value: 1.523, limit: 1.48, unit: '' })
    expect(found?.summary).toEqual({
      en: 'At s, "Power usage effectiveness (PUE)" was 1.52 in 2026-11; at most 1.48 is wanted.',
      zh: 's的“电能利用效率（PUE）”在 2026-11 为 1.52，不应高于 1.48。',
    })
  })

  it('that is a share is read in per cent, and an amount with its unit', () => {
    expect(seen('renewable-share', 0.412, true)?.summary.en).toContain(
      'was 41.2 % in 2026-11; at least 50 % is wanted',
    )
    const perPerson = seen('ghg-per-employee', 3)?.summary
    expect(perPerson?.en).toContain('was 3 tCO₂e/person in')
    expect(perPerson?.zh).toContain('为 3 tCO₂e/人，')
  })

  it('says nothing where it is not known', () => {
    expect(seen('pue', null)).toMatchObject({ seen: 'unknown', value: null })
  })
})

describe('the spool', () => {
  it('fills where its disk lasts less than a day', () => {
    const seen = (hours: number | null) =>
      spoolFilling(ruleNamed('spool-filling'), { lastsSeconds: hours === null ? null : hours * 3600 }, T0)[0]
        ?.seen
    expect([3, 30, 40, null].map(seen)).toEqual(['breach', 'between', 'clear', 'unknown'])
  })
})

describe('a number in a sentence', () => {
  it('has three figures that count', () => {
    expect([0, 0.01234, 1.2345, 65.432, 1234.5, 1_234_567].map(round)).toEqual([
      '0',
      '0.0123',
      '1.23',
      '65.4',
      '1,235',
      '1,234,567',
    ])
    expect(round(Number.NaN)).toBe('–')
  })
})

describe('emission factors', () => {
  const ofYear = factorsSchema.parse({
    factors: [
      {
        kind: 'emission',
        of: 'electricity',
        from: '2025-01-01',
        to: '2025-12-31',
        value: 0.5,
        unit: 'kgCO2e/kWh',
        site: 's',
        source: 'Bill of the utility',
        published: '2025-01-01',
      },
    ],
  })
  const newYear = Date.UTC(2026, 0, 1)

  it('what a day cost goes by the factor of that day, not of the next', () => {
    const cost = priceBy(new FactorBook(ofYear, []))(entry('m'), 1000, 'kWh', newYear)
    expect(cost).toEqual({ kWh: 1000, tCO2e: 0.5 })
  })

  it('one that is missing is told in each language', () => {
    const sites = [...world.sites.values()]
    const at = newYear + DAY_MS
    const [seen] = factorsMissing(ruleNamed('factor-missing'), sites, new FactorBook(ofYear, []), at)
    expect(seen).toMatchObject({ seen: 'breach', value: 1 })
    expect(seen?.summary.en).toContain('the last one ended on 2025-12-31')
    expect(seen?.summary.zh).toContain('2026-01-01 没有电力的排放因子')
    expect(seen?.summary.zh).not.toMatch(/[a-z]{3}/)
  })
})
