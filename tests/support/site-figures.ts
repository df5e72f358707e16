import { type ApiFigures, apiFigures } from './api-figures.ts'
import type { Json } from './json.ts'
import { alertOfApi } from './series/alert.ts'
import { stateOfApi as meterOfApi } from './series/meter-quality.ts'
import type { Get } from './series/series.ts'

/** Balances, night flows and how well meters know their days, of the API, under the keys and names of the series. */
export function siteFiguresOfApi(get: Get, from: string, to: string): Promise<ApiFigures> {
  return apiFigures(get, from, to, [], { only: ['balance', 'night_flow', 'meter_quality'] })
}

/** How it stands with meters, by meter, and the alerts that somebody was told of, by id: what their newest points say. */
export async function stateOfApi(get: Get) {
  const { rows: meters } = await get('/meters')
  const { rows: alerts } = await get('/alerts?limit=1000')
  return {
    meters: new Map<string, Record<string, number | null>>(
      meters.filter(({ state }: Json) => state !== 'computed').map((row: Json) => [row.id, meterOfApi(row)]),
    ),
    alerts: new Map<string, Record<string, number | null>>(
      alerts.filter(({ firedAt }: Json) => firedAt !== null).map((row: Json) => [row.id, alertOfApi(row)]),
    ),
  }
}
