import type { z } from 'zod'
import type { profileAnswer } from '../../api/profile-schema.ts'
import type { consumptionRow } from '../../api/schemas.ts'

/** What is usual of every hour, and the hours of a day up to noon: a tenth above it, one without data. */

const HOUR_MS = 3_600_000
const usualAt = (clock: number) => 1000 + 500 * Math.sin((clock / 24) * Math.PI)

/** Which clock hour of the day has no data. */
const HOLE = 5

export function profile(scope: string, utility: string): z.infer<typeof profileAnswer> {
  const unknown = { value: null, unit: 'kW', reason: 'not asked for' }
  return {
    scope,
    utility,
    unit: 'kWh',
    zone: 'Asia/Shanghai',
    from: '2026-10-21T16:00:00Z',
    to: '2026-11-18T16:00:00Z',
    rows: (['workday', 'restday'] as const).flatMap((days) =>
      Array.from({ length: 24 }, (_, hour) => ({
        days,
        hour,
        mean: usualAt(hour),
        low: usualAt(hour) * 0.9,
        high: usualAt(hour) * 1.12,
        count: days === 'workday' ? 20 : 8,
      })),
    ),
    baseLoad: { ...unknown, share: null, days: 0 },
    peak: { ...unknown, at: null },
    shifts: [],
  }
}

/** The hours from a local midnight in China to noon, the last of which still runs. */
export function hoursOfToday(from: string): z.infer<typeof consumptionRow>[] {
  const begin = Date.parse(`${from}T00:00:00+08:00`)
  return Array.from({ length: 13 }, (_, clock) => ({
    start: new Date(begin + clock * HOUR_MS).toISOString(),
    end: new Date(begin + (clock + 1) * HOUR_MS).toISOString(),
    value: clock === HOLE ? null : usualAt(clock) * 1.1,
    unit: 'kWh',
    coverage: clock === HOLE ? 0 : 1,
    estimated: 0,
    quality: clock === HOLE ? 'missing' : 'measured',
    ...(clock === 12 && { partial: true as const }),
  }))
}
