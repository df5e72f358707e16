import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Influxd, startInfluxd } from './influxd.ts'
import { fillQueue, START, waitingIn } from './load.ts'
import { startMosquitto } from './mosquitto.ts'
import { cpuMsOf, peakMibOf } from './process-cpu.ts'
import type { Server } from './server.ts'

export const CLIENT_ID = 'bench-ingest'
export const DATABASE = 'wattwell'

/** What is to be carried: so many messages of so many readings each. */
export interface Load {
  readonly messages: number
  readonly readingsEach: number
}

/** Where a contestant works: a folder, a broker that holds the load for it, and an empty store. */
export interface Stage {
  readonly folder: string
  readonly load: Load
  readonly brokerPort: number
  readonly influxd: Influxd
}

/** A contestant that is ready, before the first message. */
export interface Running {
  readonly pid: number
  /** How many readings it is done with so far. */
  done(): Promise<number>
  /** How often that may be asked without anybody feeling it, milliseconds. */
  readonly lookEveryMs: number
  stop(): Promise<void>
}

export interface Contestant {
  readonly name: string
  /** The topic filter that its session is subscribed to. */
  readonly subscription: string
  /** False for one that only listens. */
  readonly stores: boolean
  start(stage: Stage): Promise<Running>
}

/** Times in milliseconds, of one run. */
export interface Measure {
  readonly elapsedMs: number
  readonly ownCpuMs: number
  readonly influxdCpuMs: number
  readonly brokerCpuMs: number
  readonly peakMib: number
  /** Readings that are not in the store afterwards, counted there. */
  readonly missing: number
}

/** A contestant whose count stands still for so long won't get any further. */
const STALLED_MS = 60_000
/** After its start a contestant comes to rest before it is measured. */
const REST_MS = 1000

/**
 * One run of one contestant, with a broker and a store of its own that nobody has used before.
 *
 * The messages wait in the broker, in the session of the contestant, so that the publisher takes no
 * CPU from anybody. The broker stands still while the contestant starts: it is connected to, but answers
 * only when both are told to go, so that no start is part of the measure.
 */
export async function runOn(root: string, contestant: Contestant, load: Load): Promise<Measure> {
  const folder = await mkdtemp(join(root, 'run-'))
  const brokerFolder = join(folder, 'mosquitto')
  await mkdir(brokerFolder)
  const influxd = await startInfluxd(join(folder, 'influxdb'))
  const broker = await startMosquitto(brokerFolder)
  try {
    await influxd.createDatabase(DATABASE)
    const session = { clientId: CLIENT_ID, subscription: contestant.subscription }
    await fillQueue(broker.url, session, load.messages, load.readingsEach)
    broker.pause()
    const running = await contestant.start({ folder, load, brokerPort: broker.port, influxd })
    const measure = await measured(running, load, broker, influxd).finally(() => running.stop())
    if (!contestant.stores) return measure
    const missing = await missingIn(influxd, load)
    // What still waits in the queue was never acknowledged, so it isn't lost.
    const waiting = missing === 0 ? 0 : await waitingIn(broker.url, session)
    if (waiting > 0) throw new Error(`${contestant.name} stands still: ${waiting} messages wait for it`)
    return { ...measure, missing }
  } finally {
    await Promise.all([broker.stop(), influxd.stop()])
    await rm(folder, { recursive: true, force: true })
  }
}

/** From the moment that the broker goes on until the contestant is done. */
async function measured(running: Running, load: Load, broker: Server, influxd: Server): Promise<Measure> {
  await sleep(REST_MS)
  const cpu = () => [running.pid, influxd.pid, broker.pid].map(cpuMsOf)
  const before = cpu()
  const start = performance.now()
  broker.resume()
  const elapsedMs = (await until(load.messages * load.readingsEach, running)) - start
  const [own, store, queue] = cpu().map((ms, i) => ms - (before[i] as number))
  return {
    elapsedMs,
    ownCpuMs: own as number,
    influxdCpuMs: store as number,
    brokerCpuMs: queue as number,
    peakMib: peakMibOf(running.pid),
    missing: 0,
  }
}

/** When the last of `readings` was done; where it never is, when the count last moved. */
async function until(readings: number, running: Running): Promise<number> {
  let count = 0
  let moved = performance.now()
  for (;;) {
    const now = await running.done()
    if (now > count) {
      count = now
      moved = performance.now()
    }
    if (count >= readings || performance.now() - moved > STALLED_MS) return moved
    await sleep(running.lookEveryMs)
  }
}

/** How many of the load's readings a store does not have. */
export async function missingIn(influxd: Influxd, load: Load): Promise<number> {
  const readings = load.messages * load.readingsEach
  const end = START + readings * 60_000
  const query = `SELECT count(value) FROM reading WHERE time >= ${START}ms AND time < ${end}ms`
  return readings - (await influxd.number(DATABASE, query))
}
