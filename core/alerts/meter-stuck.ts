import type { Pause } from '../alert.ts'
import type { Rule } from '../alert-rules.ts'
import { DOUBTFUL } from '../hour-series.ts'
import type { Observation } from '../observation.ts'
import type { Measurand } from '../organisation.ts'
import { isPlanned, outagesOf } from '../pause.ts'
import { HOUR_MS } from '../window.ts'
import { called, type Watched, type WatchedZone } from './watched.ts'

/** What rests for a whole season, or until it rains, is stuck only where its load is stated never to be zero. */
const RESTING: readonly Measurand[] = ['heat', 'rainwater', 'chilled-water']
/** Of so many hours that were read. */
const LEAST_HOURS = 14 * 24

/** When each meter was last read, and how long its face has been the same up to then, milliseconds. */
export type Still = ReadonlyMap<string, number>

/**
 * A stuck meter: it is read, and its face has stood still for `above` hours, though its load never is zero
 * (`minimumPerHour`), or though in the weeks before it never stood still for half as long. Silence is another matter.
 */
export function stuckMeters(
  rule: Rule,
  zone: WatchedZone,
  still: Still,
  { at, pauses }: { at: number; pauses: readonly Pause[] },
): Observation[] {
  const limit = rule.above as number
  const moving = zone.meters.filter(
    ({ entry: { meter }, rule: own }) => own.minimumPerHour > 0 || !RESTING.includes(meter.utility),
  )
  return moving.map((watched) => {
    const { entry, rule: own } = watched
    const ms = still.get(entry.meter.id)
    const hours = ms === undefined ? null : ms / HOUR_MS
    const planned = isPlanned(outagesOf(pauses, entry.site.id, entry.meter.id), at - limit * HOUR_MS, at)
    const least = Math.max(limit, 2 * longestStill(watched))
    const must = own.minimumPerHour > 0 && (hours ?? 0) * own.minimumPerHour >= 2 * own.multiplier
    const seen =
      hours === null || planned
        ? 'unknown'
        : hours >= limit && (must || hours >= least)
          ? 'breach'
          : hours < 1
            ? 'clear'
            : 'between'
    const name = called(entry)
    return {
      subject: `meter:${entry.meter.id}`,
      site: entry.site.id,
      utility: entry.meter.utility,
      seen,
      at,
      since: at - (ms ?? 0),
      value: hours,
      limit,
      unit: 'h',
      summary: {
        en: `${name.en} is read but has shown the same for ${Math.round(hours ?? 0)} h, which it never does.`,
        zh: `${name.zh}仍在上报，但读数已 ${Math.round(hours ?? 0)} 小时不变，与以往不符。`,
      },
      advice: {
        en: 'Look whether the load is really off; if not, the register or its pulse input is stuck.',
        zh: '请确认负荷是否确实为零；若不是，则计数器或脉冲输入可能卡死。',
      },
      cost: {},
    }
  })
}

/** The longest run of hours at zero of late, without the last one; infinite where too little is known. */
function longestStill({ series: { values, marks } }: Watched): number {
  let longest = 0
  let run = 0
  let known = 0
  for (let i = 0; i < values.length; i += 1) {
    if (marks[i] === 0 || (marks[i] ?? 0) & DOUBTFUL) continue
    known += 1
    run = values[i] === 0 ? run + 1 : 0
    // What goes on to the end is what is judged.
    if (run > longest && hasMovedSince(values, i)) longest = run
  }
  return known < LEAST_HOURS ? Number.POSITIVE_INFINITY : longest
}

function hasMovedSince(values: Float64Array, i: number): boolean {
  for (let k = i + 1; k < values.length; k += 1) if ((values[k] as number) > 0) return true
  return false
}
