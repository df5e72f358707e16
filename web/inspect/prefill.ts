import type { ConsumptionRow } from '../answers.ts'
import type { EventKind } from './events.ts'
import type { DaySpan } from './face-layout.ts'
import { isCounted, type Point } from './points.ts'

const HOUR_MS = 3_600_000

/** What a form begins with: faces and amounts as text, instants as RFC 3339. */
export type Prefill = Partial<
  Record<'at' | 'closing' | 'opening' | 'multiplier' | 'value' | 'from' | 'to', string>
>

/** What is known of the day when something is declared. */
export interface DayKnown {
  readonly span: DaySpan
  readonly hours: readonly ConsumptionRow[]
  readonly points: readonly Point[]
}

/** Kinds that need nothing but the instant. */
export function needsNumbers(kind: EventKind): boolean {
  return kind !== 'exclude' && kind !== 'rollover'
}

/**
 * What most probably has to be said. The last face before is that of the reading before that counts;
 * a reset begins at 0, a new meter with the face that was read; the hours are those around the reading, and
 * used what the hours beside them used.
 */
export function prefillOf(kind: EventKind, index: number | undefined, day: DayKnown): Prefill {
  const point = index === undefined ? undefined : day.points[index]
  const before = day.points.findLast((one, i) => i < (index ?? 0) && isCounted(one))
  const closing = before === undefined ? '' : String(before.row.value)
  if (kind === 'reset') return { ...between(before, point), closing, opening: '0' }
  if (kind === 'replacement') {
    const opening = point === undefined ? '' : String(point.row.value)
    return { ...between(before, point), closing, opening, multiplier: '' }
  }
  if (kind === 'multiplier') return { multiplier: '' }
  if (kind !== 'correction') return {}
  const { from, to } = spanAround(point, day)
  return { from, to, value: usualUse(day.hours, from, to) }
}

/** What happened between two readings happened in the middle of them, as far as anybody knows. */
function between(before: Point | undefined, point: Point | undefined): Pick<Prefill, 'at'> {
  if (before === undefined || point === undefined) return {}
  return { at: new Date(Math.round((before.at + point.at) / 2000) * 1000).toISOString() }
}

/** The hours that end or begin with a reading; without one the whole day. */
function spanAround(point: Point | undefined, { span, hours }: DayKnown): { from: string; to: string } {
  const touching =
    point === undefined
      ? []
      : hours.filter(({ start, end }) => Date.parse(start) <= point.at && point.at <= Date.parse(end))
  const from = touching[0]?.start ?? new Date(span.start).toISOString()
  const to = touching.at(-1)?.end ?? new Date(span.end).toISOString()
  return { from, to }
}

/** What the well known hours just before and after a span used, for as many hours as it has. */
function usualUse(rows: readonly ConsumptionRow[], from: string, to: string): string {
  const known = rows.filter(({ value, quality }) => value !== null && quality === 'measured')
  const before = known.findLast(({ end }) => Date.parse(end) <= Date.parse(from))
  const after = known.find(({ start }) => Date.parse(start) >= Date.parse(to))
  const beside = [before, after].flatMap((row) => row?.value ?? [])
  if (beside.length === 0) return ''
  const mean = beside.reduce((sum, value) => sum + value, 0) / beside.length
  const hours = (Date.parse(to) - Date.parse(from)) / HOUR_MS
  return String(Number((mean * hours).toPrecision(4)))
}

/** The boundaries of a day's hours, for the choice of a span. */
export function hourBoundaries({ start, end }: DaySpan): number[] {
  return Array.from({ length: Math.round((end - start) / HOUR_MS) + 1 }, (_, i) => start + i * HOUR_MS)
}
