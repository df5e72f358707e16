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

/**
 * Readings with their signs: exclusions and conflicts first, then the quality of the hour it ends or lies
 * in. In a suspect hour in which the face falls only the two faces of the fall are marked: one of them is
 * what somebody looks for. In an interpolated hour the one that stands out is what the rules bridged.
 */
export function pointsOf(
  readings: readonly ReadingRow[],
  hours: readonly ConsumptionRow[],
  events: readonly EventRow[],
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
    const excluded = exclusion !== undefined || row.flags.includes('excluded')
    return { at, row, exclusion, excluded, hour: spans.find(({ start, end }) => start < at && at <= end) }
  })
  const falls = new Set<number>()
  const rejected = new Set<number>()
  const counted = drafts.filter(({ excluded }) => !excluded)
  counted.forEach((one, i) => {
    const before = counted[i - 1]
    if (before === undefined || one.row.value >= before.row.value) return
    falls.add(before.at).add(one.at)
    const face = (index: number) => counted[index]?.row.value
    if ((face(i - 2) ?? Number.POSITIVE_INFINITY) <= one.row.value) rejected.add(before.at)
    else if ((face(i + 1) ?? Number.NEGATIVE_INFINITY) >= before.row.value) rejected.add(one.at)
  })
  const fallsIn = new Set(drafts.filter(({ at }) => falls.has(at)).map(({ hour }) => hour?.start))

  function signOf({ at, row, excluded, hour }: (typeof drafts)[number]): Sign {
    if (excluded) return 'excluded'
    if (row.flags.includes('conflict')) return 'suspect'
    if (hour?.quality === 'interpolated' && rejected.has(at)) return 'rejected'
    if (hour?.quality !== 'suspect') {
      // A reading that is there is not missing, whatever its hour lacks.
      return hour === undefined || hour.quality === 'missing' ? 'measured' : hour.quality
    }
    return falls.has(at) || !fallsIn.has(hour.start) ? 'suspect' : 'measured'
  }

  return drafts.map((draft) => ({
    at: draft.at,
    row: draft.row,
    exclusion: draft.exclusion,
    sign: signOf(draft),
  }))
}

function covers({ at, to }: EventRow, instant: number): boolean {
  const from = Date.parse(at)
  return to ? from <= instant && instant < Date.parse(to) : from === instant
}
