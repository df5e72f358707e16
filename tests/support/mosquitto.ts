import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ended } from './ended.ts'
import { freePort } from './free-port.ts'

const MOSQUITTO = '/usr/sbin/mosquitto'
const READY_MS = 10_000

/** Where Debian's Mosquitto is installed; tests that need it say so where it isn't. */
export const mosquittoInstalled = existsSync(MOSQUITTO)

/** A real Mosquitto on loopback, with a folder of its own. */
export interface Mosquitto {
  readonly url: string
  readonly port: number
  /** Ends it, by SIGTERM unless told otherwise; its folder stays. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Starts it again on the same port and folder, and waits until it takes connections. */
  start(): Promise<void>
  /** Ends it and removes the folder. */
  remove(): Promise<void>
}

export interface MosquittoOptions {
  /** A free one where it is left out. */
  readonly port?: number
  /** Lines of its configuration besides the listener and the limits. */
  readonly config?: readonly string[]
  /** Sessions and what they hold are written to its folder when it ends by SIGTERM. */
  readonly persistence?: boolean
}

/** It forgets nothing while it runs: no limit to what it keeps for a client that is away. */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const { config = ['allow_anonymous true'], persistence = false } = options
  const port = options.port ?? (await freePort())
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-mosquitto-'))
  const path = join(folder, 'mosquitto.conf')
  const lines = [
    `listener ${port} 127.0.0.1`,
    'max_queued_messages 0',
    'max_inflight_messages 0',
    ...(persistence ? ['persistence true', `persistence_location ${folder}/`, 'user root'] : []),
    ...config,
  ]
  await writeFile(path, `${lines.join('\n')}\n`)
  let child: ChildProcess | null = null
  const start = async () => {
    child = spawn(MOSQUITTO, ['-c', path], { stdio: 'ignore' })
    const until = Date.now() + READY_MS
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`mosquitto ended by itself (${child.exitCode})`)
      if (Date.now() > until) throw new Error(`mosquitto does not answer within ${READY_MS / 1000} s`)
      await sleep(25)
    }
  }
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    const running = child
    child = null
    if (running === null) return
    running.kill(signal)
    await ended(running, 'mosquitto')
  }
  await start()
  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    stop,
    start,
    async remove() {
      await stop('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
