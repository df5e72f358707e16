import { type EventEmitter, once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Aedes } from 'aedes'
import { type Credentials, isLoopback, matches } from './credentials.ts'
import type { Log } from './log.ts'
import type { Receiver } from './receive.ts'
import type { ReadingSource } from './source.ts'

export interface BrokerOptions {
  readonly host: string
  /** 0 means any free port. */
  readonly port: number
  readonly receiver: Receiver
  readonly log: Log
  /** Without them everybody who reaches the address may publish, so only loopback is allowed. */
  readonly credentials?: Credentials
}

/** The embedded broker cannot be started as it is set. */
export class BrokerError extends Error {
  override readonly name = 'BrokerError'
  readonly code: string
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** Read from a socket at once: what is in it goes into the same group sync. */
const READ_BYTES = 256 * 1024
const CLOSE_MS = 1500

/**
 * Starts the embedded broker. What clients publish under `facility/` is acknowledged when it is on
 * disk; everything is routed to subscribers as well.
 *
 * Rejects with a `BrokerError`: MQTT_NEEDS_CREDENTIALS on an address that others reach, or the
 * system's code such as EADDRINUSE.
 */
export async function startBroker(options: BrokerOptions): Promise<ReadingSource> {
  const { host, port, receiver, log, credentials } = options
  checkReach(host, credentials)
  const aedes = await brokerFor(receiver, credentials)
  aedes.on('clientError', (client, error) =>
    log.info({ client: client.id, reason: error.message }, 'mqtt client ended'),
  )
  aedes.on('connectionError', (_, error) => log.info({ reason: error.message }, 'mqtt connection refused'))
  const emitter: EventEmitter = aedes
  emitter.on('error', (caught: Error) =>
    log.error({ err: caught }, 'the embedded broker has failed to route a message'),
  )
  const sockets = new Set<Socket>()
  const server = createServer({ highWaterMark: READ_BYTES, noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    aedes.handle(socket)
  })
  let error: string | undefined
  try {
    await listen(server, host, port)
  } catch (caught) {
    aedes.close()
    throw refused(caught, host, port)
  }
  server.on('error', (caught) => {
    error = caught.message
    log.error({ err: caught }, 'the embedded broker cannot take connections')
  })
  const bound = (server.address() as AddressInfo).port
  return {
    url: `mqtt://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    kind: 'embedded',
    listening: Promise.resolve(),
    counts: receiver.counts,
    state: () => (error === undefined ? { ok: true } : { ok: false, error }),
    async close() {
      const stopped = once(server, 'close')
      server.close()
      const ended = new Promise<void>((resolve) => aedes.close(resolve))
      await Promise.race([ended, sleep(CLOSE_MS, null, { ref: false })])
      for (const socket of sockets) socket.destroy()
      await stopped
    },
  }
}

/** Throws a `BrokerError` where others reach the address and nothing keeps them out. */
export function checkReach(host: string, credentials: Credentials | undefined): void {
  if (credentials !== undefined || isLoopback(host)) return
  const why = `MQTT_HOST=${host} can be reached from other machines, which needs a username and a password`
  throw new BrokerError(
    'MQTT_NEEDS_CREDENTIALS',
    `${why}; without them only 127.0.0.1, ::1 or localhost is accepted`,
  )
}

function brokerFor(receiver: Receiver, credentials: Credentials | undefined): Promise<Aedes> {
  return Aedes.createBroker({
    // A gateway empties a day's backlog in one go.
    maxInflightInbound: 0,
    queueLimit: 10_000,
    // aedes reads on from a publisher when the subscribers have taken what it sent: one that takes
    // nothing must not hold up the meters for the minute that is the default.
    drainTimeout: 5_000,
    authenticate: (_, username, password, done) => {
      done(null, credentials === undefined || matches(credentials, username, password))
    },
    // aedes grants shared subscriptions and then delivers nothing to them.
    authorizeSubscribe: (_, subscription, done) => {
      done(null, subscription.topic.startsWith('$share/') ? null : subscription)
    },
    // Called before the PUBACK (QoS 1) and the PUBREC (QoS 2); both wait for the callback.
    authorizePublish: (client, packet, done) => {
      if (packet.topic.startsWith('$SYS/')) return done(new Error('topics under $SYS/ are reserved'))
      if (client === null) return done(null)
      // Acknowledgements keep the order of the messages; without one there is nothing to keep.
      if (packet.qos === 0 && !receiver.concerns(packet.topic)) return done(null)
      const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload
      receiver.whenRoom(() => receiver.receive(packet.topic, payload, Date.now(), () => done(null)))
    },
  })
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function refused(caught: unknown, host: string, port: number): BrokerError {
  const code = (caught as NodeJS.ErrnoException).code ?? 'MQTT_CANNOT_LISTEN'
  if (code === 'EADDRINUSE') {
    const why = `MQTT_PORT=${port} on ${host} is taken by another program`
    return new BrokerError(code, `${why}; set MQTT_PORT to a free port, or 0 for any`, caught)
  }
  return new BrokerError(
    code,
    `the embedded broker cannot listen on ${host}:${port} (${code}): see MQTT_HOST and MQTT_PORT`,
    caught,
  )
}
