import { createHash } from 'node:crypto'
import { Calendar, DAY_MS } from '../core/calendar.ts'
import { calendarOf, type Scope } from '../core/organisation-index.ts'
import { baselineOf, type Target } from '../core/target-file.ts'
import { periods } from '../core/usage.ts'
import type { FigureSource } from '../figures/figure-source.ts'
import { measuredIndicators } from '../figures/kpi-points.ts'
import { listedPoints } from '../figures/listed-points.ts'
import { aimOf } from '../figures/standing.ts'
import { meteredUtilities } from '../figures/usage-points.ts'
import type { FigurePoint } from '../store/store.ts'
import { type PlannedLoads, plannedLoads, withdrawnLoads } from './load-plan.ts'
import { type PlannedSite, plannedSite, withdrawnOfSite } from './planned-site.ts'

/** Raised when figures of unchanged readings and settings come out otherwise than before. */
const FIGURES_VERSION = 7

/** Which series are written, and under which settings: what is kept to see whether either has changed. */
export interface FigurePlan {
  readonly settings: string
  readonly scopes: Readonly<Record<string, PlannedScope>>
  readonly targets: Readonly<Record<string, PlannedTarget>>
  /** What there is whatever the time: scopes and meters. */
  readonly listed: readonly Listed[]
}

type Listed = Pick<FigurePoint, 'measurement' | 'tags' | 'at'>

interface PlannedScope {
  readonly zone: string
  /** Units by utility. */
  readonly usage: Readonly<Record<string, string>>
  /** Units by indicator. */
  readonly kpi: Readonly<Record<string, string>>
  /** Of sites. */
  readonly own?: PlannedSite | undefined
  /** Absent in what was kept before there were such series. */
  readonly loads?: PlannedLoads
}

interface PlannedTarget {
  readonly scope: string
  readonly unit: string
  readonly amountUnit: string
  readonly zone: string
  /** Of the target's own text: its path may be another one. */
  readonly print: string
  /** The years that its path runs from and to, whatever year is judged; null where these follow the year. */
  readonly begins: number | null
  readonly ends: number | null
}

export function planOf({ organisation, factors }: FigureSource, targets: readonly Target[]): FigurePlan {
  const scopes = [
    ...organisation.file.sites.map(({ id }) => `site:${id}`),
    ...organisation.file.sites.flatMap(({ id, areas }) => areas.map((area) => `area:${id}/${area.id}`)),
    ...organisation.file.boundaries.map(({ id }) => `boundary:${id}`),
  ].map((id) => organisation.scope(id) as Scope)
  return {
    settings: print({ version: FIGURES_VERSION, file: organisation.file, targets, factors: factors.listed }),
    scopes: Object.fromEntries(
      scopes.map((scope) => [
        scope.id,
        {
          zone: calendarOf(scope, organisation).zone,
          usage: Object.fromEntries(meteredUtilities(scope).map(({ utility, unit }) => [utility, unit])),
          kpi:
            scope.kind === 'area'
              ? {}
              : Object.fromEntries(measuredIndicators(scope).map(({ id, unit }) => [id, unit])),
          own: plannedSite(scope),
          loads: plannedLoads(scope),
        },
      ]),
    ),
    targets: Object.fromEntries(
      targets.map((target) => {
        const { scope, indicator } = aimOf(target, organisation)
        const { zone } = calendarOf(scope, organisation)
        const planned: PlannedTarget = {
          scope: scope.id,
          unit: indicator.unit,
          amountUnit: indicator.numerator.unit,
          zone,
          print: print(target),
          begins: target.kind === 'cumulative' ? target.from : (baselineOf(target)?.year ?? null),
          ends: target.by ?? null,
        }
        return [target.id, planned]
      }),
    ),
    listed: listedPoints(organisation).map(({ measurement, tags, at }) => ({ measurement, tags, at })),
  }
}

/**
 * What an older plan has written and the present one no longer writes over: every point of these series
 * between two instants, marked as unknown. A site's days of another zone begin elsewhere, and would stand
 * between those of the new one.
 */
export function* withdrawn(
  old: FigurePlan,
  plan: FigurePlan,
  from: number,
  to: number,
): Generator<FigurePoint[]> {
  for (const [scope, before] of Object.entries(old.scopes)) {
    const after = plan.scopes[scope]
    const moved = before.zone !== after?.zone
    const calendar = new Calendar(before.zone)
    const at = (grain: 'hour' | 'day' | 'month' | 'year') =>
      periods(grain, calendar, from, to).map((period) => period.spanAt(calendar).start)
    for (const [utility, unit] of Object.entries(before.usage)) {
      if (!moved && after?.usage[utility] === unit) continue
      for (const grain of ['hour', 'day', 'month', 'year'] as const) {
        if (grain === 'hour' && !scope.startsWith('site:')) continue
        yield at(grain).map((at) => unknown('usage', { scope, utility, unit, grain }, at))
      }
    }
    for (const [indicator, unit] of Object.entries(before.kpi)) {
      if (!moved && after?.kpi[indicator] === unit) continue
      for (const grain of ['day', 'month', 'year'] as const)
        yield at(grain).map((at) => unknown('kpi', { indicator, scope, unit, grain }, at))
    }
    if (before.own !== undefined) yield* withdrawnOfSite(scope, before.own, after?.own, moved, at)
    yield* withdrawnLoads(scope, before.zone, { before: before.loads, after: after?.loads, moved }, from, to)
  }
  for (const [target, before] of Object.entries(old.targets)) {
    if (JSON.stringify(before) !== JSON.stringify(plan.targets[target]))
      yield noTarget(target, before, from, to)
  }
  const still = new Set(plan.listed.map((one) => JSON.stringify(one)))
  // A plan of before there were lists has none.
  yield (old.listed ?? [])
    .filter((one) => !still.has(JSON.stringify(one)))
    .map((one) => ({ ...one, fields: { known: 0 } }))
}

function unknown(measurement: 'usage' | 'kpi', tags: Record<string, string>, at: number): FigurePoint {
  return { measurement, tags, fields: { known: 0 }, at }
}

/** In every year that its points can lie in. */
function noTarget(
  target: string,
  { scope, unit, amountUnit, zone, begins, ends }: PlannedTarget,
  from: number,
  to: number,
): FigurePoint[] {
  const calendar = new Calendar(zone)
  const tags = { target, scope, unit }
  const judged = { verdict: -1, known: 0, band_known: 0, actual_known: 0, path_known: 0 }
  const fields = { ...judged, baseline_known: 0, progress_known: 0, allowance_known: 0 }
  const points: FigurePoint[] = []
  const last = Math.max(calendar.yearAt(to), ends ?? 0)
  for (let year = Math.min(calendar.yearAt(from) - 1, begins ?? ends ?? last); year <= last; year += 1) {
    const at = calendar.startOfDay(Date.UTC(year, 0, 1) / DAY_MS)
    points.push(
      { measurement: 'target', tags: { ...tags, amount_unit: amountUnit }, fields, at },
      { measurement: 'target_path', tags, fields: { path_known: 0, known: 0 }, at },
    )
  }
  return points
}

function print(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
}
