import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { ended } from './ended.ts'
import type { Json } from './json.ts'

const SETTLE_MS = 120_000
const READY_MS = 120_000
const RUN_MS = 180_000
const ANSWER_MS = 60_000
const SAID_CHARACTERS = 4_000
const CLI = new URL('../../dist/cli.js', import.meta.url).pathname

/** A folder of configuration and kept things for one wattwell, gone when the test removes it. */
export async function home(
  organisation: object,
  targets: object[] = [],
): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-'))
  // JSON is YAML too.
  await writeFile(join(folder, 'organisation.yaml'), JSON.stringify(organisation))
  await writeFile(join(folder, 'targets.yaml'), JSON.stringify({ targets }))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

export interface Program {
  readonly process: ChildProcess
  readonly http: string
  readonly mqtt: string
  readonly store: string
  get(path: string): Promise<Json>
  /** The health call's answer, with its status as `code`. */
  health(): Promise<Json>
  /** What it has logged so far: warnings and errors, a JSON object a line. */
  log(): string
  /** Waits until everything that was acknowledged is stored and rolled up. Rejects after two minutes. */
  settled(): Promise<void>
  /** Sends a signal and waits for the end; answers the exit code, or the signal. */
  end(signal: NodeJS.Signals): Promise<number | string | null>
}

/**
 * Starts the built program as a user would, on any free ports. `within` is a command that it is started by.
 * Rejects with what it printed where it doesn't get ready within two minutes.
 */
export async function startProgram(
  folder: string,
  env: Record<string, string> = {},
  within: readonly string[] = [],
): Promise<Program> {
  const [command = '', ...args] = [...within, process.execPath, CLI, 'start']
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...settingsFor(folder), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => (said += chunk))
  const ready = await untilReady(child, () => said)
  const ask = (path: string) =>
    fetch(`${ready.http}/api/v1${path}`, { signal: AbortSignal.timeout(ANSWER_MS) })
  const get = async (path: string): Promise<Json> => (await ask(path)).json()
  return {
    process: child,
    ...ready,
    get,
    async health() {
      const answer = await ask('/health')
      return { code: answer.status, ...((await answer.json()) as object) }
    },
    log: () => said,
    async settled() {
      let last: Json
      for (const until = Date.now() + SETTLE_MS; Date.now() < until; await sleep(50)) {
        last = await get('/health')
        // A process without a role has neither; what is unknown is not settled.
        if ([last.spool, last.aggregation].every((part) => part === null || part.pending === 0)) return
      }
      const why = `${JSON.stringify(last)}\nit said last: ${said.slice(-SAID_CHARACTERS)}`
      throw new Error(`it did not settle within ${SETTLE_MS / 1000} s: ${why}`)
    },
    async end(signal) {
      child.kill(signal)
      return ended(child, 'the program')
    },
  }
}

/** Runs a command of the built program to its end. */
export async function run(
  folder: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { ...process.env, ...settingsFor(folder), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const texts = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (texts.out += chunk))
  child.stderr.on('data', (chunk) => (texts.err += chunk))
  const said = once(child, 'close')
  const code = await ended(child, `wattwell ${args.join(' ')}`, RUN_MS)
  await said
  return { code: code as number, ...texts }
}

function settingsFor(folder: string): Record<string, string> {
  return {
    WATTWELL_CONFIG: folder,
    WATTWELL_DATA: join(folder, 'data'),
    HTTP_PORT: '0',
    MQTT_PORT: '0',
    LOG_LEVEL: 'warn',
  }
}

async function untilReady(
  child: ChildProcess,
  said: () => string,
): Promise<{ http: string; mqtt: string; store: string }> {
  const lines = createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> })
  const late = setTimeout(() => child.kill('SIGKILL'), READY_MS)
  for await (const line of lines) {
    if (line.startsWith('ready ')) {
      clearTimeout(late)
      // Goes on reading, so that the program never waits for us.
      lines.on('line', () => {})
      return JSON.parse(line.slice('ready '.length))
    }
  }
  clearTimeout(late)
  const how = child.killed ? `within ${READY_MS / 1000} s` : ''
  throw new Error(`it did not get ready ${how}: ${said()}`)
}
