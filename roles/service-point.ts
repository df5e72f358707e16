import type { Health } from '../api/context.ts'
import type { FigurePoint } from '../store/store.ts'

const statuses = ['ok', 'degraded', 'down'] as const satisfies readonly Health['status'][]

/**
 * What a process says of itself, as `/health` gives it, as a point: `writer` names it among those that write to the
 * store. What it doesn't have, or doesn't know, has no field.
 */
export function servicePoint(
  writer: string,
  health: Health,
  more: Readonly<Record<string, number | null>>,
  at: number,
): FigurePoint {
  const { spool, received, aggregation, figures } = health
  return {
    measurement: 'service',
    tags: { writer },
    fields: {
      status: statuses.indexOf(health.status),
      uptime: health.uptimeSeconds,
      store_ok: health.store.ok ? 1 : 0,
      ...(health.roles.includes('ingest') && { broker_ok: health.broker.ok ? 1 : 0 }),
      ...(received !== null && {
        messages: received.messages,
        readings: received.readings,
        refused: received.quarantined,
      }),
      ...(spool !== null && {
        spool_ok: spool.ok ? 1 : 0,
        spool_pending: spool.pending,
        spool_bytes: spool.bytes,
        spool_free: spool.freeBytes,
        spool_rate: spool.bytesPerSecond,
        spool_lasts: spool.lastsSeconds,
        lag: spool.lagSeconds,
      }),
      ...(aggregation !== null && { windows: aggregation.pending, hours: aggregation.hours }),
      ...(figures !== null && { figures_waiting: figures.waiting, figures_behind: figures.seconds }),
      quarantine: health.quarantine,
      ...more,
    },
    at,
  }
}
