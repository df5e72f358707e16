/*
 * What a message costs: the way in (subscriber, decoding, checks, fsynced spool, writer, store) on an
 * external Mosquitto, against a bare mqtt.js subscriber of the same messages, in turns.
 *
 *   node --import tsx bench/message-cost.ts [--messages 60000] [--rounds 3] [--store <module>]
 *
 * `--store` names a module that exports `openBenchStore(folder)`; without it the store only counts.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { fillQueue, startMosquitto } from './message-cost-load.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '60000' },
    rounds: { type: 'string', default: '3' },
    store: { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const store = values.store === undefined ? [] : [resolve(values.store)]
const child = join(import.meta.dirname, 'message-cost-child.ts')
const root = await mkdtemp(join(tmpdir(), 'wattwell-bench-'))
const mosquitto = await startMosquitto(root)
try {
  await compare(Number(values.messages), 1)
  await compare(Math.ceil(Number(values.messages) / 20), 100)
} finally {
  mosquitto.stop()
  await rm(root, { recursive: true, force: true })
}

async function compare(messages: number, readingsEach: number): Promise<void> {
  const floor: Measure[] = []
  const ours: Measure[] = []
  for (let round = 0; round < rounds; round++) {
    floor.push(await measured('floor', messages, readingsEach))
    ours.push(await measured('ours', messages, readingsEach))
  }
  const against = 'bare mqtt.js subscriber of the same messages'
  const kind = readingsEach === 1 ? 'a message' : `an array of ${readingsEach}`
  const cpu = (all: Measure[]) => median(all.map(({ cpuUs }) => cpuUs / messages))
  const rate = (all: Measure[]) => median(all.map(({ ms }) => (messages * readingsEach * 1000) / ms))
  print(`cpu of ${kind}`, cpu(ours), 'µs', against, cpu(ours) / cpu(floor))
  print(`readings per second, ${kind}`, rate(ours), '1/s', against, rate(ours) / rate(floor))
}

interface Measure {
  /** Of the whole process, all its threads, microseconds. */
  readonly cpuUs: number
  /** From before connecting until everything is acknowledged and stored. */
  readonly ms: number
}

async function measured(role: string, messages: number, readingsEach: number): Promise<Measure> {
  await fillQueue(mosquitto.url, messages, readingsEach)
  const folder = await mkdtemp(join(root, 'spool-'))
  const profile = values.profile ? ['--cpu-prof', `--cpu-prof-name=${role}-${readingsEach}.cpuprofile`] : []
  const counts = [String(messages), String(messages * readingsEach)]
  const command = [
    ...profile,
    '--import',
    import.meta.resolve('tsx'),
    child,
    role,
    mosquitto.url,
    ...counts,
    folder,
    ...store,
  ]
  const { stdout } = await promisify(execFile)(process.execPath, command)
  await rm(folder, { recursive: true, force: true })
  return JSON.parse(stdout) as Measure
}

function print(figure: string, value: number, unit: string, against: string, ratio: number): void {
  const rounded = { value: Number(value.toPrecision(4)), unit, against, ratio: Number(ratio.toPrecision(3)) }
  process.stdout.write(`${JSON.stringify({ bench: 'message-cost', figure, ...rounded })}\n`)
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
