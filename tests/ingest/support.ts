import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { onTestFinished, vi } from 'vitest'
import { type SpoolRead, SpoolReader } from '../../ingest/spool-reader.ts'
import type { StoreBatch } from '../../store/store.ts'
import { freePort } from '../support/free-port.ts'
import { organisation, silent } from './fixture-organisation.ts'

export { organisation, silent }

// `until` says what was missing before this ends a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

export const MOSQUITTO = '/usr/sbin/mosquitto'
export const hasMosquitto = existsSync(MOSQUITTO)

/** A log that keeps its lines: level and message. */
export function keptLog() {
  const lines: string[] = []
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) })
  return { log, lines }
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-'))
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

export interface Broker {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

/** A real Mosquitto that forgets nothing while it runs. */
export async function mosquitto(extra = 'allow_anonymous true', port?: number): Promise<Broker> {
  const folder = await temporaryFolder()
  const chosen = port ?? (await freePort())
  const config = [`listener ${chosen} 127.0.0.1`, 'max_queued_messages 0', 'max_inflight_messages 0', extra]
  await writeFile(join(folder, 'mosquitto.conf'), `${config.join('\n')}\n`)
  const child = spawn(MOSQUITTO, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' })
  const stop = () => ended(child)
  onTestFinished(stop)
  for (let turns = 0; !(await answers(chosen)); turns++) {
    if (turns > 200) throw new Error('mosquitto did not start')
    await sleep(25)
  }
  return { url: `mqtt://127.0.0.1:${chosen}`, port: chosen, stop }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
