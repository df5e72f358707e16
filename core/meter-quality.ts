import { dateOf } from './calendar.ts'
import type { MeterEntry } from './organisation-index.ts'
import { type Quality, qualities, worstOf } from './quality.ts'
import { type Consumption, combine, estimatedPart, flagsOf } from './rollup.ts'
import { estimatedShare, type LocalPeriod, type Lookup, meterUse, NEARLY_WHOLE } from './usage.ts'

/** How well a meter is known over some days. */
export interface MeterQuality {
  /** Share of what has elapsed that has data, 0..1. */
  readonly coverage: number
  /** Share of its consumption that was estimated, 0..1. */
  readonly estimated: number
  /** How many days are known how: each counts once, by its worst. That of a running one may still come is no lack. */
  readonly days: Readonly<Record<Quality, number>>
  /** Days without any data; they are among the missing. */
  readonly empty: number
  /** The day to look at first; null where every day is measured. */
  readonly worst: WorstDay | null
}

export interface WorstDay {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly quality: Quality
  readonly coverage: number
  readonly estimated: number
}

/** What is wrong is looked at before what lacks, and that before what is made up. */
const attention: readonly Quality[] = ['suspect', 'missing', 'estimated', 'edited', 'interpolated']

/** Undefined of a meter that was not in use on any of the days, and of a virtual one, which has no readings. */
export function meterQuality(
  entry: MeterEntry,
  days: readonly LocalPeriod[],
  lookup: Lookup,
  now: number,
): MeterQuality | undefined {
  const counts = Object.fromEntries(qualities.map((one) => [one, 0])) as Record<Quality, number>
  const parts: Consumption[] = []
  let elapsedMs = 0
  let coveredMs = 0
  let empty = 0
  let worst: WorstDay | null = null
  for (const day of days) {
    const use = meterUse(entry, day, lookup, now)
    if (use?.state !== 'asked') continue
    const part = lookup(entry.meter.id, day.grain, day.spanAt(entry.calendar).start)
    elapsedMs += use.elapsedMs
    coveredMs += use.covered * use.elapsedMs
    const whole = use.partial || use.covered >= NEARLY_WHOLE
    const quality = worstOf(part === undefined ? 0 : flagsOf(part), whole ? 1 : use.covered)
    counts[quality] += 1
    if (use.covered === 0 && !use.partial) empty += 1
    if (part !== undefined) parts.push(part)
    const estimated = part === undefined ? 0 : shareOf(part)
    const seen = { day: dateOf(day.firstDay), quality, coverage: use.covered, estimated }
    if (quality !== 'measured' && (worst === null || isWorse(seen, worst))) worst = seen
  }
  if (elapsedMs === 0) return undefined
  const span = { start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 }
  return {
    coverage: coveredMs / elapsedMs,
    estimated: shareOf(combine(span, parts)),
    days: counts,
    empty,
    worst,
  }
}

function shareOf(part: Consumption): number {
  return estimatedShare(part.value, estimatedPart(part))
}

/** Of days that are alike the newest: it is mended most easily. */
function isWorse(a: WorstDay, b: WorstDay): boolean {
  const rank = attention.indexOf(a.quality) - attention.indexOf(b.quality)
  if (rank !== 0) return rank < 0
  if (a.coverage !== b.coverage) return a.coverage < b.coverage
  return a.estimated >= b.estimated
}
