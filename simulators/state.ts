import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

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
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Error(`the simulator's state cannot be read from ${path}`, { cause })
  }
  try {
    return stateSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new Error(`${path} is no state of the simulator; delete it to begin a new history`, { cause })
  }
}

/** Replaces the state in one step: after a crash the file is the old one or the new one, whole. */
export function writeState(path: string, state: FleetState): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.tmp`
  const file = openSync(temporary, 'w')
  try {
    writeSync(file, JSON.stringify(state))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}
