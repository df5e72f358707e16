import { exclusionBy } from './exclusion.ts'
import type { Occurrence } from './meter-event.ts'

/** A face that somebody declared. */
export interface DeclaredFace {
  readonly at: number
  readonly face: number
}

/** Readings of one register in one setting, between declared changes of either. */
export interface Segment {
  readonly at: Float64Array
  readonly face: Float64Array
  readonly multiplier: number
  readonly opening: DeclaredFace | null
  readonly closing: DeclaredFace | null
  /** The register goes on into the next segment, where only the multiplier is another. */
  readonly goesOn: boolean
  /** Where the next segment begins. */
  readonly end: number
}

type Cut = Extract<Occurrence, { kind: 'replacement' | 'reset' | 'multiplier' }>

/** A register's readings without the excluded ones, cut where a replacement, a reset or another multiplier was declared. */
export function segmentsOf(
  at: Float64Array,
  face: Float64Array,
  multiplier: number,
  occurrences: readonly Occurrence[],
): Segment[] {
  const kept = withoutExcluded(at, face, occurrences)
  const cuts = occurrences.filter(
    (one): one is Cut => one.kind === 'replacement' || one.kind === 'reset' || one.kind === 'multiplier',
  )
  const segments: Segment[] = []
  let begin = 0
  let opening: DeclaredFace | null = null
  let inForce = multiplier
  for (const cut of cuts) {
    const end = endBefore(kept, begin, cut)
    segments.push({
      at: kept.at.subarray(begin, end),
      face: kept.face.subarray(begin, end),
      multiplier: inForce,
      opening,
      closing: closingOf(cut),
      goesOn: cut.kind === 'multiplier',
      end: cut.at,
    })
    const restart = cut.kind === 'replacement' ? (cut.to ?? cut.at) : cut.at
    begin = end
    while (begin < kept.at.length && (kept.at[begin] as number) < restart) begin += 1
    opening = openingOf(cut, restart)
    if (cut.kind !== 'reset') inForce = cut.multiplier ?? inForce
  }
  segments.push({
    at: kept.at.subarray(begin),
    face: kept.face.subarray(begin),
    multiplier: inForce,
    opening,
    closing: null,
    goesOn: false,
    end: Number.POSITIVE_INFINITY,
  })
  return segments
}

/** The readings that no exclusion names. */
export function withoutExcluded(
  at: Float64Array,
  value: Float64Array,
  occurrences: readonly Occurrence[],
): { at: Float64Array; face: Float64Array } {
  if (!occurrences.some(({ kind }) => kind === 'exclude')) return { at, face: value }
  const excluded = exclusionBy(occurrences)
  const keep = (instant: number) => !excluded(instant)
  return { at: at.filter(keep), face: value.filter((_, i) => keep(at[i] as number)) }
}

/** The index of the first reading that the old setting no longer has. */
function endBefore({ at, face }: { at: Float64Array; face: Float64Array }, begin: number, cut: Cut): number {
  let end = begin
  while (end < at.length && (at[end] as number) < cut.at) end += 1
  // A reading at the very instant is the old register's last one where it is nearer to that.
  if (at[end] === cut.at && cut.kind !== 'multiplier' && cut.closing !== undefined) {
    const opened = cut.opening ?? (cut.kind === 'reset' ? 0 : Number.POSITIVE_INFINITY)
    const shown = face[end] as number
    if (Math.abs(shown - cut.closing) < Math.abs(shown - opened)) end += 1
  }
  return end
}

function closingOf(cut: Cut): DeclaredFace | null {
  if (cut.kind === 'multiplier' || cut.closing === undefined) return null
  return { at: cut.at, face: cut.closing }
}

function openingOf(cut: Cut, restart: number): DeclaredFace | null {
  if (cut.kind === 'multiplier') return null
  const opened = cut.opening ?? (cut.kind === 'reset' ? 0 : undefined)
  return opened === undefined ? null : { at: restart, face: opened }
}
