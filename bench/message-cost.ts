/*
 * What a message costs: the way in (subscriber, decoding, checks, fsynced spool, writer, DuckDB) on an
 * external Mosquitto, against a bare mqtt.js subscriber of the same messages, in turns; and the same
 * with the aggregation up to the year. CPU is that of the whole process, all its threads.
 *
 *   npm run build:server && node dist/bench/message-cost.js [--messages 60000] [--rounds 3]
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { fillQueue, SUBSCRIPTION } from './load.ts'
import { median, print } from './measure.ts'
import { startMosquitto } from './mosquitto.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '60000' },
    rounds: { type: 'string', default: '3' },
    profile: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const child = join(import.meta.dirname, 'message-cost-child.js')
const root = await mkdtemp(join(tmpdir(), 'wattwell-bench-'))
const mosquitto = await startMosquitto(root)
try {
  await compare(Number(values.messages), 1)
  await compare(Math.ceil(Number(values.messages) / 20), 100)
} finally {
  await mosquitto.stop()
  await rm(root, { recursive: true, force: true })
}

async function compare(messages: number, readingsEach: number): Promise<void> {
  const roles = { floor: [], stored: [], 'rolled-up': [] } as Record<string, Measure[]>
  for (let round = 0; round < rounds; round++) {
    for (const role of Object.keys(roles)) roles[role]?.push(await measured(role, messages, readingsEach))
  }
  const against = 'bare mqtt.js subscriber of the same messages'
  const kind = readingsEach === 1 ? 'a message' : `an array of ${readingsEach}`
  const cpu = (role: string) => median((roles[role] ?? []).map(({ cpuUs }) => cpuUs / messages))
  const rate = (role: string) =>
    median((roles[role] ?? []).map(({ ms }) => (messages * readingsEach * 1000) / ms))
  for (const role of ['stored', 'rolled-up']) {
    print('message-cost', `cpu of ${kind}, ${role}`, cpu(role), 'µs', against, cpu(role) / cpu('floor'))
    print(
      'message-cost',
      `readings per second, ${kind}, ${role}`,
      rate(role),
      '1/s',
      against,
      rate(role) / rate('floor'),
    )
  }
}

interface Measure {
  /** Of the whole process, all its threads, microseconds. */
  readonly cpuUs: number
  /** From before connecting until everything is acknowledged and stored. */
  readonly ms: number
}

async function measured(role: string, messages: number, readingsEach: number): Promise<Measure> {
  const session = { clientId: 'message-cost', subscription: SUBSCRIPTION }
  await fillQueue(mosquitto.url, session, messages, readingsEach)
  const folder = await mkdtemp(join(root, 'spool-'))
  const profile = values.profile ? ['--cpu-prof', `--cpu-prof-name=${role}-${readingsEach}.cpuprofile`] : []
  const counts = [String(messages), String(messages * readingsEach)]
  const command = [...profile, child, role, mosquitto.url, session.clientId, ...counts, folder]
  const { stdout } = await promisify(execFile)(process.execPath, command)
  await rm(folder, { recursive: true, force: true })
  return JSON.parse(stdout) as Measure
}
