import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type LocalDay, localDay } from '../core/calendar.ts'
import { Organisation } from '../core/organisation-index.ts'
import { readConfig } from '../read-config.ts'
import type { Settings } from '../settings.ts'
import { conditionsOf, newState, readState, type Story } from '../simulators/state.ts'
import { Truth } from '../simulators/truth.ts'
import { truthLines } from '../simulators/truth-file.ts'

/**
 * Writes what the simulated meters truly used since the beginning of their history: of the one that has
 * begun, or of the one that would begin now. Rejects where the file can't be written.
 */
export async function writeTruth(settings: Settings, story: Story, path: string): Promise<void> {
  const { organisation: file } = await readConfig(settings.config)
  const now = Date.now()
  const state = readState(join(settings.data, 'simulators.json')) ?? newState(story, file, now)
  const organisation = new Organisation(file)
  const origin = localDay(state.origin) as LocalDay
  const starts = [...organisation.sites.values()].map(({ calendar }) => calendar.startOfDay(origin))
  const truth = new Truth(
    organisation,
    state.seed,
    { start: Math.min(...starts), end: now },
    conditionsOf(state),
  )
  await writeFile(path, truthLines(truth, /\.(jsonl|ndjson)$/.test(path) ? 'jsonl' : 'csv'))
}
