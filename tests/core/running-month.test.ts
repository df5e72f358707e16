import { expect, it } from 'vitest'
import { EntryBook } from '../../core/entry-book.ts'
import { entryPeriod } from '../../core/entry-period.ts'
import { factsOf, planOf } from '../../core/facts.ts'
import { type Indicator, indicators } from '../../core/indicator.ts'
import { figure } from '../../core/intensity.ts'
import type { Scope } from '../../core/organisation-index.ts'
import type { LocalPeriod } from '../../core/usage.ts'
import { entry } from '../support/entry.ts'
import { organisation, site } from '../support/organisation.ts'

const org = organisation([site({ id: 's' })])
const entered = (months: readonly string[], now: number) => {
  const entries = months.map((period) => entry({ quantity: 'e-waste', value: 10, unit: 't', period }))
  const facts = factsOf(planOf(org, { entries: new EntryBook(entries) }), () => undefined, now)
  const of = org.scope('site:s') as Scope
  return figure(indicators.get('e-waste') as Indicator, of, entryPeriod('2026') as LocalPeriod, facts)
}

it('a year to date lacks nothing where all but the running month is entered', () => {
  const { value, coverage, partial } = entered(['2026-01', '2026-02'], Date.UTC(2026, 2, 25))
  expect([value, coverage, partial]).toEqual([20, 1, true])
})

it('a month that is over and not entered is lacking', () => {
  const { value, numerator, coverage } = entered(['2026-01', '2026-03'], Date.UTC(2026, 3, 25))
  expect([value, numerator]).toEqual([null, 20])
  expect(coverage).toBeCloseTo(62 / 90, 9)
})

it('a year without its running month still runs, in all that it is made of', () => {
  const { above } = entered(['2026-01', '2026-02'], Date.UTC(2026, 2, 25))
  expect(above.partial).toBe(true)
})

it('what nobody has entered of a boundary yet is lacking at its sites by name', () => {
  const group = organisation([site({ id: 's' }), site({ id: 't' })], [{ id: 'group', sites: 'all' }])
  const book = new EntryBook([
    entry({ quantity: 'e-waste', value: 10, unit: 't', scope: 'boundary:group', period: '2026' }),
  ])
  const facts = factsOf(planOf(group, { entries: book }), () => undefined, Date.UTC(2026, 2, 25))
  const of = group.scope('boundary:group') as Scope
  const { reason } = figure(
    indicators.get('e-waste') as Indicator,
    of,
    entryPeriod('2025') as LocalPeriod,
    facts,
  )
  expect(reason).toBe('nothing is entered of e-waste for s, t')
})
