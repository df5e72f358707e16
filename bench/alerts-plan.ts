import type { Pause } from '../core/alert.ts'
import type { Contract } from '../core/alert-file.ts'
import type { Occurrence } from '../core/meter-event.ts'
import type { Target } from '../core/target-file.ts'
import type { Disturbance } from '../simulators/conditions.ts'
import type { LineFault } from './alerts-faults.ts'

/** Something that is planted: what it changes, and of an incident what is to find it and how soon. */
export interface Planted {
  readonly name: string
  readonly site: string
  /** What an alert of it may speak of. */
  readonly subjects: readonly string[]
  readonly from: number
  readonly to: number
  readonly size: string
  readonly disturbances?: readonly Disturbance[]
  readonly faults?: readonly LineFault[]
  readonly pauses?: readonly Pause[]
  readonly recorded?: readonly Occurrence[]
}

export interface Incident extends Planted {
  /** The kinds of rule that find it. */
  readonly kinds: readonly string[]
  /** Found after no longer than this, milliseconds. */
  readonly withinMs: number
}

export interface YearPlan {
  readonly incidents: readonly Incident[]
  readonly oddities: readonly Planted[]
  readonly targets: readonly Target[]
  readonly contracts: readonly Contract[]
}
