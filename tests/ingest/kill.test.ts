import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectAsync, type MqttClient } from 'mqtt'
import { expect, onTestFinished, test } from 'vitest'
import { openSpool } from '../../ingest/spool.ts'
import { SpoolReader } from '../../ingest/spool-reader.ts'
import { countingStore, hasMosquitto, mosquitto, silent, TOPIC, temporaryFolder, until } from './support.ts'

const START = Date.UTC(2020, 0, 1)
const KILLS = 6

/** The way in as a child process that is ready to take readings; `kill` is kill -9. */
async function ingest(
  folder: string,
  url: string[] = [],
): Promise<{ url: string; kill: () => Promise<void> }> {
  const fixture = join(import.meta.dirname, 'fixture-ingest.ts')
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), fixture, folder, ...url],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  onTestFinished(kill)
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  return { url: line.toString().trim(), kill }
}

/** Publishes readings one second apart from `next` on, and keeps the values that were acknowledged. */
function load(client: MqttClient, acknowledged: Set<number>, first: number, rounds: number) {
  let value = first
  const publish = (): void => {
    const mine = value++
    const payload = JSON.stringify({ at: START + mine * 1000, value: mine })
    client.publish(TOPIC, payload, { qos: 1 }, (error) => {
      if (error) return
      acknowledged.add(mine)
      if (value < first + rounds) publish()
    })
  }
  for (let i = 0; i < 200; i++) publish()
}

/** Reads what is in the spool, as the next start would, and stores it. */
async function store(folder: string, into: ReturnType<typeof countingStore>): Promise<number> {
  const reader = new SpoolReader(folder, silent)
  let readings = 0
  for (let next = await reader.read(null, 5000); next !== null; next = await reader.read(null, 5000)) {
    const { batches, quarantined, position } = next
    await into.write({ readings: batches, touched: [], quarantined })
    await reader.commit(position)
    readings += batches.reduce((sum, batch) => sum + batch.length, 0)
  }
  await reader.close()
  return readings
}

function missing(acknowledged: Set<number>, stored: ReadonlyMap<string, number>): number[] {
  return [...acknowledged].filter((value) => stored.get(`park-e@${START + value * 1000}`) !== value)
}

test('a kill -9 under load loses no reading that the embedded broker acknowledged', async () => {
  const folder = await temporaryFolder()
  const acknowledged = new Set<number>()
  const inEach: number[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    const { url, kill: killIt } = await ingest(folder)
    const meter = await connectAsync(url, { reconnectPeriod: 0 })
    meter.on('error', () => {})
    const before = acknowledged.size
    load(meter, acknowledged, kill * 1_000_000, 1_000_000)
    const enough = before + 500 + kill * 700
    await until('enough is acknowledged', () => acknowledged.size >= enough)
    await killIt()
    await meter.endAsync(true)
    inEach.push(acknowledged.size - before)
  }
  // The next start cuts off what the last kill tore.
  await (await openSpool(folder, silent)).close()
  const stored = countingStore()
  const readings = await store(folder, stored)
  expect(missing(acknowledged, stored.readings)).toEqual([])
  expect(Math.min(...inEach)).toBeGreaterThanOrEqual(500)
  // Each was published once, so none may be there twice, and after a commit none comes again.
  expect(stored.readings.size).toBe(readings)
  expect(await store(folder, stored)).toBe(0)
})

test.skipIf(!hasMosquitto)('a kill -9 under load loses no reading that Mosquitto took for us', async () => {
  const { url } = await mosquitto()
  const folder = await temporaryFolder()
  const first = await ingest(folder, [url])
  const meter = await connectAsync(url)
  onTestFinished(() => meter.endAsync(true).then(() => {}))
  const acknowledged = new Set<number>()
  load(meter, acknowledged, 0, 20_000)
  let child = first
  for (let kill = 0; kill < KILLS; kill++) {
    const enough = (kill + 1) * 2500
    await until('enough is acknowledged', () => acknowledged.size >= enough)
    await child.kill()
    child = await ingest(folder, [url])
  }
  await until('all is published', () => acknowledged.size === 20_000)
  const stored = countingStore()
  for (let turns = 0; turns < 100 && stored.readings.size < 20_000; turns++) {
    await store(folder, stored)
    await sleep(100)
  }
  expect(missing(acknowledged, stored.readings)).toEqual([])
  expect(stored.readings.size).toBe(20_000)
})
