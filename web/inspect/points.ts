import type { ConsumptionRow, ReadingRow } from '../answers.ts'
import type { Sign } from '../signs.ts'
import type { EventRow } from './events.ts'

/** A reading as it is drawn. */
export interface Point {
  /** Epoch milliseconds. */
  readonly at: number
  readonly row: ReadingRow
  readonly sign: Sign
  /** The exclusion that keeps it out, where a person declared one. */
  readonly exclusion: EventRow | undefined
}

/** Whether the figures rest on it. */
export function isCounted({ sign }: Point): boolean {
  return sign !== 'excluded' && sign !== 'rejected'
}

const SUSPECT: readonly string[] = ['limit', 'reset', 'conflict']

/**
 * Readings with their signs: what was declared and what the rules made of them comes first, then the quality
 * of the hour it ends or lies in. A suspicion that one reading of the hour explains does not fall on the others.
 * A reading of a gauge above its limit is left out; one of a register may begin a new line, and is only suspect.
 */
export function pointsOf(
  readings: readonly ReadingRow[],
  hours: readonly ConsumptionRow[],
  events: readonly EventRow[],
  gauge: boolean,
): Point[] {
  const exclusions = events.filter((one) => one.kind === 'exclude' && one.reversed === null)
  const spans = hours.map(({ start, end, quality }) => ({
    start: Date.parse(start),
    end: Date.parse(end),
    quality,
  }))
  const drafts = readings.map((row) => {
    const at = Date.parse(row.at)
    const exclusion = exclusions.find((one) => covers(one, at))
    return { at, row, exclusion, hour: spans.find(({ start, end }) => start < at && at <= end) }
  })
  const isRejected = ({ flags }: ReadingRow) => flags.includes('spike') || (gauge && flags.includes('limit'))
  const explained = new Set(drafts.filter(({ row }) => isSuspect(row)).map(({ hour }) => hour))

  function signOf({ row, exclusion, hour }: (typeof drafts)[number]): Sign {
    if (exclusion !== undefined || row.flags.includes('excluded')) return 'excluded'
    if (isRejected(row)) return 'rejected'
    if (isSuspect(row)) return 'suspect'
    // A reading that is there is not missing, whatever its hour lacks.
    if (hour === undefined || hour.quality === 'missing') return 'measured'
    return hour.quality === 'suspect' && explained.has(hour) ? 'measured' : hour.quality
  }

  return drafts.map((draft) => ({
    at: draft.at,
    row: draft.row,
    exclusion: draft.exclusion,
    sign: signOf(draft),
  }))
}

function isSuspect({ flags }: ReadingRow): boolean {
  return flags.some((flag) => SUSPECT.includes(flag))
}

function covers({ at, to }: EventRow, instant: number): boolean {
  const from = Date.parse(at)
  return to ? from <= instant && instant < Date.parse(to) : from === instant
}
