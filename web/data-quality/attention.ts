import type { ConflictRow, MeterQualityRow, MeterRow } from '../answers.ts'
import { WHOLE } from '../quality.ts'
import { LEAST_COVERAGE, MOST_ESTIMATED } from './coverage.ts'

/** A meter with what is wrong with it. */
export interface Attention {
  readonly meter: MeterRow
  /** Undefined of one that was not in use this year. */
  readonly known: MeterQualityRow | undefined
  readonly conflicts: number
  readonly lacks: readonly Lack[]
}

/** In the order in which meters are looked at. */
const lacks = ['silent', 'low', 'estimated', 'suspect', 'incomplete', 'conflicts'] as const
export type Lack = (typeof lacks)[number]

/** The meters that something is wrong with, worst first. */
export function attentionOf(
  meters: readonly MeterRow[],
  known: readonly MeterQualityRow[],
  conflicts: readonly ConflictRow[],
): Attention[] {
  const byMeter = new Map(known.map((row) => [row.meter, row]))
  const all = meters
    .filter(({ kind }) => kind !== 'virtual')
    .map((meter): Attention => {
      const row = byMeter.get(meter.id)
      const count = conflicts.filter((one) => one.meter === meter.id).length
      return { meter, known: row, conflicts: count, lacks: lacksOf(meter, row, count) }
    })
  return all.filter((one) => one.lacks.length > 0).sort((a, b) => rank(a) - rank(b) || lost(b) - lost(a))
}

function lacksOf({ state, to }: MeterRow, row: MeterQualityRow | undefined, conflicts: number): Lack[] {
  const is: Record<Lack, boolean> = {
    // What is no longer in use may be silent.
    silent: (state === 'silent' || state === 'never-heard') && row !== undefined && to === null,
    low: row !== undefined && row.coverage < LEAST_COVERAGE,
    estimated: row !== undefined && row.estimated > MOST_ESTIMATED,
    suspect: row !== undefined && row.days.suspect > 0,
    incomplete: row !== undefined && row.coverage < WHOLE && row.days.missing > 0,
    conflicts: conflicts > 0,
  }
  return lacks.filter((one) => is[one])
}

function rank({ lacks: [first] }: Attention): number {
  return first === undefined ? lacks.length : lacks.indexOf(first)
}

/** How much of what it should tell is not known from readings; what a site rests on counts before its parts. */
function lost({ meter, known }: Attention): number {
  if (known === undefined) return 0
  const share = 1 - known.coverage + known.estimated + known.days.suspect / 1000
  return meter.role === 'submeter' || meter.role === 'sensor' ? share / 2 : share
}
