import { type Calendar, DAY_MS, firstDay, type LocalDay, nextDay, type Span } from '../core/calendar.ts'
import { utilities } from '../core/organisation.ts'
import {
  calendarOf,
  countedMeters,
  type MeterEntry,
  type Organisation,
  type Scope,
  sitesOf,
} from '../core/organisation-index.ts'
import { type Period, periodOf, periods } from '../core/usage.ts'

/** What is written apart: hours and days with the month that has changed, months and years when no more of them changes. */
export type Grains = 'hours and days' | 'months and years'

/** A site, area or boundary some of whose figures are to be written. */
export interface DirtyScope {
  readonly scope: Scope
  readonly calendar: Calendar
  /** Of a site: its hours that have changed. */
  readonly hours: readonly Period[]
  /** First days of the days, or the months and years, that have begun and are to be written; in order. */
  readonly firstDays: Readonly<Record<'day' | 'month' | 'year', readonly LocalDay[]>>
  /** All meters that its figures are made of. */
  readonly meters: readonly MeterEntry[]
}

/**
 * The sites of which something has changed in these spans, their areas, and the boundaries around them; one by one,
 * because the hours of a month are many.
 */
export function* dirtyScopes(
  organisation: Organisation,
  changed: ReadonlyMap<string, readonly Span[]>,
  now: number,
  grains: Grains,
): Generator<DirtyScope> {
  const names = [
    ...[...changed.keys()].flatMap((id) => [
      `site:${id}`,
      ...(organisation.sites.get(id)?.site.areas ?? []).map((area) => `area:${id}/${area.id}`),
    ]),
    ...organisation.file.boundaries.map(({ id }) => `boundary:${id}`),
  ]
  for (const name of names) {
    const scope = organisation.scope(name)
    const spans = scope === undefined ? [] : spansIn(scope, changed)
    if (scope !== undefined && spans.length > 0) yield dirty(scope, organisation, spans, now, grains)
  }
}

/** Days are those of each site: a boundary's day has changed where one of them has. */
function spansIn(
  scope: Scope,
  changed: ReadonlyMap<string, readonly Span[]>,
): (Span & { calendar: Calendar })[] {
  return sitesOf(scope).flatMap(({ site, calendar }) =>
    (changed.get(site.id) ?? []).map((span) => ({ calendar, ...span })),
  )
}

function dirty(
  scope: Scope,
  organisation: Organisation,
  spans: ReturnType<typeof spansIn>,
  now: number,
  grains: Grains,
): DirtyScope {
  const calendar = calendarOf(scope, organisation)
  const begun = (period: Period) => {
    const { start, end } = period.spanAt(calendar)
    // Where the date line was moved, a day is missing.
    return start < now && end > start
  }
  const local = spans.map((span): [first: LocalDay, last: LocalDay] => [
    span.calendar.dayAt(span.start),
    span.calendar.dayAt(span.end - 1),
  ])
  // A month and a year stand beside the same one of the year before, so a year later it changes as well.
  const withLater = local.flatMap(([first, last]) => [
    [first, last] as const,
    [aYearAfter(first), aYearAfter(last)] as const,
  ])
  const fine = grains === 'hours and days'
  const daysOf = (grain: 'day' | 'month' | 'year') =>
    firstDaysIn(grain, grain === 'day' ? local : withLater).filter((day) => begun(periodOf(grain, day)))
  return {
    scope,
    calendar,
    hours:
      fine && scope.kind === 'site'
        ? spans.flatMap(({ start, end }) => periods('hour', calendar, start, end)).filter(begun)
        : [],
    firstDays: {
      day: fine ? daysOf('day') : [],
      month: fine ? [] : daysOf('month'),
      year: fine ? [] : daysOf('year'),
    },
    meters: countedMeters(scope, utilities),
  }
}

function firstDaysIn(
  grain: 'day' | 'month' | 'year',
  spans: readonly (readonly [first: LocalDay, last: LocalDay])[],
): LocalDay[] {
  const days = new Set<LocalDay>()
  for (const [first, last] of spans) {
    for (let day = firstDay(grain, first); day <= last; day = nextDay(grain, day)) days.add(day)
  }
  return [...days].sort((a, b) => a - b)
}

function aYearAfter(day: LocalDay): LocalDay {
  const date = new Date(firstDay('month', day) * DAY_MS)
  return Date.UTC(date.getUTCFullYear() + 1, date.getUTCMonth(), 1) / DAY_MS
}
