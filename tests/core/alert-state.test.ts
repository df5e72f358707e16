import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert, Notice, Pause } from '../../core/alert.ts'
import { alertsSchema } from '../../core/alert-file.ts'
import { type Rule, rulesOf } from '../../core/alert-rules.ts'
import { type Memory, step } from '../../core/alert-state.ts'
import type { Observation, Seen } from '../../core/observation.ts'

const HOUR = 3_600_000
const T0 = Date.UTC(2026, 0, 1)

function ruleWith(stated: object): Rule {
  const file = alertsSchema.parse({
    rules: [{ id: 'own', kind: 'base-load', for: 'PT2H', clearFor: 'PT2H', repeat: 'PT0S', ...stated }],
  })
  return rulesOf(file).find(({ id }) => id === 'own') as Rule
}

function observation(seen: Seen, at: number): Observation {
  const words = { en: 'It is so.', zh: '如此。' }
  return {
    subject: 'meter:m',
    site: 's',
    utility: 'electricity',
    seen,
    at,
    value: 2,
    limit: 1,
    unit: 'kW',
    summary: words,
    advice: words,
    cost: {},
  }
}

const flapping = { changes: 4, within: 24 * HOUR, quiet: 12 * HOUR }

/** What the book would hold of one rule and subject; kept as JSON, as the book does. */
class Kept {
  alerts: Alert[] = []
  memory: Memory | undefined
  readonly notices: Notice[] = []
  readonly rule: Rule
  pauses: readonly Pause[] = []

  constructor(rule: Rule) {
    this.rule = rule
  }

  look(seen: Seen, at: number): Notice[] {
    const known = JSON.parse(JSON.stringify({ alerts: this.alerts, memory: this.memory }))
    const turn = { rule: this.rule, flapping, pauses: this.pauses, now: at }
    const mine = known.alerts.filter(({ id }: Alert) =>
      [this.memory?.open, this.memory?.told?.alert].includes(id),
    )
    const done = step(mine, known.memory, observation(seen, at), turn)
    this.alerts = [...known.alerts.filter((one: Alert) => !mine.includes(one)), ...done.alerts]
    this.memory = done.memory ?? undefined
    this.notices.push(...done.notices)
    return [...done.notices]
  }

  /** A letter an hour: b breach, c clear, w between, u unknown. */
  hours(letters: string, from = T0): Notice[] {
    const seen = { b: 'breach', c: 'clear', w: 'between', u: 'unknown' } as const
    return [...letters].flatMap((letter, i) => this.look(seen[letter as keyof typeof seen], from + i * HOUR))
  }

  get open(): Alert | undefined {
    return this.alerts.find(({ status }) => status !== 'resolved')
  }
}

const kindsOf = (notices: readonly Notice[]) => notices.map(({ kind }) => kind)

describe('what an alert has cost so far', () => {
  /** Looks an hour or so apart, each with the span that its cost is of. */
  const costOf = (
    looks: readonly (readonly [hours: number, spanHours: number, kWh: number | null, Seen?])[],
  ) => {
    const turn = { rule: ruleWith({ for: 'PT1H' }), flapping, pauses: [], now: T0 }
    let alerts: readonly Alert[] = []
    let memory: Memory | undefined
    for (const [hours, spanHours, kWh, seen = 'breach'] of looks) {
      const at = T0 + hours * HOUR
      const seenThen = { ...observation(seen, at), since: at - spanHours * HOUR, cost: { kWh, tCO2e: null } }
      const done = step(alerts, memory, seenThen, turn)
      alerts = done.alerts
      memory = done.memory ?? undefined
    }
    return alerts[0]?.cost
  }

  it('is the sum of its hours, of those that were seen wrong', () => {
    expect(
      costOf([
        [1, 1, 10],
        [2, 1, 20],
        [3, 1, 40, 'unknown'],
        [4, 1, 80],
      ]),
    ).toEqual({ kWh: 110, tCO2e: null })
  })

  it('counts once what two looks tell of', () => {
    expect(
      costOf([
        [72, 72, 30],
        [96, 72, 30],
        [120, 72, 60],
      ]),
    ).toEqual({ kWh: 60, tCO2e: null })
  })

  it('is not known where a part of it is not', () => {
    expect(
      costOf([
        [1, 1, 10],
        [2, 1, null],
        [3, 1, 10],
      ]),
    ).toEqual({ kWh: null, tCO2e: null })
  })
})

it('a look that finds all as it was gives back what it was given', () => {
  const kept = new Kept(ruleWith({ for: 'PT0S' }))
  kept.hours('b')
  const memory = kept.memory as Memory
  const turn = { rule: kept.rule, flapping, pauses: [], now: T0 + HOUR }
  const again = step(kept.alerts, memory, observation('breach', T0 + HOUR), turn)
  expect([again.alerts === kept.alerts, again.memory === memory, again.notices]).toEqual([true, true, []])
  const right = step(kept.alerts, memory, observation('clear', T0 + HOUR), turn)
  expect(right.memory).toMatchObject({ seen: 'clear', at: T0 + HOUR })
})

describe('an alert', () => {
  it('is pending for as long as its rule asks, and then fires once', () => {
    const kept = new Kept(ruleWith({}))
    kept.hours('cbb')
    expect(kept.open?.status).toBe('pending')
    expect(kept.notices).toEqual([])
    kept.hours('bbbb', T0 + 3 * HOUR)
    expect(kept.open?.status).toBe('firing')
    expect(kindsOf(kept.notices)).toEqual(['firing'])
  })

  it('that is right again before it fires leaves no trace', () => {
    const kept = new Kept(ruleWith({}))
    kept.hours('bbcbbc')
    expect(kept.alerts).toEqual([])
    expect(kept.notices).toEqual([])
  })

  it('holds through what is unknown, and the unknown hours count for nothing', () => {
    const kept = new Kept(ruleWith({}))
    kept.hours('bbuuuuuu')
    expect(kept.open?.status).toBe('pending')
    kept.hours('bb', T0 + 8 * HOUR)
    expect(kept.open?.status).toBe('firing')
    kept.hours('cuuuuuuu', T0 + 10 * HOUR)
    expect(kept.open?.status).toBe('firing')
  })

  it('is over only where it was clear for long enough, and between the thresholds is not clear', () => {
    const kept = new Kept(ruleWith({}))
    kept.hours('bbbwwwwwcwcw')
    expect(kept.open?.status).toBe('firing')
    kept.hours('ccc', T0 + 12 * HOUR)
    expect(kindsOf(kept.notices)).toEqual(['firing', 'resolved'])
  })

  it('that nobody acknowledges is told again by its repeat interval', () => {
    const kept = new Kept(ruleWith({ repeat: 'PT6H' }))
    kept.hours('bbbbbbbbbbbbbbb')
    expect(kindsOf(kept.notices)).toEqual(['firing', 'reminder', 'reminder'])
    kept.alerts = kept.alerts.map((alert) => ({
      ...alert,
      status: 'acknowledged',
      acknowledged: { by: 'a', note: '', at: T0 },
    }))
    kept.hours('bbbbbbbbbbbbbbb', T0 + 15 * HOUR)
    expect(kept.notices).toHaveLength(3)
    kept.hours('ccc', T0 + 30 * HOUR)
    expect(kindsOf(kept.notices).at(-1)).toBe('resolved')
  })

  it('that comes and goes is taken as one that lasts, until it was quiet for longer', () => {
    const kept = new Kept(ruleWith({ for: 'PT0S', clearFor: 'PT0S' }))
    kept.hours('bcbcbcbcbcbcbcbc')
    expect(kindsOf(kept.notices)).toEqual(['firing', 'resolved', 'firing', 'resolved', 'firing'])
    expect(kept.open?.flapping).toBe(true)
    kept.hours('cccccccccccc', T0 + 16 * HOUR)
    expect(kindsOf(kept.notices).at(-1)).toBe('resolved')
    expect(kept.notices).toHaveLength(6)
  })
})

describe('a silence', () => {
  const silence: Pause = {
    id: 'p',
    kind: 'silence',
    of: { sites: ['s'] },
    from: T0,
    to: T0 + 10 * HOUR,
    by: 'a',
    note: '',
    enteredAt: T0,
  }

  it('lets nobody hear, and what still fires at its end is told once', () => {
    const kept = new Kept(ruleWith({}))
    kept.pauses = [silence]
    expect(kept.hours('bbbbbbbbbb')).toEqual([])
    expect(kept.open?.status).toBe('firing')
    expect(kindsOf(kept.hours('bbbb', T0 + 10 * HOUR))).toEqual(['firing'])
  })

  it('keeps back the end of what was told before it, until it is over', () => {
    const kept = new Kept(ruleWith({ for: 'PT0S', clearFor: 'PT0S' }))
    kept.look('breach', T0 - HOUR)
    kept.pauses = [silence]
    kept.hours('bcccc')
    expect(kindsOf(kept.notices)).toEqual(['firing'])
    kept.look('clear', T0 + 10 * HOUR)
    expect(kindsOf(kept.notices)).toEqual(['firing', 'resolved'])
  })

  it('of what nobody heard of needs no end', () => {
    const kept = new Kept(ruleWith({ for: 'PT0S', clearFor: 'PT0S' }))
    kept.pauses = [silence]
    kept.hours('bbccccccccccccc')
    expect(kept.notices).toEqual([])
    expect(kept.memory?.open ?? null).toBeNull()
  })
})

describe('whatever is seen, and however often it is seen again after a kill', () => {
  const looks = fc.array(
    fc.record({
      seen: fc.constantFrom<Seen>('breach', 'between', 'clear', 'unknown'),
      after: fc.integer({ min: 1, max: 8 }),
      again: fc.boolean(),
      lost: fc.boolean(),
      silenced: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  const rules = fc.record({
    for: fc.constantFrom('PT0S', 'PT1H', 'PT5H'),
    clearFor: fc.constantFrom('PT0S', 'PT1H', 'PT5H'),
    repeat: fc.constantFrom('PT0S', 'PT7H'),
  })
  const played = (
    rule: object,
    list: typeof looks extends fc.Arbitrary<infer T> ? T : never,
    kills: boolean,
  ) => {
    const kept = new Kept(ruleWith(rule))
    const told: string[] = []
    let at = T0
    for (const { seen, after, again, lost, silenced } of list) {
      at += after * HOUR
      kept.pauses = silenced
        ? [{ id: 'p', kind: 'silence', of: {}, from: at, to: at + 1, by: '', note: '', enteredAt: at }]
        : []
      const before = { alerts: kept.alerts, memory: kept.memory, notices: kept.notices.length }
      kept.look(seen, at)
      if (kills && lost) {
        // Killed before it was on disk: none of it was, and the look is done again.
        kept.alerts = before.alerts
        kept.memory = before.memory
        kept.notices.length = before.notices
        kept.look(seen, at)
      }
      // Killed after it: it looks at the same instant again.
      if (kills && again) kept.look(seen, at)
    }
    told.push(...kept.notices.map(({ id }) => id))
    return { kept, told }
  }

  it('each notice has its own id, and a restart makes neither more of them nor others', () => {
    fc.assert(
      fc.property(rules, looks, (rule, list) => {
        const { told } = played(rule, list, true)
        expect(new Set(told).size).toBe(told.length)
        expect(told).toEqual(played(rule, list, false).told)
      }),
      { numRuns: 150 },
    )
  })

  it('an end is told after a beginning, of the same alert, and no alert begins twice', () => {
    fc.assert(
      fc.property(rules, looks, (rule, list) => {
        const open = new Set<string>()
        const begun = new Set<string>()
        for (const { kind, alert } of played(rule, list, true).kept.notices) {
          if (kind === 'firing') {
            expect(begun.has(alert.id)).toBe(false)
            begun.add(alert.id)
            open.add(alert.id)
          } else expect(open.has(alert.id)).toBe(true)
          if (kind === 'resolved') open.delete(alert.id)
          expect(open.size).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('at most one alert is open', () => {
    fc.assert(
      fc.property(rules, looks, (rule, list) => {
        const { kept } = played(rule, list, true)
        expect(kept.alerts.filter(({ status }) => status !== 'resolved').length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 100 },
    )
  })
})
