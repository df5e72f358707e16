import type { Calendar } from '../core/calendar.ts'
import { commonUnit } from '../core/common-unit.ts'
import { type Measurand, type Utility, utilities } from '../core/organisation.ts'
import { type CountedMeter, countedMeters, type Scope } from '../core/organisation-index.ts'
import { qualities } from '../core/quality.ts'
import { estimatedShare, type Lookup, type Period, usage } from '../core/usage.ts'
import { utilityNames } from '../core/utility-names.ts'
import type { FigurePoint } from '../store/store.ts'
import { known } from './known.ts'
import { labels } from './labels.ts'
import { tagsByGrain } from './tags-by-grain.ts'

/** A utility that counted meters of a scope measure, and the unit that their sum is given in. */
export interface MeteredUtility {
  readonly utility: Utility
  readonly unit: string
  readonly factor: (unit: string, measurand: Measurand) => number | undefined
  readonly meters: readonly CountedMeter[]
}

export function meteredUtilities(scope: Scope): MeteredUtility[] {
  return utilities.flatMap((utility) => {
    const meters = countedMeters(scope, [utility])
    return meters.length === 0 ? [] : [{ utility, meters, ...commonUnit(meters) }]
  })
}

/**
 * What a scope used of each utility in periods, as `/consumption` gives it; the points are at the starts by
 * `calendar`.
 */
export function usagePoints(
  scope: Scope,
  calendar: Calendar,
  periods: readonly Period[],
  lookup: Lookup,
  now: number,
): FigurePoint[] {
  return meteredUtilities(scope).flatMap((metered) => {
    const series = { measurement: 'usage', tags: { scope: scope.id, utility: metered.utility } } as const
    const points = usedPoints(series, metered, { calendar, periods }, lookup, now)
    const called = labels({ id: metered.utility, name: utilityNames[metered.utility] })
    // Once a year is enough to say what it is called.
    return points.map((point) =>
      point.tags.grain === 'year' ? { ...point, fields: { ...point.fields, ...called } } : point,
    )
  })
}

/** What meters together used in periods. Hours that no meter has a rollup of are left out: they may be forgotten. */
export function usedPoints(
  { measurement, tags }: Pick<FigurePoint, 'measurement' | 'tags'>,
  { meters, unit, factor }: Omit<MeteredUtility, 'utility'>,
  { calendar, periods }: { readonly calendar: Calendar; readonly periods: readonly Period[] },
  lookup: Lookup,
  now: number,
): FigurePoint[] {
  const tagsOf = tagsByGrain({ ...tags, unit })
  return periods.flatMap((period): FigurePoint[] => {
    const { start } = period.spanAt(calendar)
    if (period.grain === 'hour' && !meters.some(({ meter }) => lookup(meter.id, 'hour', start))) return []
    const { value, coverage, estimated, quality } = usage(meters, period, lookup, now, factor)
    return [
      {
        measurement,
        tags: tagsOf(period.grain),
        fields: {
          value,
          coverage,
          estimated: estimatedShare(value, estimated),
          quality: qualities.indexOf(quality),
          known: known(value),
        },
        at: start,
      },
    ]
  })
}
