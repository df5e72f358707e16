import type { Issue } from './issue.ts'

/**
 * Readings of many meters that arrived together, column by column: a batch goes from the spool to
 * the store without becoming objects on the way.
 */
export interface ReadingBatch {
  /** Names that `meter` points into. */
  readonly meters: readonly string[]
  /** Names that `unit` points into; `units[0]` is the empty string. */
  readonly units: readonly string[]
  readonly receivedAt: number
  readonly length: number
  readonly meter: Uint32Array
  readonly unit: Uint8Array
  readonly at: Float64Array
  readonly value: Float64Array
}

/** One meter's readings in order of time, an instant at most once. */
export interface ReadingSeries {
  readonly at: Float64Array
  readonly value: Float64Array
  /** The unit of each value, or null where none of them came with one. */
  readonly unit: readonly string[] | null
  readonly receivedAt: Float64Array
}

export const NO_READINGS: ReadingSeries = {
  at: new Float64Array(),
  value: new Float64Array(),
  unit: null,
  receivedAt: new Float64Array(),
}

/** A message, or the part of one, that could not be taken. Acknowledged, kept, listed; never dropped. */
export interface Quarantined {
  /** Unique; a replay of the spool writes the same id again. */
  readonly id: string
  readonly receivedAt: number
  readonly topic: string
  /** Text of the payload, cut at `QUARANTINE_TEXT_LIMIT` characters. */
  readonly payload: string
  /** Length of the whole payload. */
  readonly bytes: number
  /** How many readings of the message this stands for. */
  readonly readings: number
  readonly issue: Issue
}
