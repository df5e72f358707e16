import { type ApiFigures, keyOf } from './api-figures.ts'
import type { Json } from './json.ts'
import type { Get } from './series/series.ts'

const QUALITIES = ['measured', 'interpolated', 'edited', 'estimated', 'suspect', 'missing']
const STATES = ['live', 'late', 'silent', 'never-heard']
const SEVERITIES = ['info', 'warning', 'critical']
const WATERS = ['tap-water', 'reclaimed-water', 'rainwater']

type Figures = Map<string, Record<string, number | null>>

/** Balances, night flows and how well meters know their days, of the API, under the keys and names of the series. */
export async function siteFiguresOfApi(get: Get, from: string, to: string): Promise<ApiFigures> {
  const figures: Figures = new Map()
  const { rows: sites } = await get('/sites')
  for (const { id, utilities } of sites) {
    const scope = `site:${id}`
    for (const utility of utilities) {
      for (const grain of ['day', 'month', 'year']) {
        const path = `/balance?scope=${scope}&utility=${utility}&grain=${grain}&from=${from}&to=${to}&limit=5000`
        addBalances(figures, { scope, utility, grain }, (await get(path)).rows)
      }
      if (!WATERS.includes(utility)) continue
      // Of what is not brought in through a meter there is no night flow, and the API says so.
      const { rows = [] } = await get(
        `/night-flow?scope=${scope}&utility=${utility}&from=${from}&to=${to}&limit=1100`,
      )
      for (const { start, unit, value, share, coverage, estimated } of rows) {
        const key = keyOf('night_flow', { scope, utility, unit }, Date.parse(start))
        figures.set(key, { value, share, ...(value !== null && { coverage, estimated }) })
      }
    }
  }
  await addMeterQualities(figures, get, `from=${from}&to=${to}&limit=5000`)
  return figures
}

function addBalances(figures: Figures, tags: Record<string, string>, rows: Json[]): void {
  if (rows.every(({ nodes }) => nodes.length === 1) && !WATERS.includes(tags.utility ?? '')) return
  for (const { start, unit, supply } of rows) {
    const { value, coverage, estimated, unmetered } = supply
    figures.set(keyOf('balance', { ...tags, unit }, Date.parse(start)), {
      supply: value,
      coverage,
      estimated,
      unmetered: unmetered.remainder,
      share: unmetered.remainderShare,
      metered: unmetered.remainder === null ? null : value - unmetered.remainder,
    })
  }
}

async function addMeterQualities(figures: Figures, get: Get, span: string): Promise<void> {
  for (const { id: meter, site, utility, state } of (await get('/meters')).rows) {
    if (state === 'computed') continue
    for (const grain of ['day', 'month']) {
      const { rows } = await get(`/consumption?scope=meter:${meter}&grain=${grain}&${span}`)
      for (const { start, coverage, estimated, quality } of rows) {
        const key = keyOf('meter_quality', { meter, site, utility, grain }, Date.parse(start))
        figures.set(key, { coverage, estimated, quality: QUALITIES.indexOf(quality) })
      }
    }
  }
}

/** How it stands with meters, by meter, and the alerts that somebody was told of, by id: what their newest points say. */
export async function stateOfApi(get: Get) {
  const { rows: meters } = await get('/meters')
  const { rows: alerts } = await get('/alerts?limit=1000')
  return {
    meters: new Map<string, Record<string, number | null>>(
      meters
        .filter(({ state }: Json) => state !== 'computed')
        .map(({ id, state, last }: Json) => [
          id,
          {
            state: STATES.indexOf(state),
            heard: last === null ? 0 : 1,
            last_at: last === null ? null : Date.parse(last.at),
            last_value: last?.value ?? null,
          },
        ]),
    ),
    alerts: new Map<string, Record<string, number | null>>(
      alerts.filter(({ firedAt }: Json) => firedAt !== null).map((row: Json) => [row.id, alertOfApi(row)]),
    ),
  }
}

function alertOfApi({ severity, status, since, firedAt, resolvedAt, acknowledged, cost }: Json) {
  const began = Date.parse(since)
  return {
    severity: SEVERITIES.indexOf(severity),
    open: status === 'resolved' ? 0 : 1,
    since: began,
    acknowledged_after: acknowledged && Date.parse(acknowledged.at) - Date.parse(firedAt),
    ended_at: resolvedAt && Date.parse(resolvedAt),
    lasted: resolvedAt && Date.parse(resolvedAt) - began,
    kwh: cost.kWh ?? null,
    m3: cost.m3 ?? null,
    tco2e: cost.tCO2e ?? null,
  }
}
