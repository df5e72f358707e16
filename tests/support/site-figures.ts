import { type ApiFigures, keyOf } from './api-figures.ts'
import type { Json } from './json.ts'
import { alertOfApi } from './series/alert.ts'
import { balance } from './series/balance.ts'
import { stateOfApi as meterOfApi, meterQuality } from './series/meter-quality.ts'
import { nightFlow } from './series/night-flow.ts'
import type { ApiPoint, ApiWorld, Get } from './series/series.ts'

/** Balances, night flows and how well meters know their days, of the API, under the keys and names of the series. */
export async function siteFiguresOfApi(get: Get, from: string, to: string): Promise<ApiFigures> {
  const figures = new Map<string, ApiPoint['fields']>()
  const { rows: sites } = await get('/sites')
  const world = { get, from, to, sites } as unknown as ApiWorld
  for (const { measurement, points } of [balance, nightFlow, meterQuality]) {
    for await (const { tags, at, fields } of points?.(world) ?? [])
      figures.set(keyOf(measurement, tags, at), fields)
  }
  return figures
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
