import type { z } from 'zod'
import type { balanceRow, nightFlowRow } from '../../api/schemas.ts'
import { parkMeters, sizes } from './meter-lines.ts'

type BalanceRow = z.infer<typeof balanceRow>
type NightFlowRow = z.infer<typeof nightFlowRow>
type Node = BalanceRow['nodes'][number]

const HOURS = 720
const DAY_MS = 86_400_000

/** Two months of North Park: some of its electricity and of its water reaches no submeter. */
export function balance(utility: string): BalanceRow[] {
  return [
    { start: '2026-10-01T00:00:00+08:00', end: '2026-11-01T00:00:00+08:00', scale: 1 },
    { start: '2026-11-01T00:00:00+08:00', end: '2026-12-01T00:00:00+08:00', scale: 0.64 },
  ].map(({ start, end, scale }, i) => {
    const meters = parkMeters.filter((meter) => meter.utility === utility)
    const sum = (role: string) =>
      meters.filter((meter) => meter.role === role).reduce((all, { id }) => all + amount(id, scale), 0)
    const [imported, generated] = [sum('import'), sum('generation')]
    const nodes: Node[] = [node(null, null, imported + generated, null)]
    for (const meter of meters) {
      const parent = meter.parent?.endsWith('-in') ? null : meter.parent
      if (meter.role === 'submeter') nodes.push(node(meter.id, parent, amount(meter.id, scale), 1))
    }
    for (const one of nodes) {
      const below = nodes.filter((other) => other.meter !== null && other.parent === one.meter)
      for (const other of below) other.share = (other.value ?? 0) / (one.value ?? 1)
      if (below.length === 0) continue
      one.remainder = below.reduce((rest, other) => rest - (other.value ?? 0), one.value ?? 0)
      one.remainderShare = one.remainder / (one.value ?? 1)
      one.alarm = one.remainderShare > 0.05
    }
    const ends = nodes.filter((one) => one.meter !== null && one.remainder === null)
    const remainder = ends.reduce((rest, one) => rest - (one.value ?? 0), imported + generated)
    const remainderShare = remainder / (imported + generated)
    const unmetered = { remainder, remainderShare, alarm: remainderShare > 0.05, excess: false }
    const value = imported + generated
    const known = { coverage: 1, estimated: 0, quality: 'measured' as const }
    return {
      start,
      end,
      unit: meters[0]?.unit ?? 'kWh',
      ...(i === 1 ? { partial: true as const } : {}),
      supply: { value, imported, generated: generated || null, exported: null, ...known, unmetered },
      nodes,
    }
  })
}

/** A month of nights; towards its end something begins to leak. */
export function nights(from: string, to: string): NightFlowRow[] {
  const rows: NightFlowRow[] = []
  const first = Date.parse(`${from}T00:00:00+08:00`)
  const count = Math.round((Date.parse(`${to}T00:00:00+08:00`) - first) / DAY_MS)
  for (let i = 0; i < count; i += 1) {
    const value = 0.42 + 0.06 * Math.sin(i * 1.7) + (i > count - 7 ? 0.55 + 0.04 * Math.sin(i) : 0)
    const start = first + i * DAY_MS
    rows.push({
      start: new Date(start).toISOString(),
      end: new Date(start + DAY_MS).toISOString(),
      value: i === 12 ? null : value,
      unit: 'm3/h',
      at: new Date(start + 2.75 * 3_600_000).toISOString(),
      over: '15m',
      coverage: i === 12 ? 0 : 1,
      estimated: 0,
      quality: i === 12 ? 'missing' : 'measured',
      share: i === 12 || i === count - 1 ? null : value / 12,
    })
  }
  return rows
}

function amount(meter: string, scale: number): number {
  return (sizes.get(meter) ?? 0) * HOURS * scale
}

function node(meter: string | null, parent: string | null, value: number, share: number | null): Node {
  return {
    meter,
    parent,
    value,
    share,
    coverage: 1,
    estimated: 0,
    quality: 'measured',
    remainder: null,
    remainderShare: null,
    alarm: false,
    excess: false,
  }
}
