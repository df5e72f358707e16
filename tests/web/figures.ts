import type { z } from 'zod'
import type { consumptionRow, healthAnswer, kpiRow, quarantineRow } from '../../api/schemas.ts'
import { sites } from './organisation.ts'

type ConsumptionRow = z.infer<typeof consumptionRow>
type KpiRow = z.infer<typeof kpiRow>

const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000

const units: Record<string, string> = {
  energy: 'MWh',
  'energy-per-area': 'MWh/m2',
  'energy-per-employee': 'MWh/person',
  'tap-water-per-employee': 't/person',
}

const sizes: Record<string, number> = {
  energy: 21_480,
  'energy-per-area': 0.118,
  'energy-per-employee': 4.12,
  'tap-water-per-employee': 8.4,
}

/** How the n-th last day is known, where it is not plainly measured. */
const doubts: Record<number, ConsumptionRow['quality']> = { 14: 'estimated', 20: 'edited' }

/** Years of one scope and indicator: a warehouse has no employees, the data centre little coverage. */
export function kpis(scope: string, indicator: string, years: readonly number[]): KpiRow[] {
  const index = sites.rows.findIndex((site) => scope === `site:${site.id}`)
  const group = index < 0 ? 1.4 : 1 / (1 + 0.45 * ((index * 5) % 8))
  const nobody = scope === 'site:depot' && indicator.endsWith('employee')
  return years.map((year) => {
    const running = year === 2026
    const value = (sizes[indicator] ?? 1) * group * (running ? 0.87 : 1)
    return {
      indicator,
      scope,
      start: `${year}-01-01T00:00:00+08:00`,
      end: `${year + 1}-01-01T00:00:00+08:00`,
      value: nobody ? null : value,
      unit: units[indicator] ?? '1',
      numerator: value,
      denominator: nobody ? null : 1,
      coverage: scope === 'site:data-hall' ? 0.824 : 0.997,
      estimated: 0.004,
      quality: 'missing',
      ...(running ? { partial: true as const } : {}),
      ...(nobody ? { reason: 'depot has no full-time employees on 2026-12-31' } : {}),
    }
  })
}

/**
 * Days of a site at +08:00; the 5th last has no data, the 9th last little, the last still runs. The 4th last
 * has `wrongBy` too much, which makes it suspect; two others are estimated and edited.
 */
export function days(from: string, to: string, utility: string, wrongBy = 0): ConsumptionRow[] {
  const rows: ConsumptionRow[] = []
  const end = Date.parse(`${to}T00:00:00Z`) - CHINA_MS
  const size = utility.includes('water') ? 310 : 42_000
  for (let at = Date.parse(`${from}T00:00:00Z`) - CHINA_MS; at < end; at += DAY_MS) {
    const left = Math.round((end - at) / DAY_MS)
    const weekday = new Date(at + CHINA_MS).getUTCDay()
    const season = 1 + 0.16 * Math.cos((at / DAY_MS / 365.25) * 2 * Math.PI)
    const share = weekday === 0 || weekday === 6 ? 0.55 : 1
    const value = size * season * share * (0.94 + 0.12 * Math.abs(Math.sin(at / 7e7)))
    const missing = left === 5 || (left > 60 && left < 66)
    const coverage = missing ? 0 : left === 9 ? 0.62 : left === 10 ? 0.91 : 1
    const wrong = left === 4 ? wrongBy : 0
    rows.push({
      start: new Date(at).toISOString(),
      end: new Date(at + DAY_MS).toISOString(),
      value: missing ? null : value * coverage * (left === 1 ? 0.42 : 1) + wrong,
      unit: utility.includes('water') || utility === 'natural-gas' ? 'm3' : 'kWh',
      coverage,
      estimated: left === 9 ? 0.08 : left === 14 ? 0.21 : 0,
      quality: coverage < 1 ? 'missing' : wrong > 0 ? 'suspect' : (doubts[left] ?? 'measured'),
      ...(left === 1 ? { partial: true as const } : {}),
      ...(missing ? { reason: 'no reading reached this day' } : {}),
    })
  }
  return rows
}

export const quarantine: z.infer<typeof quarantineRow>[] = [
  {
    id: 'q2',
    time: '2026-11-21T09:41:07+08:00',
    topic: 'facility/north-park/unknown-meter/reading',
    payload: '{"at":"2026-11-21T01:41:06Z","value":1881.2}',
    bytes: 44,
    readings: 1,
    code: 'unknown-meter',
    reason: 'no meter "unknown-meter" at site "north-park"',
  },
  {
    id: 'q1',
    time: '2026-11-21T08:02:55+08:00',
    topic: 'facility/data-hall/data-hall-e-in/reading',
    payload: '{"at":"2026-11-21 08:02:54","value":20114.5,"unit":"kWh"}',
    bytes: 57,
    readings: 1,
    code: 'time-without-zone',
    reason: 'the time "2026-11-21 08:02:54" carries no zone',
  },
]

export const health: z.infer<typeof healthAnswer> = {
  status: 'ok',
  version: '0.1.0',
  uptimeSeconds: 86_400,
  roles: ['ingest', 'service'],
  store: { name: 'sample', ok: true, state: 'ok' },
  broker: { url: 'mqtt://127.0.0.1:1883', kind: 'embedded', ok: true },
  spool: {
    pending: 12,
    bytes: 40_000,
    freeBytes: 80_000_000_000,
    bytesPerSecond: 21_000,
    lagSeconds: 0.2,
    lastsSeconds: 3_800_000,
    ok: true,
  },
  aggregation: { pending: 3, hours: 3 },
  figures: null,
  received: { messages: 41_200, readings: 41_200, quarantined: 2 },
  quarantine: quarantine.length,
}
