import { setImmediate as breathe } from 'node:timers/promises'
import type { LocalDay } from '../core/calendar.ts'
import type { Facts } from '../core/facts.ts'
import { type Period, periodOf } from '../core/usage.ts'
import { Consumptions } from '../figures/consumptions.ts'
import { type FigureSource, Reckoner } from '../figures/figure-source.ts'
import { aYearBefore, kpiPoints } from '../figures/kpi-points.ts'
import { usagePoints } from '../figures/usage-points.ts'
import type { FigurePoint, Store } from '../store/store.ts'
import type { DirtyScope } from './dirty-scopes.ts'
import { loadFigures, metersOfUses } from './load-figures.ts'

/** Meters times spans that are fetched together at most: few queries, and not too much in memory at once. */
const TOGETHER = 150_000
/** Months or years of a scope that are reckoned at once. */
const AT_ONCE = 6

/** What is to be written of scopes, one after the other. Others have their turn in between. */
export async function* scopeFigures(
  figures: FigureSource,
  scopes: Iterable<DirtyScope>,
  now: number,
): AsyncGenerator<FigurePoint[]> {
  const plan = await figures.plan()
  for (const group of groupsOf(scopes)) {
    const reckoner = new Reckoner(plan, await fetchFor(figures.store, group), now)
    for (const dirty of group) {
      for (const part of inParts(dirty)) {
        await breathe()
        yield await reckoner.reckon((facts) => pointsOf(part, facts))
      }
      await breathe()
      yield await reckoner.reckon((facts) => loadFigures(dirty, facts))
    }
  }
}

/** Months and years of a long history would keep others waiting: each is reckoned from many figures. */
function inParts(dirty: DirtyScope): DirtyScope[] {
  const { hours, firstDays } = dirty
  const none = { day: [], month: [], year: [] }
  const parts: DirtyScope[] = []
  if (hours.length > 0 || firstDays.day.length > 0)
    parts.push({ ...dirty, firstDays: { ...none, day: firstDays.day } })
  for (const grain of ['month', 'year'] as const) {
    for (let i = 0; i < firstDays[grain].length; i += AT_ONCE) {
      const some = firstDays[grain].slice(i, i + AT_ONCE)
      parts.push({ ...dirty, hours: [], firstDays: { ...none, [grain]: some } })
    }
  }
  return parts
}

function pointsOf({ scope, calendar, hours, firstDays }: DirtyScope, facts: Facts): FigurePoint[] {
  const { lookup, now } = facts
  const points = usagePoints(scope, calendar, hours, lookup, now)
  for (const grain of ['day', 'month', 'year'] as const) {
    const periods = firstDays[grain].map((day) => periodOf(grain, day))
    points.push(
      ...usagePoints(scope, calendar, periods, lookup, now),
      ...(scope.kind === 'area' ? [] : kpiPoints(scope, calendar, grain, firstDays[grain], facts)),
    )
  }
  return points
}

function* groupsOf(scopes: Iterable<DirtyScope>): Generator<DirtyScope[]> {
  let group: DirtyScope[] = []
  let room = TOGETHER
  for (const one of scopes) {
    const { day, month, year } = one.firstDays
    const rows = one.meters.length * (one.hours.length + day.length + month.length + year.length)
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

async function fetchFor(store: Store, group: readonly DirtyScope[]): Promise<Consumptions> {
  const consumptions = new Consumptions(store)
  const meters = group.flatMap((one) => one.meters)
  const ofUses = group.flatMap(({ scope }) => metersOfUses(scope))
  const ofSites = group.flatMap((one) => (one.hours.length === 0 ? [] : one.meters))
  await consumptions.fetch(ofSites, hoursOf(group))
  for (const grain of ['day', 'month', 'year'] as const) {
    const days = group.flatMap(({ firstDays }) => firstDays[grain])
    if (days.length === 0) continue
    const first = Math.min(...days)
    const from: LocalDay = grain === 'day' ? first : aYearBefore(first)
    await consumptions.fetch(
      [...meters, ...ofUses],
      [periodOf(grain, from), periodOf(grain, Math.max(...days))],
    )
  }
  return consumptions
}

/** The first and the last hour of a group: zones begin theirs at different minutes. */
function hoursOf(group: readonly DirtyScope[]): Period[] {
  const spans = group.flatMap(({ hours, calendar }) => hours.map((hour) => hour.spanAt(calendar)))
  if (spans.length === 0) return []
  const start = Math.min(...spans.map((span) => span.start))
  const end = Math.max(...spans.map((span) => span.end))
  return [{ grain: 'hour', spanAt: () => ({ start, end }) }]
}
