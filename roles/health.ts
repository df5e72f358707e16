import { type Health, rfc3339 } from '../api/context.ts'
import type { Held } from '../ingest/hold.ts'
import type { SpoolRoom } from '../ingest/spool-outlook.ts'
import type { Settings } from '../settings.ts'

/** What the receiving side says of itself. */
export interface Intake {
  readonly broker: Health['broker']
  readonly spool: { readonly ok: boolean; readonly error?: string; readonly bytesPerSecond: number }
  readonly received: NonNullable<Health['received']>
}

/** Why a store does not answer. */
export interface StoreTrouble {
  readonly state: 'busy' | 'held'
  readonly error: string
}

/** What the store says of what it holds. */
export interface Waiting {
  readonly windows: number
  readonly hours: number
  readonly quarantine: number
  /** Messages of the spool that were not stored when this was asked: they are in none of the others. */
  readonly unstored: number
}

/** What was found out about the parts of this process; null for what it doesn't have, or doesn't know. */
export interface Findings {
  readonly version: string
  readonly uptimeMs: number
  /** Epoch milliseconds. */
  readonly now: number
  readonly roles: Settings['roles']
  readonly storeName: string
  /** Null while the store answers. */
  readonly trouble: StoreTrouble | null
  readonly waiting: Waiting | null
  readonly writer: {
    readonly pending: number
    /** What had come in before is stored, epoch milliseconds. */
    readonly storedUpTo: number | null
    readonly storeHeld: Held | null
    readonly spoolHeld: Held | null
  } | null
  readonly room: SpoolRoom | null
  /** Of the series that others read, how much is to be written. */
  readonly figures: Health['figures']
  readonly intake: Intake | null
  /** Of the role `service` alone: where the meters publish, as far as the settings say. */
  readonly brokerUrl: string
}

/**
 * The health call's answer. A process is down when it cannot do what its roles are for: `ingest` takes
 * readings, store or no store; `service` answers. Whatever else is wrong makes it degraded.
 */
export function healthOf(found: Findings): Health {
  const { roles, intake, trouble } = found
  const broker = brokerOf(found)
  const spool = spoolOf(found)
  const store = storeOf(found)
  const takes = broker.ok && (intake?.spool.ok ?? true)
  const down = (roles.ingest && !takes) || (roles.service && trouble !== null)
  const well = store.ok && (spool?.ok ?? true)
  return {
    status: down ? 'down' : well ? 'ok' : 'degraded',
    version: found.version,
    uptimeSeconds: found.uptimeMs / 1000,
    roles: (['ingest', 'service'] as const).filter((role) => roles[role]),
    store,
    broker,
    spool,
    aggregation: roles.service
      ? { pending: found.waiting?.windows ?? null, hours: found.waiting?.hours ?? null }
      : null,
    figures: found.figures,
    received: roles.ingest ? (intake?.received ?? { messages: 0, readings: 0, quarantined: 0 }) : null,
    quarantine: roles.service ? (found.waiting?.quarantine ?? null) : null,
  }
}

/** What holds up the writer comes first: a store that answers and takes nothing is the rarer thing to notice. */
function storeOf({ storeName, writer, trouble }: Findings): Health['store'] {
  const why = writer?.storeHeld ?? trouble
  return why === null
    ? { name: storeName, ok: true, state: 'ok' }
    : { name: storeName, ok: false, state: why.state, error: why.error }
}

function brokerOf({ roles, intake, brokerUrl }: Findings): Health['broker'] {
  if (!roles.ingest) return { url: brokerUrl, kind: 'none', ok: true }
  return intake?.broker ?? { url: '', kind: 'none', ok: false, error: 'starting' }
}

function spoolOf({ writer, waiting, room, intake, now }: Findings): Health['spool'] {
  if (writer === null) return null
  const error = intake?.spool.error ?? writer.spoolHeld?.error
  const bytesPerSecond = intake?.spool.bytesPerSecond ?? 0
  return {
    // What was stored while the store was asked is neither here nor there: only what both miss has come through.
    pending: Math.max(writer.pending, waiting?.unstored ?? 0),
    bytes: room?.bytes ?? null,
    freeBytes: room?.freeBytes ?? null,
    bytesPerSecond,
    lagSeconds: lagOf(writer, now),
    lastsSeconds: room === null || bytesPerSecond <= 0 ? null : room.freeBytes / bytesPerSecond,
    ...(writer.storeHeld !== null && { heldSince: rfc3339(writer.storeHeld.since) }),
    ok: error === undefined,
    ...(error !== undefined && { error }),
  }
}

function lagOf({ pending, storedUpTo }: NonNullable<Findings['writer']>, now: number): number | null {
  if (pending === 0) return 0
  return storedUpTo === null ? null : Math.max(0, now - storedUpTo) / 1000
}
