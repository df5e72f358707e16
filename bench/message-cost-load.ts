import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectAsync } from 'mqtt'
import { type OrganisationFile, organisationSchema } from '../core/organisation.ts'

export const CLIENT_ID = 'message-cost'
export const SUBSCRIPTION = 'facility/+/+/reading'
const MOSQUITTO = '/usr/sbin/mosquitto'
const METERS = 200
const START = Date.UTC(2026, 0, 1)

/** A site with as many meters as the messages come from. */
export function benchOrganisation(): OrganisationFile {
  const meters = Array.from({ length: METERS }, (_, i) => ({
    id: `meter-${i}`,
    utility: 'electricity',
    role: 'submeter',
    register: { unit: 'kWh' },
  }))
  const site = { id: 'park', kind: 'campus', zone: 'Asia/Shanghai', meters }
  return organisationSchema.parse({ organisation: { id: 'bench', zone: 'Asia/Shanghai' }, sites: [site] })
}

/** A Mosquitto of our own on a free port, which keeps any number of messages for a client that is away. */
export async function startMosquitto(folder: string): Promise<{ url: string; stop: () => void }> {
  const port = await freePort()
  const config = [
    'allow_anonymous true',
    'max_queued_messages 0',
    'max_inflight_messages 0',
    'max_queued_bytes 0',
  ]
  const path = join(folder, 'mosquitto.conf')
  await writeFile(path, `listener ${port} 127.0.0.1\n${config.join('\n')}\n`)
  const child = spawn(MOSQUITTO, ['-c', path], { stdio: 'ignore' })
  for (let turns = 0; !(await answers(port)); turns++) {
    if (turns > 200 || child.exitCode !== null) throw new Error(`${MOSQUITTO} does not start`)
    await sleep(25)
  }
  return { url: `mqtt://127.0.0.1:${port}`, stop: () => void child.kill() }
}

/** Fills the queue of the session that is to be measured, so that publishing is no part of the measure. */
export async function fillQueue(url: string, messages: number, readingsEach: number): Promise<void> {
  const options = { clientId: CLIENT_ID, reconnectPeriod: 0 }
  await (await connectAsync(url, { ...options, clean: true })).endAsync()
  const session = await connectAsync(url, { ...options, clean: false })
  await session.subscribeAsync(SUBSCRIPTION, { qos: 1 })
  await session.endAsync()
  const publisher = await connectAsync(url)
  const pending: Promise<unknown>[] = []
  for (let i = 0; i < messages; i++) {
    const topic = `facility/park/meter-${i % METERS}/reading`
    pending.push(publisher.publishAsync(topic, payload(i, readingsEach), { qos: 1 }))
    if (pending.length === 2000) await Promise.all(pending.splice(0))
  }
  await Promise.all(pending)
  await publisher.endAsync()
}

function payload(message: number, readings: number): string {
  const items = Array.from({ length: readings }, (_, i) => {
    const minute = Math.floor(message / METERS) * readings + i
    return {
      at: new Date(START - 500_000 * 60_000 + minute * 60_000).toISOString(),
      value: 1000 + minute * 0.25,
    }
  })
  return JSON.stringify(readings === 1 ? items[0] : items)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' })
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
