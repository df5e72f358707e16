import { setTimeout as sleep } from 'node:timers/promises'
import { connect, connectAsync } from 'mqtt'
import { type OrganisationFile, organisationSchema } from '../core/organisation.ts'

export const SUBSCRIPTION = 'facility/+/+/reading'
const METERS = 200
const MINUTE_MS = 60_000
/** Instant of the first readings of all meters. */
export const START = Date.UTC(2025, 0, 18, 18, 40)

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

/** A message: the next readings of one meter, a minute apart. */
export interface Message {
  readonly meter: string
  readonly readings: readonly { readonly at: number; readonly value: number }[]
}

/** The message with a number, the meters taking turns. The same number gives the same message. */
export function messageOf(number: number, readings: number): Message {
  const first = Math.floor(number / METERS) * readings
  return {
    meter: `meter-${number % METERS}`,
    readings: Array.from({ length: readings }, (_, i) => ({
      at: START + (first + i) * MINUTE_MS,
      value: 1000 + (first + i) * 0.25,
    })),
  }
}

/** A persistent session at a broker: who it is of, and the topic filter that it is subscribed to. */
export interface Session {
  readonly clientId: string
  readonly subscription: string
}

/** Fills the queue of the session that is to be measured, so that publishing is no part of the measure. */
export async function fillQueue(
  url: string,
  session: Session,
  messages: number,
  readingsEach: number,
): Promise<void> {
  const options = { clientId: session.clientId, reconnectPeriod: 0 }
  await (await connectAsync(url, { ...options, clean: true })).endAsync()
  const kept = await connectAsync(url, { ...options, clean: false })
  await kept.subscribeAsync(session.subscription, { qos: 1 })
  await kept.endAsync()
  const publisher = await connectAsync(url)
  const pending: Promise<unknown>[] = []
  for (let i = 0; i < messages; i++) {
    const message = messageOf(i, readingsEach)
    const topic = `facility/park/${message.meter}/reading`
    pending.push(publisher.publishAsync(topic, payload(message), { qos: 1 }))
    if (pending.length === 2000) await Promise.all(pending.splice(0))
  }
  await Promise.all(pending)
  await publisher.endAsync()
}

const QUIET_MS = 1000

/** How many messages wait in a session that nobody is connected to. */
export async function waitingIn(url: string, { clientId }: Session): Promise<number> {
  const client = connect(url, { clientId, clean: false, reconnectPeriod: 0 })
  let messages = 0
  client.on('message', () => messages++)
  for (let before = -1; before < messages; await sleep(QUIET_MS)) before = messages
  await client.endAsync()
  return messages
}

function payload({ readings }: Message): string {
  const items = readings.map(({ at, value }) => ({ at: new Date(at).toISOString(), value }))
  return JSON.stringify(items.length === 1 ? items[0] : items)
}
