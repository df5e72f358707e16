import { COVERAGE_NEEDED } from './intensity.ts'
import { isKnownHour } from './load-hours.ts'
import type { Scope } from './organisation-index.ts'
import { conversion } from './quantity.ts'
import { type LocalPeriod, type Lookup, lacking, type Period, periods, usage } from './usage.ts'
import { metersOfUse } from './uses.ts'
import { HOUR_MS } from './window.ts'

/** How long the cold outside cooled a data centre in a period. */
export interface FreeCooling {
  /** Hours; null with `reason`. */
  readonly value: number | null
  /** Of the elapsed part of the period, the share of hours for which the ratio is known. */
  readonly coverage: number
  /** The period still runs. */
  readonly partial: boolean
  readonly reason?: string
}

type SiteScope = Extract<Scope, { kind: 'site' }>

/** The meters of cooling and of IT whose ratio tells. */
export function freeCoolingMeters(scope: SiteScope) {
  return {
    cooling: metersOfUse(scope, 'electricity', 'cooling'),
    it: metersOfUse(scope, 'electricity', 'it'),
  }
}

/** The hours of a period that are over by `now`. */
export function hoursOver({ entry: { calendar } }: SiteScope, period: LocalPeriod, now: number): Period[] {
  const { start, end } = period.spanAt(calendar)
  return periods('hour', calendar, start, Math.min(end, now)).filter(
    (hour) => hour.spanAt(calendar).end <= now,
  )
}

/**
 * The hours in which electricity for cooling was at most so much of that for IT as the site's configuration says
 * (`freeCooling.atMost`). An hour tells where both have data as any figure needs, nothing of them is estimated, and
 * IT used something; where such hours are less than 95 % of the period, the figure is null. Nothing is extrapolated.
 */
export function freeCooling(
  scope: SiteScope,
  period: LocalPeriod,
  { lookup, now }: { readonly lookup: Lookup; readonly now: number },
): FreeCooling {
  const { site, calendar } = scope.entry
  const partial = period.spanAt(calendar).end > now
  const none = (reason: string, coverage = 0): FreeCooling => ({ value: null, coverage, partial, reason })
  if (site.freeCooling === undefined)
    return none(`${scope.id} does not say what counts as free cooling (freeCooling in organisation.yaml)`)
  const { cooling, it } = freeCoolingMeters(scope)
  if (cooling.length === 0) return none(`no meter of electricity at ${scope.id} has the use cooling`)
  if (it.length === 0) return none(`no meter of electricity at ${scope.id} has the use it`)
  const { atMost } = site.freeCooling
  const toKwh = (unit: string) => conversion(unit, 'kWh')
  let freeMs = 0
  let knownMs = 0
  let overMs = 0
  for (const hour of hoursOver(scope, period, now)) {
    const { start, end } = hour.spanAt(calendar)
    overMs += end - start
    const used = usage(cooling, hour, lookup, now, toKwh)
    const needed = usage(it, hour, lookup, now, toKwh)
    if (!isKnownHour(used) || !isKnownHour(needed) || (needed.value as number) <= 0) continue
    knownMs += end - start
    if ((used.value as number) / (needed.value as number) <= atMost) freeMs += end - start
  }
  if (overMs === 0) return none('no hour of it is over')
  const coverage = knownMs / overMs
  return coverage < COVERAGE_NEEDED
    ? none(
        `coverage is below ${COVERAGE_NEEDED * 100} %: ${lacking('the ratio of cooling to IT', coverage)}`,
        coverage,
      )
    : { value: freeMs / HOUR_MS, coverage, partial }
}
