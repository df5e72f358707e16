import { existsSync } from 'node:fs'
import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buildApp } from '../api/app.ts'
import { Stream } from '../api/stream.ts'
import { FactorBook } from '../core/factor.ts'
import { Organisation } from '../core/organisation-index.ts'
import { publishedFactors } from '../core/published-factors.ts'
import { FigureSource } from '../figures/figure-source.ts'
import { makeLog } from '../log.ts'
import { readConfig } from '../read-config.ts'
import { PublicationFolder } from '../reports/publication-folder.ts'
import { Publications } from '../reports/publications.ts'
import type { Settings } from '../settings.ts'
import { openStore } from '../store/open.ts'
import { version } from '../version.ts'
import { httpUrl } from './broker-url.ts'

/** An answer of the API, from a running wattwell or from a store that was opened for it. */
export interface Answer {
  readonly status: number
  /** Bytes that come; null where they are not known beforehand. */
  readonly length: number | null
  readonly body: Readable
}

/** Whom to ask. */
export interface Source {
  /** For a person: who answers. */
  readonly name: string
  get(path: string): Promise<Answer>
  close(): Promise<void>
}

/** What a person can mend: an option that does not fit, nobody to ask; the message says what can be done. */
export class ExportError extends Error {
  override readonly name = 'ExportError'
}

const PROBE_MS = 3000

/**
 * The wattwell at `url`; without one, that of the settings if it runs, else its store. One process owns the
 * embedded store: while the service runs there is no way but through it.
 */
export async function sourceOf(
  settings: Settings,
  url: string | undefined,
  key: string | undefined,
  signal: AbortSignal,
): Promise<Source> {
  if (url !== undefined) return running(url, await storeOf(url), key, signal)
  const here = httpUrl(settings)
  const found = settings.http.port === 0 ? null : await storeOf(here).catch(() => null)
  return found === null ? opened(settings) : running(here, found, key, signal)
}

/** The store of a wattwell that answers. Rejects with a ExportError where none does. */
async function storeOf(url: string): Promise<string> {
  const health = await fetch(`${base(url)}/health`, { signal: AbortSignal.timeout(PROBE_MS) })
    .then((answer) => answer.json() as Promise<{ store?: { name?: string } }>)
    .catch((cause) => {
      throw new ExportError(`no wattwell answers at ${url}: ${reason(cause)}`, { cause })
    })
  if (health.store?.name === undefined) throw new ExportError(`what answers at ${url} is no wattwell`)
  return health.store.name
}

function running(url: string, store: string, key: string | undefined, signal: AbortSignal): Source {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` }
  return {
    name: `${url} (${store})`,
    async get(path) {
      const answer = await request(`${base(url)}${path}`, { headers, signal }).catch((cause) => {
        throw new ExportError(`${url}: ${reason(cause)}`, { cause })
      })
      const length = answer.headers['content-length']
      return {
        status: answer.statusCode as number,
        length: length === undefined ? null : Number(length),
        body: answer,
      }
    },
    async close() {},
  }
}

/** The store itself, behind an API that listens nowhere: the same checks, the same answers. */
async function opened(settings: Settings): Promise<Source> {
  if (settings.store.url === '' && !existsSync(join(settings.data, 'wattwell.duckdb'))) {
    throw new ExportError(
      `no wattwell answers at ${httpUrl(settings)}, and there is no store in ${settings.data}; say where with --url or WATTWELL_DATA`,
    )
  }
  const config = await readConfig(settings.config)
  const organisation = new Organisation(config.organisation)
  const store = await openStore(settings.data, settings.store, 'export', makeLog('warn', 'export')).catch(
    (cause) => {
      throw new ExportError(`${cause.message}; or say with --url where it answers`, { cause })
    },
  )
  const figures = new FigureSource(store, organisation, new FactorBook(config.factors, publishedFactors))
  const app = await buildApp(
    {
      store,
      figures,
      publications: new Publications({
        source: figures,
        folder: new PublicationFolder(join(settings.data, 'publications')),
        clock: Date.now,
        version,
        log: makeLog('warn', 'export'),
      }),
      organisation,
      configReadAt: config.readAt,
      targets: config.targets,
      stream: new Stream(),
      clock: Date.now,
      scratch: join(settings.data, 'scratch'),
      health: () => Promise.reject(new ExportError('only a running wattwell has a health')),
      forgottenYears: () => Promise.reject(new ExportError('only a running wattwell takes meter events')),
      wake() {},
      entered() {},
    },
    { version, keys: [], webRoot: '' },
  )
  return {
    name: store.name,
    async get(path) {
      const answer = await app.inject({ url: `/api/v1${path}`, payloadAsStream: true })
      const length = answer.headers['content-length']
      return {
        status: answer.statusCode,
        length: length === undefined ? null : Number(length),
        body: answer.stream(),
      }
    },
    async close() {
      await app.close()
      await store.close()
    },
  }
}

/** Not by `fetch`, which gives up after five minutes: a long history takes its time to become Parquet. */
function request(url: string, options: RequestOptions): Promise<IncomingMessage> {
  const get = url.startsWith('https:') ? https.get : http.get
  return new Promise((resolve, reject) => get(url, options, resolve).once('error', reject))
}

function base(url: string): string {
  return `${url.replace(/\/+$/, '')}/api/v1`
}

function reason(error: Error): string {
  const cause = error.cause as Error | undefined
  return cause?.message || (cause as NodeJS.ErrnoException | undefined)?.code || error.message
}
