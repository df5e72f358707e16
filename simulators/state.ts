import { z } from 'zod'
import { readKept, writeKept } from '../senders/kept-file.ts'

const shown = z.object({
  /** The instant of the last reading that the broker has acknowledged. */
  publishedTo: z.int(),
  /** What its register had counted then, in thousandths of a unit of the face. */
  thousandths: z.int().nonnegative(),
})

const stateSchema = z.object({
  seed: z.string(),
  /** The local date on which the history begins. */
  origin: z.string(),
  meters: z.record(z.string(), shown),
})

/** How far the simulator has come. Whoever starts again from it continues the same registers. */
export type FleetState = z.infer<typeof stateSchema>

/** The state kept in a file, or undefined where there is none yet. Throws where the file is something else. */
export function readState(path: string): FleetState | undefined {
  return readKept(path, stateSchema, 'is no state of the simulator; delete it to begin a new history')
}

/** Replaces the state in one step. */
export function writeState(path: string, state: FleetState): void {
  writeKept(path, state)
}
