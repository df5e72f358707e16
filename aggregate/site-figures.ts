import { setImmediate as breathe } from 'node:timers/promises'
import { nextDay, type Span } from '../core/calendar.ts'
import { nightOf } from '../core/night-flow.ts'
import type { Organisation, SiteEntry } from '../core/organisation-index.ts'
import { type LocalPeriod, periods } from '../core/usage.ts'
import { balancePoints } from '../figures/balance-points.ts'
import { Consumptions } from '../figures/consumptions.ts'
import { meterQualityPoints, readMeters } from '../figures/meter-quality-points.ts'
import { nightFlowPoints } from '../figures/night-flow-points.ts'
import type { FigurePoint, Store } from '../store/store.ts'
import type { Grains } from './dirty-scopes.ts'

/** Meters times days that are fetched together at most. */
const TOGETHER = 150_000

interface ChangedDays {
  readonly site: SiteEntry
  readonly spans: readonly Span[]
  /** Those that have begun, in order. */
  readonly of: Readonly<Record<'day' | 'month' | 'year', readonly LocalPeriod[]>>
}

/**
 * What is to be written of single sites that have changed, and of the meters there: balances, night flows, and how
 * well meters know their days. Others have their turn in between.
 */
export async function* siteFigures(
  store: Store,
  organisation: Organisation,
  changed: ReadonlyMap<string, readonly Span[]>,
  now: number,
  grains: Grains,
): AsyncGenerator<FigurePoint[]> {
  for (const group of groupsOf(daysOf(organisation, changed, now, grains))) {
    const { lookup } = await fetchFor(store, group)
    for (const { site, spans, of } of group) {
      await breathe()
      const all = [...of.day, ...of.month, ...of.year]
      yield [
        ...balancePoints(site, all, lookup, now),
        ...meterQualityPoints(site, [...of.day, ...of.month], lookup, now),
        ...(await nightFlowPoints(store, site, nightsIn(site, spans, of.day, now), now)),
      ]
    }
  }
}

function daysOf(
  organisation: Organisation,
  changed: ReadonlyMap<string, readonly Span[]>,
  now: number,
  grains: Grains,
): ChangedDays[] {
  return [...changed].flatMap(([id, spans]) => {
    const site = organisation.sites.get(id)
    if (site === undefined) return []
    const begun = (grain: 'day' | 'month' | 'year') => {
      if ((grain === 'day') !== (grains === 'hours and days')) return []
      const all = spans.flatMap(({ start, end }) => periods(grain, site.calendar, start, Math.min(end, now)))
      const byFirstDay = new Map(all.map((period) => [period.firstDay, period]))
      return [...byFirstDay.values()].sort((a, b) => a.firstDay - b.firstDay)
    }
    return [{ site, spans, of: { day: begun('day'), month: begun('month'), year: begun('year') } }]
  })
}

/**
 * The days whose night is to be written. That of the running day hangs on the night alone; of a day that is over,
 * the whole day stands beside it.
 */
function nightsIn(
  { calendar }: SiteEntry,
  spans: readonly Span[],
  days: readonly LocalPeriod[],
  now: number,
): number[] {
  return days
    .map(({ firstDay }) => firstDay)
    .filter((day) => {
      const night = nightOf(calendar, day)
      if (now < night.end) return false
      return calendar.startOfDay(nextDay('day', day)) <= now || spans.some(({ start }) => start < night.end)
    })
}

function* groupsOf(all: readonly ChangedDays[]): Generator<ChangedDays[]> {
  let group: ChangedDays[] = []
  let room = TOGETHER
  for (const one of all) {
    const rows = one.site.site.meters.length * one.of.day.length
    if (rows > room && group.length > 0) {
      yield group
      group = []
      room = TOGETHER
    }
    group.push(one)
    room -= rows
  }
  if (group.length > 0) yield group
}

async function fetchFor(store: Store, group: readonly ChangedDays[]): Promise<Consumptions> {
  const consumptions = new Consumptions(store)
  const meters = group.flatMap(({ site }) => readMeters(site))
  for (const grain of ['day', 'month', 'year'] as const) {
    const ordered = group.flatMap(({ of }) => of[grain]).sort((a, b) => a.firstDay - b.firstDay)
    await consumptions.fetch(meters, ordered)
  }
  return consumptions
}
