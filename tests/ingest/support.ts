import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { onTestFinished, vi } from 'vitest'
import { type SpoolRead, SpoolReader } from '../../ingest/spool-reader.ts'
import type { StoreBatch } from '../../store/store.ts'
import { type Mosquitto, startMosquitto } from '../support/mosquitto.ts'
import { organisation, silent } from './fixture-organisation.ts'

export { organisation, silent }

// `until` says what was missing before this ends a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

/** A log that keeps its lines: level and message. */
export function keptLog() {
  const lines: string[] = []
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) })
  return { log, lines }
}

export async function temporaryFolder(where = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(where, 'wattwell-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export const TOPIC = 'facility/park/park-e/reading'
export const NOW = Date.UTC(2026, 0, 1, 12)

/** What the writer wrote, with what a real store does to it: the same reading twice is one reading. */
export function countingStore() {
  const readings = new Map<string, number>()
  const quarantine = new Map<string, string>()
  return {
    name: 'in the test',
    readings,
    quarantine,
    batches: 0,
    async write(batch: StoreBatch) {
      this.batches++
      for (const { length, meters, meter, at, value } of batch.readings) {
        for (let i = 0; i < length; i++)
          readings.set(`${meters[meter[i] ?? 0]}@${at[i]}`, value[i] ?? Number.NaN)
      }
      for (const { id, issue } of batch.quarantined) quarantine.set(id, issue.code)
    },
  }
}

/** Everything in a spool that was not stored yet. */
export async function contentOf(folder: string): Promise<SpoolRead | null> {
  const reader = new SpoolReader(folder, silent)
  const read = await reader.read(null, Number.POSITIVE_INFINITY)
  await reader.close()
  return read
}

export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let turns = 0; turns < 4000; turns++) {
    if (holds()) return
    await sleep(5)
  }
  throw new Error(`waited in vain until ${what}`)
}

/** A real Mosquitto, gone with the test. */
export async function mosquitto(line = 'allow_anonymous true', port?: number): Promise<Mosquitto> {
  const broker = await startMosquitto({ config: [line], ...(port !== undefined && { port }) })
  onTestFinished(broker.remove)
  return broker
}
