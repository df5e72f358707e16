import type { ConsumptionRow, ProfileAnswer } from '../answers.ts'
import type { Slot } from '../chart/slot-layout.ts'

/** An hour of today beside what is usual at that hour of the clock. */
export interface TodayHour extends Slot {
  readonly clock: number
  /** Undefined of an hour that is to come. */
  readonly row: ConsumptionRow | undefined
}

/** How today stands: both sums are over the same hours, those that are over, known, and have a usual. */
export interface DaySoFar {
  readonly days: ProfileAnswer['rows'][number]['days']
  readonly hours: readonly TodayHour[]
  readonly sum: number
  readonly usual: number
  /** How many hours make the sums. */
  readonly counted: number
  /** Hours that are over and lack data, or are estimated or suspect. */
  readonly left: number
  /** The hour of the clock up to which the sums go. */
  readonly until: number
  readonly hasUsual: boolean
}

/** As the usual has it: an hour that is known less counts on neither side. */
const ENOUGH_COVERAGE = 0.95

function isKnown({ value, coverage, estimated, quality }: ConsumptionRow): boolean {
  return value !== null && coverage >= ENOUGH_COVERAGE && estimated === 0 && quality !== 'suspect'
}

export function daySoFar(
  date: string,
  today: readonly { readonly clock: number; readonly row: ConsumptionRow }[],
  profile: ProfileAnswer | undefined,
): DaySoFar {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  const days = weekday === 0 || weekday === 6 ? 'restday' : 'workday'
  const typical = (clock: number) => profile?.rows.find((row) => row.days === days && row.hour === clock)
  const last = today.at(-1)?.clock ?? -1
  const toCome = Array.from({ length: Math.max(23 - last, 0) }, (_, i) => last + 1 + i)
  const over = today.filter(({ row }) => row.partial !== true)
  const known = over.filter(({ row }) => isKnown(row))
  const both = known.filter(({ clock }) => typeof typical(clock)?.mean === 'number')
  const slot = (clock: number, row: ConsumptionRow | undefined): TodayHour => {
    const of = typical(clock)
    return {
      key: row?.start ?? String(clock),
      clock,
      row,
      value: row !== undefined && row.coverage > 0 ? row.value : null,
      low: of?.low ?? null,
      high: of?.high ?? null,
      mark: of?.mean ?? null,
    }
  }
  return {
    days,
    hours: [
      ...today.map(({ clock, row }) => slot(clock, row)),
      ...toCome.map((clock) => slot(clock, undefined)),
    ],
    sum: both.reduce((all, { row }) => all + (row.value as number), 0),
    usual: both.reduce((all, { clock }) => all + (typical(clock)?.mean as number), 0),
    counted: both.length,
    left: over.length - known.length,
    until: (both.at(-1)?.clock ?? -1) + 1,
    hasUsual: profile?.rows.some((row) => row.days === days && row.mean !== null) ?? false,
  }
}
