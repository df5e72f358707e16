/** What can be declared of a meter that no rule can know. */
export const meterEventKinds = [
  'replacement',
  'reset',
  'rollover',
  'multiplier',
  'correction',
  'exclude',
] as const
export type MeterEventKind = (typeof meterEventKinds)[number]

interface Declared {
  readonly meter: string
  /** When it happened, epoch milliseconds. Of an exclusion the instant of the reading; of a correction the start. */
  readonly at: number
}

/**
 * What happened to a meter, or what a person decided about its readings.
 *
 * - `replacement`: the old meter ended at `closing`, the new one began at `opening`, from then on with
 *   `multiplier`. Between `at` and `to` nothing was metered. Without `closing` (or `opening`) what was used
 *   since the last reading (or until the first) is unknown.
 * - `reset`: the same of one meter: it stood at `closing` and began anew at `opening`, 0 unless stated.
 * - `rollover`: the fall of the face at the first reading at or after `at` is a rollover, whatever the limit says.
 * - `multiplier`: from `at` on one unit of the face stands for `multiplier`.
 * - `correction`: from `at` to `to` the consumption was `value`, in the meter's unit of consumption.
 * - `exclude`: the reading at `at`, or all readings in [at, to), are as if they had never come.
 *
 * Faces are in the meter's reading unit.
 */
export type Occurrence = Declared &
  (
    | {
        readonly kind: 'replacement'
        readonly closing?: number
        readonly opening?: number
        readonly multiplier?: number
        readonly to?: number
      }
    | { readonly kind: 'reset'; readonly closing?: number; readonly opening?: number }
    | { readonly kind: 'rollover' }
    | { readonly kind: 'multiplier'; readonly multiplier: number }
    | { readonly kind: 'correction'; readonly to: number; readonly value: number }
    | { readonly kind: 'exclude'; readonly to?: number }
  )

/** Who declared something, why, and when, epoch milliseconds. */
export interface Attribution {
  readonly by: string
  readonly note: string
  readonly enteredAt: number
}

/** A line of the journal: an occurrence, or the word that an earlier one is taken back. Appended, never changed. */
export type JournalRecord =
  | (Attribution & { readonly id: string; readonly occurrence: Occurrence })
  | (Attribution & { readonly id: string; readonly reverses: string })

/** An occurrence as the journal stands: in force, or taken back. */
export interface MeterEvent extends Attribution {
  readonly id: string
  readonly occurrence: Occurrence
  readonly reversed: Attribution | null
}

/** The events of a journal in order of entry, each with its reversal where it has one. */
export function eventsOf(journal: readonly JournalRecord[]): MeterEvent[] {
  const reversals = new Map<string, Attribution>()
  for (const record of journal) {
    if (!('reverses' in record) || reversals.has(record.reverses)) continue
    const { by, note, enteredAt } = record
    reversals.set(record.reverses, { by, note, enteredAt })
  }
  return journal.flatMap((record) =>
    'reverses' in record ? [] : [{ ...record, reversed: reversals.get(record.id) ?? null }],
  )
}

/**
 * What is in force of each meter that the journal speaks of, in order of time; of two at the same instant the
 * later entered comes last. Empty where all was taken back.
 */
export function inForceByMeter(journal: readonly JournalRecord[]): Map<string, Occurrence[]> {
  const byMeter = new Map<string, Occurrence[]>()
  for (const { occurrence, reversed } of eventsOf(journal)) {
    const list = byMeter.get(occurrence.meter) ?? []
    byMeter.set(occurrence.meter, list)
    if (reversed === null) list.push(occurrence)
  }
  for (const list of byMeter.values()) list.sort((a, b) => a.at - b.at)
  return byMeter
}
