import { type Influxd, startInfluxd } from './influxd.ts'
import type { Json } from './json.ts'
import type { Program } from './program.ts'

/** Instants, epoch milliseconds, and values of what a store holds of a meter, in order. */
export type Rows = readonly (readonly [number, number])[]

/** A store that a service under test keeps its readings in, and a look into it. */
export interface TestedStore {
  readonly kind: 'duckdb' | 'influxdb'
  readonly env: Readonly<Record<string, string>>
  /** Everything of a meter in [from, to): of InfluxDB asked of the server itself. */
  rows(program: Program, meter: string, from: number, to: number): Promise<Rows>
  remove(): Promise<void>
}

export const embeddedStore: TestedStore = {
  kind: 'duckdb',
  env: {},
  async rows(program, meter, from, to) {
    const rows: (readonly [number, number])[] = []
    let after = ''
    for (;;) {
      const span = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`
      const page = await program.get(`/readings?meter=${meter}&${span}&limit=250000${after}`)
      for (const { at, value } of page.rows) rows.push([Date.parse(at), value])
      if (page.next === null) return rows
      after = `&after=${page.next}`
    }
  },
  async remove() {},
}

/** An InfluxDB of its own. */
export async function influxStore(): Promise<TestedStore & { readonly influxd: Influxd }> {
  const influxd = await startInfluxd()
  return { ...databaseIn(influxd, 'wattwell'), influxd, remove: influxd.remove }
}

/** A database in an InfluxDB that others use as well; `url` is where the service reaches it, if not directly. */
export function databaseIn(influxd: Influxd, database: string, url = influxd.url): TestedStore {
  return {
    kind: 'influxdb',
    env: { STORE_URL: url, INFLUX_DATABASE: database },
    rows: (_, meter, from, to) => influxRows(influxd.url, database, meter, from, to),
    async remove() {},
  }
}

async function influxRows(
  url: string,
  database: string,
  meter: string,
  from: number,
  to: number,
): Promise<Rows> {
  const q = `SELECT "value" FROM "reading" WHERE "meter" = '${meter}' AND time >= ${from}ms AND time < ${to}ms ORDER BY time ASC`
  const query = new URLSearchParams({ db: database, epoch: 'ms', q })
  const answer = await fetch(`${url}/query?${query}`, { signal: AbortSignal.timeout(30_000) })
  const { results } = (await answer.json()) as Json
  if (results[0].error !== undefined) throw new Error(results[0].error)
  return results[0].series?.[0].values ?? []
}
