import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ended } from './ended.ts'
import { freePort } from './free-port.ts'

const INFLUXD = '/usr/bin/influxd'
const READY_MS = 30_000
/** Of what it says: of a crash the cause comes first, then what each of its threads was at. */
const SAID_CHARACTERS = 8_000
const RESTARTS = 3

/** Where Debian's InfluxDB 1.6 is installed; tests that need it say so where it isn't. */
export const influxdInstalled = existsSync(INFLUXD)

/**
 * A real InfluxDB on loopback, with a folder of its own. Where it crashes it is started again, as its
 * package's service does, and what it said is printed.
 */
export interface Influxd {
  readonly url: string
  readonly port: number
  readonly pid: () => number
  /** Ends it, by SIGTERM unless told otherwise; its folder stays. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts it again on the same port and folder, and waits until it answers. */
  start(): Promise<void>
  /** Ends it and removes the folder. */
  remove(): Promise<void>
}

export interface InfluxdOptions {
  /** A user and password that it asks for. */
  readonly user?: { readonly name: string; readonly password: string }
}

export async function startInfluxd({ user }: InfluxdOptions = {}): Promise<Influxd> {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-influxd-'))
  const [port, rpcPort] = [await freePort(), await freePort()]
  const config = join(folder, 'influxdb.conf')
  await writeFile(config, configOf(folder, port, rpcPort, user !== undefined))
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  let ready = false
  let endedByItself = 0
  const start = async () => {
    const started = spawn(INFLUXD, ['-config', config], { stdio: ['ignore', 'ignore', 'pipe'] })
    child = started
    let said = ''
    started.stderr.on('data', (chunk) => (said = ofCrash(`${said}${chunk}`)))
    started.once('close', (code, signal) => {
      // Whoever asks it to end lets go of it first.
      if (child !== started) return
      console.error(`influxd at ${url} ended by itself (${code ?? signal}): ${said}`)
      endedByItself += 1
      if (ready && endedByItself <= RESTARTS)
        start().catch((error) => child !== null && console.error(error.message))
    })
    await answers(url, started)
    ready = true
  }
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    const running = child
    child = null
    if (running === null) return
    running.kill(signal)
    await ended(running, 'influxd')
  }
  await start()
  if (user !== undefined) {
    const password = user.password.replace(/['\\]/g, '\\$&')
    const q = `CREATE USER "${user.name}" WITH PASSWORD '${password}' WITH ALL PRIVILEGES`
    await fetch(`${url}/query`, { method: 'POST', body: new URLSearchParams({ q }) })
  }
  return {
    url,
    port,
    pid: () => (child as ChildProcess).pid as number,
    stop,
    start,
    async remove() {
      await stop('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function configOf(folder: string, port: number, rpcPort: number, auth: boolean): string {
  return `
reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
  query-log-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
  auth-enabled = ${auth}
[monitor]
  store-enabled = false
[logging]
  level = "error"
[continuous_queries]
  enabled = false
`
}

/** What it said of a crash, and before one what it said last. */
function ofCrash(said: string): string {
  const crash = said.search(/^(panic|fatal error|runtime|SIG\w+):/m)
  return crash < 0 ? said.slice(-SAID_CHARACTERS) : said.slice(crash, crash + SAID_CHARACTERS)
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + READY_MS
  while (Date.now() < until) {
    const answer = await fetch(`${url}/ping`, { signal: AbortSignal.timeout(1000) }).catch(() => null)
    const how = child.exitCode ?? child.signalCode
    if (how !== null) throw new Error(`influxd ended by itself (${how})`)
    if (answer?.status === 204) return
    await sleep(50)
  }
  throw new Error(`influxd does not answer at ${url} within ${READY_MS / 1000} s`)
}
