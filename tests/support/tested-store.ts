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

/** An InfluxDB of its own; `url` is where the service reaches it, if not directly. */
export async function influxStore(
  through: (influxd: Influxd) => Promise<string> = async ({ url }) => url,
): Promise<TestedStore & { readonly influxd: Influxd }> {
  const influxd = await startInfluxd()
  return {
    kind: 'influxdb',
    influxd,
    env: { STORE_URL: await through(influxd) },
    rows: (_, meter, from, to) => influxRows(influxd.url, meter, from, to),
    remove: influxd.remove,
  }
}

async function influxRows(url: string, meter: string, from: number, to: number): Promise<Rows> {
  const q = `SELECT "value" FROM "reading" WHERE "meter" = '${meter}' AND time >= ${from}ms AND time < ${to}ms ORDER BY time ASC`
  const query = new URLSearchParams({ db: 'wattwell', epoch: 'ms', q })
  const answer = await fetch(`${url}/query?${query}`, { signal: AbortSignal.timeout(30_000) })
  const { results } = (await answer.json()) as Json
  if (results[0].error !== undefined) throw new Error(results[0].error)
  return results[0].series?.[0].values ?? []
}
