import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server of the bench's own on loopback. */
export interface Server {
  readonly port: number
  readonly pid: number
  /** Lets it stand still, and go on: connections to it open meanwhile, and wait. */
  pause(): void
  resume(): void
  stop(): Promise<void>
}

const STARTS_WITHIN_MS = 10_000
const STEP_MS = 25

/** Starts a program and waits until it listens on `port`. Rejects where it does not. */
export async function startServer(program: string, args: readonly string[], port: number): Promise<Server> {
  const child = spawn(program, args, { stdio: 'ignore' })
  child.on('error', () => {})
  for (let waited = 0; !(await listens(port)); waited += STEP_MS) {
    if (waited > STARTS_WITHIN_MS || child.exitCode !== null || child.pid === undefined) {
      child.kill('SIGKILL')
      throw new Error(`${program} does not start`)
    }
    await sleep(STEP_MS)
  }
  return {
    port,
    pid: child.pid as number,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: () => end(child),
  }
}

const ENDS_WITHIN_MS = 5000

/** Ends a program that was started here, by force where it does not end within five seconds. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGCONT')
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS)
  await gone
  clearTimeout(force)
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}
