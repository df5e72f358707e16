import { setTimeout as wait } from 'node:timers/promises'
import { conversion } from '../core/quantity.ts'

/** What a replay asks the running service, where one answers. */
export class Service {
  readonly #base: string
  readonly #headers: Record<string, string>

  constructor(httpUrl: string, key: string | undefined) {
    this.#headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
    this.#base = `${httpUrl.replace(/\/$/, '')}/api/v1`
  }

  /** The meter's face at exactly an instant, in `unit`; undefined where it has none there. */
  async faceAt(meter: string, at: number, unit: string): Promise<number | undefined> {
    const query = new URLSearchParams({
      meter,
      from: new Date(at).toISOString(),
      to: new Date(at + 1).toISOString(),
    })
    const answer = await this.#get(`/readings?${query}`)
    return inUnit(rowsOf(answer).at(-1), unit)?.value
  }

  /** The meter's latest reading, in `unit`. */
  async lastOf(meter: string, unit: string): Promise<{ at: number; value: number } | undefined> {
    const row = rowsOf(await this.#get('/meters')).find(({ id }) => id === meter)
    return inUnit(row?.last as Row | undefined, unit)
  }

  /** The id of the newest message in quarantine; null where there is none. */
  async newestRefused(): Promise<string | null> {
    const [newest] = rowsOf(await this.#get('/quarantine?limit=1'))
    return newest === undefined ? null : String(newest.id)
  }

  /** What came from some topics and was put into quarantine after the message with an id: readings by code, and a reason. */
  async refusedSince(
    id: string | null,
    topics: ReadonlySet<string>,
  ): Promise<{ code: string; readings: number; reason: string }[]> {
    const kinds = new Map<string, { code: string; readings: number; reason: string }>()
    for (let after = ''; ; ) {
      const answer = await this.#get(`/quarantine?limit=1000${after}`)
      for (const row of rowsOf(answer)) {
        if (row.id === id) return [...kinds.values()]
        if (!topics.has(String(row.topic))) continue
        const code = String(row.code)
        const readings = (kinds.get(code)?.readings ?? 0) + Number(row.readings)
        kinds.set(code, { code, readings, reason: String(row.reason) })
      }
      const { next } = answer as { next?: string | null }
      if (typeof next !== 'string') return [...kinds.values()]
      after = `&after=${encodeURIComponent(next)}`
    }
  }

  /** Waits until everything taken in has been stored and rolled up. False where that takes too long. */
  settled(timeoutMs: number, signal: AbortSignal | undefined): Promise<boolean> {
    const rest = ({ spool, aggregation }: Health) => atRest(spool) && atRest(aggregation)
    return this.#until(rest, timeoutMs, signal)
  }

  /** Waits until everything taken in has been stored. False where that takes too long. */
  stored(timeoutMs: number, signal: AbortSignal | undefined): Promise<boolean> {
    return this.#until(({ spool }) => atRest(spool), timeoutMs, signal)
  }

  async #until(
    holds: (health: Health) => boolean,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const until = performance.now() + timeoutMs
    while (performance.now() < until && signal?.aborted !== true) {
      const health = (await this.#get('/health').catch(() => undefined)) as Health | undefined
      if (health !== undefined && holds(health)) return true
      await wait(200)
    }
    return false
  }

  /** Throws where nothing answers, or not with JSON. A 503 of the health page has a body too. */
  async #get(path: string): Promise<unknown> {
    const response = await fetch(`${this.#base}${path}`, {
      headers: this.#headers,
      signal: AbortSignal.timeout(10_000),
    })
    if (!response.ok && response.status !== 503) {
      throw new Error(`${this.#base}${path} answers ${response.status}`)
    }
    return response.json()
  }
}

/** Null: another process has that part. */
interface Health {
  readonly spool?: { readonly pending?: number | null } | null
  readonly aggregation?: { readonly pending?: number | null } | null
}

/** Nothing waits in a part; where it can't say, something may. */
function atRest(part: { readonly pending?: number | null } | null | undefined): boolean {
  return part === null || part?.pending === 0
}

type Row = Record<string, unknown>

function rowsOf(answer: unknown): Row[] {
  const rows = Array.isArray(answer) ? answer : (answer as { rows?: unknown } | null)?.rows
  return Array.isArray(rows) ? (rows as Row[]) : []
}

function inUnit(row: Row | undefined | null, unit: string): { at: number; value: number } | undefined {
  if (row === undefined || row === null || typeof row.value !== 'number') return undefined
  const at = typeof row.at === 'number' ? row.at : Date.parse(String(row.at))
  const factor = typeof row.unit === 'string' ? conversion(row.unit, unit) : 1
  return Number.isNaN(at) || factor === undefined ? undefined : { at, value: row.value * factor }
}
