import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { buildApp } from '../../api/app.ts'
import type { Health } from '../../api/context.ts'
import { Stream } from '../../api/stream.ts'
import { alertsSchema } from '../../core/alert-file.ts'
import { rulesOf } from '../../core/alert-rules.ts'
import type { Entry } from '../../core/entry.ts'
import type { Organisation } from '../../core/organisation-index.ts'
import type { Quarantined } from '../../core/reading.ts'
import { type Target, targetsSchema } from '../../core/target-file.ts'
import { HOUR_MS } from '../../core/window.ts'
import { FigureSource } from '../../figures/figure-source.ts'
import { Notices } from '../../roles/notices.ts'
import { DuckDbStore } from '../../store/duckdb.ts'
import type { Store } from '../../store/store.ts'
import { batchOf } from './batch.ts'
import { factorBook } from './factors.ts'
import type { Json } from './json.ts'
import { publicationsIn } from './publications.ts'
import { rolledUp } from './rolled-up.ts'

export interface TestApi {
  readonly app: FastifyInstance
  readonly store: Store
  /** Nothing goes out before it has begun. */
  readonly notices: Notices
  /** Of everything that it keeps. */
  readonly folder: string
  /** Stands still unless it is set. */
  readonly clock: { now: number }
  /** Stores readings as the writer does, and carries them up. */
  take(
    rows: readonly (readonly [string, number, number, string?])[],
    quarantined?: Quarantined[],
  ): Promise<void>
  get(path: string): Promise<{ status: number; body: Json }>
  post(path: string, payload: object): Promise<{ status: number; body: Json }>
  close(): Promise<void>
}

/** The API over a real store, the embedded one unless another is given, without a port. `now` stands still until it is set. */
export async function testApi(
  organisation: Organisation,
  now: number,
  options: {
    targets?: object[]
    /** Of a factors.yaml. */
    factors?: object
    keys?: string[]
    store?: Store
    health?: Health
    /** The built page; none where left out. */
    webRoot?: string
    forgottenYears?: number[]
    wake?: () => void
    entered?: (entries: readonly Entry[]) => void
  } = {},
): Promise<TestApi> {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-'))
  const store = options.store ?? (await DuckDbStore.open(join(folder, 'w.duckdb')))
  const targets: Target[] = targetsSchema.parse({ targets: options.targets ?? [] }).targets
  const figures = new FigureSource(store, organisation, factorBook(options.factors))
  const clock = { now }
  const rules = rulesOf(alertsSchema.parse({}))
  const notices = await Notices.open({
    data: folder,
    smtp: { url: '', from: '' },
    organisation,
    rules,
    clock: () => clock.now,
    log: pino({ level: 'silent' }),
  })
  const app = await buildApp(
    {
      store,
      figures,
      publications: publicationsIn(folder, figures, () => clock.now),
      organisation,
      configReadAt: now,
      targets,
      stream: new Stream(),
      alerts: { book: notices.book, subscriptions: notices.subscriptions, rules },
      clock: () => clock.now,
      scratch: join(folder, 'scratch'),
      health: async () => options.health ?? ({} as never),
      forgottenYears: async () => options.forgottenYears ?? [],
      wake: options.wake ?? (() => {}),
      entered: options.entered ?? (() => {}),
    },
    { version: '0.0.0', keys: options.keys ?? [], webRoot: options.webRoot ?? '/nowhere' },
  )
  return {
    app,
    store,
    notices,
    folder,
    clock,
    async take(rows, quarantined = []) {
      const touched = rows.map(([meter, at]) => {
        const from = Math.floor(at / HOUR_MS) * HOUR_MS
        return { meter, from, to: from + HOUR_MS }
      })
      await store.write({ readings: [batchOf(rows, clock.now)], touched, quarantined })
      await rolledUp(store, organisation)
    },
    async get(path) {
      const response = await app.inject({ url: `/api/v1${path}` })
      return { status: response.statusCode, body: response.json() }
    },
    async post(path, payload) {
      const response = await app.inject({ method: 'POST', url: `/api/v1${path}`, payload })
      return { status: response.statusCode, body: response.json() }
    },
    async close() {
      await app.close()
      await notices.stop()
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}
