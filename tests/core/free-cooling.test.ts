import { describe, expect, it } from 'vitest'
import { Calendar } from '../../core/calendar.ts'
import { freeCooling } from '../../core/free-cooling.ts'
import { checkOrganisation } from '../../core/organisation-check.ts'
import type { Scope } from '../../core/organisation-index.ts'
import { type LocalPeriod, type Lookup, periodOf } from '../../core/usage.ts'
import { HOUR_MS } from '../../core/window.ts'
import { incomer, organisation, organisationFile, site } from '../support/organisation.ts'

const berlin = new Calendar('Europe/Berlin')
const AFTER = Date.UTC(2027, 0, 1)
const DAY = (date: string) => periodOf('day', Date.parse(date) / 86_400_000)

const submeter = (id: string, use: 'it' | 'cooling', unit = 'kWh') => ({
  ...{
    id,
    utility: 'electricity' as const,
    role: 'submeter' as const,
    parent: 'in',
    use,
    register: { unit },
  },
})

const centre = {
  ...{ id: 'dc', kind: 'data-center' as const, zone: 'Europe/Berlin' },
  freeCooling: { atMost: 0.12, source: 'chillers at rest below it' },
  meters: [incomer('in'), submeter('it', 'it', 'MWh'), submeter('cool', 'cooling')],
}

/** What the meters show in the hour of the clock; IT always 1 MWh unless it is said. */
type Hours = (clock: number) => { cool?: number; it?: number; flags?: number; estimated?: number }

function seen(
  hours: Hours,
  period: LocalPeriod,
  { now = AFTER, of = centre }: { now?: number; of?: object } = {},
) {
  const scope = organisation([site(of as typeof centre)]).scope('site:dc') as Scope
  const lookup: Lookup = (meter, grain, start) => {
    if (grain !== 'hour') return undefined
    const { cool, it = 1, flags = 0, estimated = 0 } = hours(berlin.clockHour(start))
    const value = meter === 'it' ? it : cool
    const part = { start, end: start + HOUR_MS, coveredMs: HOUR_MS, head: 0, tail: 0 }
    return value === undefined ? undefined : { ...part, value, flags, estimated }
  }
  return freeCooling(scope as Extract<Scope, { kind: 'site' }>, period, { lookup, now })
}

const coldNight: Hours = (clock) => ({ cool: clock < 7 ? 120 : 121 })

describe('hours of free cooling', () => {
  it('are those whose cooling is at most so much of IT as the site says', () => {
    expect(seen(coldNight, DAY('2026-03-10'))).toEqual({ value: 7, coverage: 1, partial: false })
    expect(seen(coldNight, periodOf('month', Date.UTC(2026, 3, 1) / 86_400_000)).value).toBe(7 * 30)
  })

  it('follow the local day where clocks are changed', () => {
    expect(seen(coldNight, DAY('2026-03-29')).value).toBe(6)
    expect(seen(coldNight, DAY('2026-10-25')).value).toBe(8)
  })

  it('are null where the site does not say what counts, or nothing measures it', () => {
    const { freeCooling: _, ...silent } = centre
    expect(seen(coldNight, DAY('2026-03-10'), { of: silent })).toMatchObject({
      value: null,
      reason: /does not say what counts/,
    })
    const blind = { ...centre, meters: centre.meters.filter(({ id }) => id !== 'it') }
    expect(seen(coldNight, DAY('2026-03-10'), { of: blind }).reason).toMatch(/has the use it$/)
  })

  it('are null where too few hours are known, whatever the others say', () => {
    const lacking = seen((clock) => (clock < 2 ? {} : { cool: 10 }), DAY('2026-03-10'))
    expect(lacking).toMatchObject({ value: null, coverage: 22 / 24, reason: /below 95 %/ })
    expect(seen((clock) => (clock < 1 ? {} : { cool: 10 }), DAY('2026-03-10')).value).toBe(23)
    const guessed = seen((clock) => ({ cool: 10, estimated: clock < 2 ? 1 : 0 }), DAY('2026-03-10'))
    expect(guessed.value).toBeNull()
  })

  it('do not count an hour in which IT stood still', () => {
    expect(seen((clock) => ({ cool: 0, it: clock < 1 ? 0 : 1 }), DAY('2026-03-10')).value).toBe(23)
  })

  it('of a running day are those that are over', () => {
    const now = Date.parse('2026-03-10T03:30:00Z')
    expect(seen(coldNight, DAY('2026-03-10'), { now })).toEqual({ value: 4, coverage: 1, partial: true })
    const begun = Date.parse('2026-03-09T23:30:00Z')
    expect(seen(coldNight, DAY('2026-03-10'), { now: begun })).toMatchObject({
      value: null,
      reason: 'no hour of it is over',
    })
  })
})

it('a threshold of free cooling belongs to a data centre', () => {
  expect(checkOrganisation(organisationFile([site(centre)]))).toEqual([])
  expect(checkOrganisation(organisationFile([site({ ...centre, kind: 'office' })]))).toEqual([
    { path: ['sites', 0, 'freeCooling'], message: 'only of a data-center; "dc" is of the kind office' },
  ])
})
