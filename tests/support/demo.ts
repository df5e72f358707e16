import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Json } from './json.ts'
import { type Program, startProgram } from './program.ts'

/** The demo organisation's configuration. */
export const demoSettings = { WATTWELL_CONFIG: new URL('../../config', import.meta.url).pathname }

/** Waits until every meter has told its past up to a few minutes ago, and all of it is rolled up. */
export async function told(program: Program): Promise<void> {
  for (;;) {
    const { rows } = await program.get('/meters')
    const stale = rows.filter(
      (row: Json) => row.state !== 'computed' && !(Date.parse(row.last?.at) > Date.now() - 20 * 60_000),
    )
    if (stale.length === 0) return program.settled()
    await sleep(500)
  }
}

/**
 * The demo with its two years told and its simulators at rest, so that a figure stays what it is while it is
 * looked at. `DEMO_DATA` names a folder where they are told already; what is done there is kept.
 */
export async function demoAtRest(
  env: Record<string, string>,
): Promise<{ program: Program; end(): Promise<void> }> {
  const kept = process.env.DEMO_DATA
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'wattwell-')))
  const settings = { ...demoSettings, WATTWELL_DATA: kept ?? join(folder, 'data') }
  if (kept === undefined) {
    const telling = await startProgram(folder, settings)
    await told(telling)
    await telling.end('SIGTERM')
  }
  const program = await startProgram(folder, { ...settings, SIMULATE: '0', ...env })
  // A service that has just begun may still be getting well.
  while ((await program.health()).code !== 200) await sleep(200)
  return {
    program,
    async end() {
      await program.end('SIGTERM')
      if (kept === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
