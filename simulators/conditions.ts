import type { Measure } from './measures.ts'

/** What makes a year another than usual: unlike faults, these change what is truly used. */
export interface Conditions {
  /** Saving measures that are not in force. */
  readonly without: readonly Measure[]
  /** The share of the days on which a site with panels and an export meter rests at noon and feeds out, 0..1. */
  readonly twoWayFeed: number
  /** What single meters use more, or less, for a while. */
  readonly disturbances?: readonly Disturbance[]
}

/** A meter's own load as something has changed it; what it hangs on takes part. */
export interface Disturbance {
  readonly meter: string
  /** Epoch milliseconds, half-open. */
  readonly from: number
  readonly to: number
  /** Of the load in the hour that begins at `start`, in its unit (kWh, m3, GJ). */
  readonly change: (load: number, start: number) => number
}

export const usual: Conditions = { without: [], twoWayFeed: 0 }
