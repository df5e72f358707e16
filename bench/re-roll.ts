/*
 * The re-roll of a year of 15-minute readings of many meters, in the built program: its figures are made
 * anew to hours, days, months and the year while readings go on arriving, each of which waits for its
 * PUBACK. Against the floor of reading the same rows out of DuckDB and adding them up.
 *
 *   npm run build:server && node dist/bench/re-roll.js [--meters 1000]
 *
 * Once with rules that leave the figures as they were (a limit is stated), once with rules that change each
 * of them (another multiplier).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { connectAsync } from 'mqtt'
import { touchChangedMeters } from '../aggregate/settings-change.ts'
import { DuckDbStore } from '../store/duckdb.ts'
import { carryUp, meteredFile, organisationOf, storeYear } from './history.ts'
import { median, print, timed, withFolder } from './measure.ts'
import { end } from './server.ts'

const { values } = parseArgs({ options: { meters: { type: 'string', default: '1000' } } })
const METERS = Number(values.meters)
const ROWS = METERS * 365 * 96
const CLI = join(import.meta.dirname, '..', 'cli.js')
/** One message in so many milliseconds: one meter in a thousand each 15 minutes. */
const PUBLISH_EVERY_MS = 20
const FLOOR = 'reading the same rows out of DuckDB and adding them up'

const say = (text: string) => process.stderr.write(`re-roll: ${text}\n`)

await withFolder(async (folder) => {
  const kept = join(folder, 'data')
  await mkdir(kept)
  const path = join(kept, 'wattwell.duckdb')
  await fill(path)
  const floors: number[] = []
  for (let round = 0; round < 3; round += 1) floors.push(await timed(() => addUp(path)))
  const floorMs = median(floors)
  say(`floor: ${floors.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s`)
  for (const [what, change] of [
    ['figures that stay as they are', { limitPerHour: 1000 }],
    ['figures that all change', { limitPerHour: 1000, multiplier: 2 }],
  ] as const) {
    const { ms, ackMs } = await reRoll(folder, kept, change)
    print(
      're-roll',
      `${METERS} meter-years of 15-minute readings, ${what}`,
      ROWS / (ms / 1000),
      'readings/s',
      FLOOR,
      ms / floorMs,
    )
    const sorted = ackMs.toSorted((a, b) => a - b)
    const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN
    print(
      're-roll',
      `PUBACK p99 meanwhile, ${sorted.length} messages`,
      p99,
      'ms',
      'the aim of 50 ms',
      p99 / 50,
    )
  }
})

/** A store with a year of all meters, rolled up. */
async function fill(path: string): Promise<void> {
  const organisation = organisationOf(meteredFile(METERS))
  const store = await DuckDbStore.open(path)
  say(`${ROWS} readings are stored`)
  await storeYear(store, METERS)
  await touchChangedMeters(store, organisation)
  say('they are rolled up a first time')
  await carryUp(store, organisation)
  await store.close()
}

async function addUp(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(path, { memory_limit: '2GB' })
  const connection = await instance.connect()
  const result = await connection.stream('SELECT meter, instant, value FROM readings')
  let sum = 0
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) break
    const { items } = chunk.getColumnVector(2) as unknown as { items: Float64Array }
    for (let i = 0; i < chunk.rowCount; i += 1) sum += items[i] as number
  }
  connection.closeSync()
  instance.closeSync()
  if (!(sum > 0)) throw new Error('nothing was read')
}

/** Starts the program with other rules for all meters, and waits until everything is reckoned anew. */
async function reRoll(
  folder: string,
  kept: string,
  change: object,
): Promise<{ ms: number; ackMs: number[] }> {
  // JSON is YAML too.
  await writeFile(join(folder, 'organisation.yaml'), JSON.stringify(meteredFile(METERS, change)))
  const child = spawn(process.execPath, [CLI, 'start'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      WATTWELL_CONFIG: folder,
      WATTWELL_DATA: kept,
      HTTP_PORT: '0',
      MQTT_PORT: '0',
      SIMULATE: '0',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const { http, mqtt } = await ready(child)
    const start = performance.now()
    say('everything is rolled up anew')
    const publishing = new AbortController()
    const acknowledged = publish(mqtt, publishing.signal)
    await nothingWaits(http)
    const ms = performance.now() - start
    publishing.abort()
    return { ms, ackMs: await acknowledged }
  } finally {
    await end(child)
  }
}

async function ready(child: ChildProcess): Promise<{ http: string; mqtt: string }> {
  if (child.stdout === null) throw new Error('no output')
  const lines = createInterface({ input: child.stdout })
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => line.startsWith('ready ') && resolve(JSON.parse(line.slice(6))))
    child.once('exit', () => reject(new Error('wattwell did not get ready')))
  })
}

/** One reading after the other, at a steady pace. Resolves to how long each waited for its PUBACK. */
async function publish(url: string, signal: AbortSignal): Promise<number[]> {
  const client = await connectAsync(url)
  const ackMs: number[] = []
  const sent: Promise<unknown>[] = []
  for (let i = 0; !signal.aborted; i += 1) {
    // Where the year's readings left off, and on.
    const payload = JSON.stringify({ at: Date.now(), value: 365 * 96 * 2.5 + 5 + i / 1000 })
    const at = performance.now()
    const topic = `facility/site/meter-${i % METERS}/reading`
    sent.push(client.publishAsync(topic, payload, { qos: 1 }).then(() => ackMs.push(performance.now() - at)))
    await sleep(PUBLISH_EVERY_MS)
  }
  await Promise.all(sent)
  await client.endAsync()
  return ackMs
}

/** Waits until the hours of the year are on the list, and then until they are off it. What arrives meanwhile always waits a little. */
async function nothingWaits(http: string): Promise<void> {
  let listed = false
  for (;;) {
    const { aggregation } = (await (await fetch(`${http}/api/v1/health`)).json()) as {
      aggregation: { hours: number | null }
    }
    const { hours } = aggregation
    if (hours !== null && hours > METERS * 1000) listed = true
    if (listed && hours !== null && hours < METERS * 100) return
    await sleep(100)
  }
}
