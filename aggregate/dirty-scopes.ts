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

/** A site, area or boundary some of whose figures are to be written. */
export interface DirtyScope {
  readonly scope: Scope
  readonly calendar: Calendar
  /** Of a site: its hours that have changed. */
  readonly hours: readonly Period[]
  /** First days of the days, months and years that have begun and are to be written. */
  readonly firstDays: Readonly<Record<'day' | 'month' | 'year', readonly LocalDay[]>>
  /** All meters that its figures are made of. */
  readonly meters: readonly MeterEntry[]
}

/** The sites that have changed, their areas, and the boundaries around them; one by one, because the hours of a month are many. */
export function* dirtyScopes(
  organisation: Organisation,
  changed: ReadonlyMap<string, Span>,
  now: number,
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
    if (scope !== undefined && spans.length > 0) yield dirty(scope, organisation, spans, now)
  }
}

/** Days are those of each site: a boundary's day has changed where one of them has. */
function spansIn(scope: Scope, changed: ReadonlyMap<string, Span>): (Span & { calendar: Calendar })[] {
  return sitesOf(scope).flatMap(({ site, calendar }) => {
    const span = changed.get(site.id)
    return span === undefined ? [] : [{ calendar, ...span }]
  })
}

function dirty(
  scope: Scope,
  organisation: Organisation,
  spans: ReturnType<typeof spansIn>,
  now: number,
): DirtyScope {
  const calendar = calendarOf(scope, organisation)
  const begun = (period: Period) => {
    const { start, end } = period.spanAt(calendar)
    // Where the date line was moved, a day is missing.
    return start < now && end > start
  }
  const first = Math.min(...spans.map((span) => span.calendar.dayAt(span.start)))
  const last = Math.max(...spans.map((span) => span.calendar.dayAt(span.end - 1)))
  const days = (grain: 'day' | 'month' | 'year', from: LocalDay, to: LocalDay) => {
    const list: LocalDay[] = []
    for (let day = firstDay(grain, from); day <= to; day = nextDay(grain, day)) {
      if (begun(periodOf(grain, day))) list.push(day)
    }
    return list
  }
  // A month and a year stand beside the same one of the year before, so a year later it changes as well.
  const [nextFirst, nextLast] = [aYearAfter(first), aYearAfter(last)]
  return {
    scope,
    calendar,
    hours:
      scope.kind === 'site'
        ? spans.flatMap(({ start, end }) => periods('hour', calendar, start, end)).filter(begun)
        : [],
    firstDays: {
      day: days('day', first, last),
      month: [...days('month', first, last), ...days('month', nextFirst, nextLast)],
      year: [...new Set([...days('year', first, last), ...days('year', nextFirst, nextLast)])],
    },
    meters: countedMeters(scope, utilities),
  }
}

function aYearAfter(day: LocalDay): LocalDay {
  const date = new Date(firstDay('month', day) * DAY_MS)
  return Date.UTC(date.getUTCFullYear() + 1, date.getUTCMonth(), 1) / DAY_MS
}
