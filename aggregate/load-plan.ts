import { Calendar } from '../core/calendar.ts'
import { loadUnit } from '../core/load-hours.ts'
import type { Scope } from '../core/organisation-index.ts'
import { shifts } from '../core/typical-day.ts'
import { periods } from '../core/usage.ts'
import { tellsFreeCooling } from '../figures/free-cooling-points.ts'
import { noTypicalDay } from '../figures/profile-points.ts'
import { meteredUtilities } from '../figures/usage-points.ts'
import { meteredUses } from '../figures/use-points.ts'
import type { FigurePoint } from '../store/store.ts'

/** The series of uses and loads of a site. */
export interface PlannedLoads {
  /** Units by utility and use, as `electricity/it`. */
  readonly use: Readonly<Record<string, string>>
  /** Units by utility. */
  readonly load: Readonly<Record<string, string>>
  readonly freeCooling: boolean
}

const NONE: PlannedLoads = { use: {}, load: {}, freeCooling: false }

export function plannedLoads(scope: Scope): PlannedLoads {
  if (scope.kind !== 'site') return NONE
  return {
    use: Object.fromEntries(meteredUses(scope).map(({ utility, use, unit }) => [`${utility}/${use}`, unit])),
    load: Object.fromEntries(meteredUtilities(scope).map(({ utility, unit }) => [utility, unit])),
    freeCooling: tellsFreeCooling(scope),
  }
}

/** What of these series is written no more, between two instants; everything where the site's zone is another one now. */
export function* withdrawnLoads(
  scope: string,
  zone: string,
  {
    before = NONE,
    after = NONE,
    moved,
  }: { before?: PlannedLoads | undefined; after?: PlannedLoads | undefined; moved: boolean },
  from: number,
  to: number,
): Generator<FigurePoint[]> {
  const calendar = new Calendar(zone)
  const at = (grain: 'hour' | 'day' | 'month' | 'year') =>
    periods(grain, calendar, from, to).map((period) => period.spanAt(calendar).start)
  for (const [key, unit] of Object.entries(before.use)) {
    if (!moved && after.use[key] === unit) continue
    const [utility = '', use = ''] = key.split('/')
    for (const grain of ['hour', 'day', 'month', 'year'] as const)
      yield at(grain).map((at) => ({
        measurement: 'use',
        tags: { scope, utility, use, unit, grain },
        fields: { known: 0 },
        at,
      }))
  }
  for (const [utility, unit] of Object.entries(before.load)) {
    if (!moved && after.load[utility] === unit) continue
    yield noTypicalDay({ scope, utility, unit })
    const starts = [
      ...at('month').map((at) => ['month', at] as const),
      ...at('day').map((at) => ['28-days', at] as const),
    ]
    yield starts.flatMap(([over, at]) => [
      {
        measurement: 'base_load',
        tags: { scope, utility, unit: loadUnit(unit).unit, over },
        fields: { known: 0, share_known: 0, mean_known: 0, peak_known: 0 },
        at,
      },
      ...shifts.map(
        ({ shift }): FigurePoint => ({
          measurement: 'shift',
          tags: { scope, utility, unit, shift, over },
          fields: { known: 0, share_known: 0 },
          at,
        }),
      ),
    ])
  }
  if (!before.freeCooling || (!moved && after.freeCooling)) return
  for (const grain of ['day', 'month', 'year'] as const)
    yield at(grain).map((at) => ({
      measurement: 'free_cooling',
      tags: { scope, unit: 'h', grain },
      fields: { known: 0 },
      at,
    }))
}
