import type { Occurrence } from './meter-event.ts'

/** Whether a reading at an instant is excluded by one of these occurrences of its meter. */
export function exclusionBy(occurrences: readonly Occurrence[]): (instant: number) => boolean {
  const spans = occurrences.flatMap((one) =>
    one.kind === 'exclude' ? [{ from: one.at, to: one.to ?? one.at + 1 }] : [],
  )
  return (instant) => spans.some(({ from, to }) => instant >= from && instant < to)
}
