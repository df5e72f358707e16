import type { MeterEventRow } from '../answers.ts'
import { getRows, post, remove } from '../api.ts'

/** A line of a meter's journal. */
export type EventRow = MeterEventRow
export type EventKind = EventRow['kind']

/** What is done most comes first. */
export const eventKinds: readonly EventKind[] = [
  'exclude',
  'rollover',
  'reset',
  'replacement',
  'multiplier',
  'correction',
]

interface Attribution {
  readonly by: string
  readonly note: string
}

/** What is sent. A number that a person typed goes as it was typed where it is none: the server says so. */
export type Declaration = Attribution & {
  readonly meter: string
  readonly at: string
  readonly kind: EventKind
} & Partial<Record<'closing' | 'opening' | 'multiplier' | 'value', number | string>> & {
    readonly to?: string
  }

export function fetchEvents(meter: string, signal: AbortSignal): Promise<EventRow[]> {
  return getRows<EventRow>(`meter-events?meter=${encodeURIComponent(meter)}`, signal)
}

export function declare(declaration: Declaration): Promise<EventRow> {
  return post<EventRow>('meter-events', declaration)
}

export function takeBack(id: string, { by, note }: Attribution): Promise<EventRow> {
  const query = new URLSearchParams({ by, note })
  return remove<EventRow>(`meter-events/${encodeURIComponent(id)}?${query}`)
}
