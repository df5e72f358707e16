import { describe, expect, it } from 'vitest'
import { type Findings, healthOf } from '../../roles/health.ts'

const NOW = Date.UTC(2026, 0, 2)
const both = { ingest: true, service: true }
const ingest = { ingest: true, service: false }
const service = { ingest: false, service: true }

const broker = { url: 'mqtt://b', kind: 'external' as const, ok: true }
const held = { state: 'held' as const, error: '401: no', since: Date.UTC(2026, 0, 1) }
const trouble = { state: 'busy' as const, error: 'ECONNREFUSED' }

/** Everything is well, but for what is given. */
function found(roles: Findings['roles'], but: Partial<Findings> = {}): Findings {
  return {
    version: '1',
    uptimeMs: 5000,
    now: NOW,
    roles,
    storeName: 'influxdb http://i',
    trouble: null,
    waiting: roles.service ? { windows: 2, hours: 3, quarantine: 1, unstored: 0 } : null,
    writer: roles.ingest ? { pending: 4, storedUpTo: NOW - 9000, storeHeld: null, spoolHeld: null } : null,
    room: roles.ingest ? { bytes: 100, freeBytes: 6000 } : null,
    intake: roles.ingest
      ? {
          broker,
          spool: { ok: true, bytesPerSecond: 60 },
          received: { messages: 1, readings: 1, quarantined: 0 },
        }
      : null,
    figures: null,
    brokerUrl: 'mqtt://b',
    ...but,
  }
}

const intakeOf = (but: object) => ({ ...(found(ingest).intake as NonNullable<Findings['intake']>), ...but })

describe('health', () => {
  it.each([
    ['all is well', both, {}, 'ok'],
    ['all is well', ingest, {}, 'ok'],
    ['all is well', service, {}, 'ok'],
    ['the store does not answer', both, { trouble, waiting: null }, 'down'],
    ['the store does not answer', service, { trouble, waiting: null }, 'down'],
    ['the store does not answer', ingest, { trouble }, 'degraded'],
    [
      'the store refuses what is written',
      both,
      { writer: { pending: 4, storedUpTo: NOW - 9000, storeHeld: held, spoolHeld: null } },
      'degraded',
    ],
    [
      'the store refuses what is written',
      ingest,
      { writer: { pending: 4, storedUpTo: NOW - 9000, storeHeld: held, spoolHeld: null } },
      'degraded',
    ],
    ['the broker is away', both, { intake: intakeOf({ broker: { ...broker, ok: false } }) }, 'down'],
    ['the broker is away', ingest, { intake: intakeOf({ broker: { ...broker, ok: false } }) }, 'down'],
    [
      'the disk is full',
      ingest,
      { intake: intakeOf({ spool: { ok: false, error: 'ENOSPC', bytesPerSecond: 60 } }) },
      'down',
    ],
    [
      'the spool cannot be read',
      ingest,
      {
        writer: { pending: 4, storedUpTo: NOW - 9000, storeHeld: null, spoolHeld: { ...held, error: 'EIO' } },
      },
      'degraded',
    ],
  ] as const)('where %s, of %j', (_, roles, but, status) => {
    expect(healthOf(found(roles, but)).status).toBe(status)
  })

  it('says who must act, with the reason, and since when the spool grows', () => {
    const writer = { pending: 4, storedUpTo: NOW - 9000, storeHeld: held, spoolHeld: null }
    const { store, spool } = healthOf(found(both, { writer }))
    expect(store).toEqual({ name: 'influxdb http://i', ok: false, state: 'held', error: '401: no' })
    expect(spool).toMatchObject({ heldSince: '2026-01-01T00:00:00.000Z', ok: true })
    expect(healthOf(found(both, { trouble })).store).toMatchObject({ state: 'busy', error: 'ECONNREFUSED' })
  })

  it('says how long the disk takes what comes in', () => {
    expect(healthOf(found(ingest)).spool).toMatchObject({
      bytes: 100,
      freeBytes: 6000,
      bytesPerSecond: 60,
      lastsSeconds: 100,
    })
    const quiet = intakeOf({ spool: { ok: true, bytesPerSecond: 0 } })
    expect(healthOf(found(ingest, { intake: quiet })).spool?.lastsSeconds).toBeNull()
    expect(healthOf(found(ingest, { room: null })).spool).toMatchObject({
      freeBytes: null,
      lastsSeconds: null,
    })
  })

  it('says for how long the oldest waits that is not stored yet', () => {
    const lag = (writer: { pending: number; storedUpTo: number | null }) =>
      healthOf(found(ingest, { writer: { ...writer, storeHeld: null, spoolHeld: null } })).spool?.lagSeconds
    expect(lag({ pending: 4, storedUpTo: NOW - 9000 })).toBe(9)
    expect(lag({ pending: 0, storedUpTo: NOW - 9000 })).toBe(0)
    expect(lag({ pending: 4, storedUpTo: null })).toBeNull()
  })

  it('has come through only where neither the spool nor the store had anything left', () => {
    const waiting = { windows: 0, hours: 0, quarantine: 0, unstored: 7 }
    expect(healthOf(found(both, { waiting })).spool?.pending).toBeGreaterThanOrEqual(7)
  })

  it('has nothing of what is not its role, and null for what it does not know', () => {
    expect(healthOf(found(service))).toMatchObject({
      roles: ['service'],
      spool: null,
      received: null,
      broker: { url: 'mqtt://b', kind: 'none', ok: true },
    })
    expect(healthOf(found(ingest))).toMatchObject({ roles: ['ingest'], aggregation: null, quarantine: null })
    expect(healthOf(found(both, { trouble, waiting: null }))).toMatchObject({
      aggregation: { pending: null, hours: null },
      quarantine: null,
    })
  })
})
