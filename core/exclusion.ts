import type { Span } from './calendar.ts'
import type { Occurrence } from './meter-event.ts'
import { firstWhere } from './search.ts'

/** The spans that occurrences of one meter exclude, in order and apart from each other. */
export function exclusionsOf(occurrences: readonly Occurrence[]): Span[] {
  const spans = occurrences.flatMap((one) =>
    one.kind === 'exclude' ? [{ start: one.at, end: one.to ?? one.at + 1 }] : [],
  )
  spans.sort((a, b) => a.start - b.start)
  const apart: Span[] = []
  for (const { start, end } of spans) {
    const last = apart.at(-1)
    if (last !== undefined && start <= last.end)
      apart[apart.length - 1] = { start: last.start, end: Math.max(last.end, end) }
    else apart.push({ start, end })
  }
  return apart
}

/** Whether a reading at an instant is excluded by one of these occurrences of its meter. */
export function exclusionBy(occurrences: readonly Occurrence[]): (instant: number) => boolean {
  const spans = exclusionsOf(occurrences)
  return (instant) => {
    const next = firstWhere(spans.length, (i) => (spans[i] as Span).end > instant)
    return instant >= (spans[next]?.start ?? Number.POSITIVE_INFINITY)
  }
}
