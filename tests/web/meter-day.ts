import type { z } from 'zod'
import type { consumptionRow, readingRow } from '../../api/schemas.ts'
import { sizes } from './meter-lines.ts'

type ReadingRow = z.infer<typeof readingRow>
type ConsumptionRow = z.infer<typeof consumptionRow>

const QUARTER_MS = 900_000
const HOUR_MS = 3_600_000
const CHINA_MS = 8 * HOUR_MS
const BEGUN = Date.parse('2026-01-01T00:00:00+08:00')
const NOW = Date.parse('2026-11-21T10:00:00+08:00')

/** The one face that is wrong, and by how much. */
export const WRONG = { meter: 'north-park-e-in', at: Date.parse('2026-11-18T10:15:00+08:00'), by: 38_000 }

/** When a register stood still, of another meter. */
const STUCK = {
  meter: 'north-park-e-cooling',
  from: Date.parse('2026-11-18T02:00:00+08:00'),
  to: Date.parse('2026-11-18T06:00:00+08:00'),
}

export type IsExcluded = (meter: string, at: number) => boolean

/** A face every quarter of an hour, of a load that is highest at 14:00; without size nothing was read. */
export function readings(meter: string, from: number, to: number, isExcluded: IsExcluded): ReadingRow[] {
  const rows: ReadingRow[] = []
  if (!sizes.has(meter)) return rows
  const first = Math.ceil(from / QUARTER_MS) * QUARTER_MS
  for (let at = first; at < Math.min(to, NOW + 1); at += QUARTER_MS) {
    rows.push({
      at: new Date(at).toISOString(),
      value: Number(faceAt(meter, at).toFixed(2)),
      unit: meter.includes('-w-') ? 'm3' : 'kWh',
      receivedAt: new Date(at + 1400).toISOString(),
      flags: flagsAt(meter, at, isExcluded),
    })
  }
  return rows
}

export function hours(meter: string, from: number, to: number, isExcluded: IsExcluded): ConsumptionRow[] {
  const rows: ConsumptionRow[] = []
  if (!sizes.has(meter)) return rows
  for (let start = from; start < Math.min(to, NOW); start += HOUR_MS) {
    const end = start + HOUR_MS
    const wrongHere = meter === WRONG.meter && start < WRONG.at && WRONG.at <= end
    const mended = isExcluded(WRONG.meter, WRONG.at)
    const stuck = meter === STUCK.meter && STUCK.from <= start && end <= STUCK.to
    rows.push({
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
      value: trueFace(meter, end) - trueFace(meter, start) + (wrongHere && !mended ? WRONG.by : 0),
      unit: meter.includes('-w-') ? 'm3' : 'kWh',
      coverage: 1,
      estimated: stuck ? 1 : 0,
      quality: stuck ? 'estimated' : wrongHere ? (mended ? 'interpolated' : 'suspect') : 'measured',
    })
  }
  return rows
}

/** Local midnight of a date at +08:00, or the instant that is written out. */
export function instantOf(text: string): number {
  return Date.parse(text.length === 10 ? `${text}T00:00:00+08:00` : text)
}

function flagsAt(meter: string, at: number, isExcluded: IsExcluded): ReadingRow['flags'] {
  if (isExcluded(meter, at)) return ['excluded']
  if (meter === STUCK.meter) return STUCK.from < at && at < STUCK.to ? ['stuck'] : []
  if (meter !== WRONG.meter || isExcluded(meter, WRONG.at)) return []
  return at === WRONG.at ? ['limit'] : at === WRONG.at + QUARTER_MS ? ['reset'] : []
}

function faceAt(meter: string, at: number): number {
  const wrong = meter === WRONG.meter && at === WRONG.at ? WRONG.by : 0
  const stuck = meter === STUCK.meter && STUCK.from <= at && at < STUCK.to
  return trueFace(meter, stuck ? STUCK.from : at) + wrong
}

/** The integral of a load that swings by half of itself over the day. */
function trueFace(meter: string, at: number): number {
  const size = sizes.get(meter) ?? 0
  const elapsed = (at - BEGUN) / HOUR_MS
  const turn = (2 * Math.PI * (((at + CHINA_MS) / HOUR_MS) % 24)) / 24
  const swing = 0.55 * (24 / (2 * Math.PI)) * Math.sin(turn - (2 * Math.PI * 14) / 24)
  const wobble = 0.06 * Math.sin((at / HOUR_MS) * 2.3 + size) + 0.08 * Math.sin((at / HOUR_MS) * 1.1)
  return 31_000 + size * (elapsed + swing + wobble)
}
