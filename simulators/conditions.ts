import type { Measure } from './measures.ts'

/** What makes a year another than usual: unlike faults, these change what is truly used. */
export interface Conditions {
  /** Saving measures that are not in force. */
  readonly without: readonly Measure[]
  /** The share of the days on which a site with panels and an export meter rests at noon and feeds out, 0..1. */
  readonly twoWayFeed: number
}

export const usual: Conditions = { without: [], twoWayFeed: 0 }
