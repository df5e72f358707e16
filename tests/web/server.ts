import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { text } from 'node:stream/consumers'
import { balance, nights } from './balance.ts'
import { days, health, kpis, quarantine } from './figures.ts'
import { type Journal, journal } from './journal.ts'
import { hours, instantOf, readings, WRONG } from './meter-day.ts'
import { meters, sites } from './organisation.ts'
import { hoursOfToday, profile } from './profile.ts'
import { detail } from './target-detail.ts'
import { targets } from './targets.ts'

/** A stand-in for the API with invented figures, for building the page and looking at it. */
export interface PageServer {
  readonly url: string
  /** Says something to every open stream. */
  say(event: 'readings' | 'rollups' | 'health', content: unknown): void
  /** Cuts every open stream. */
  hangUp(): void
  /** The API calls so far, by path and query. */
  readonly calls: string[]
  /** What was declared of meters so far, as it was sent. */
  readonly declared: unknown[]
  close(): Promise<void>
}

export interface PageServerOptions {
  /** A key that every API call must carry. */
  key?: string
  targets?: unknown[]
  port?: number
}

const PAGE = join(import.meta.dirname, '../../web-dist')

/** As strict as a careful server would be: nothing inline, nothing from elsewhere. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"

/** What an event of the journal makes the service roll up again. */
const REROLLED = { sites: ['north-park'], from: '2026-11-17T16:00:00Z', to: '2026-11-18T16:00:00Z' }

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export async function servePage(options: PageServerOptions = {}): Promise<PageServer> {
  const streams = new Set<ServerResponse>()
  const calls: string[] = []
  const declared: unknown[] = []
  const events = journal()

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (!url.pathname.startsWith('/api/v1/')) return sendFile(url.pathname, response)
    calls.push(url.pathname.slice('/api/v1/'.length) + url.search)
    const cookie = request.headers.cookie ?? ''
    if (options.key !== undefined && !cookie.includes(`wattwell_key=${options.key}`)) {
      return sendProblem(response, 401, 'a key is needed')
    }
    if (url.pathname === '/api/v1/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write(frame('health', health))
      streams.add(response)
      response.on('close', () => streams.delete(response))
      return
    }
    if (url.pathname.startsWith('/api/v1/meter-events') && request.method !== 'GET') {
      const sent = JSON.parse((await text(request)) || '{}')
      if (request.method === 'POST') declared.push(sent)
      const kept =
        request.method === 'POST'
          ? events.declare(sent)
          : events.takeBack(
              decodeURIComponent(url.pathname.split('/').at(-1) ?? ''),
              url.searchParams.get('by') ?? '',
              url.searchParams.get('note') ?? '',
            )
      if ('errors' in kept) return sendProblem(response, 400, 'a field was not accepted', kept.errors)
      response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(kept.event))
      for (const stream of streams)
        stream.write(frame('rollups', { ...REROLLED, meters: [kept.event.meter] }))
      return
    }
    const answer = answerOf(url, options, events)
    if (answer === undefined) return sendProblem(response, 404, `nothing is at ${url.pathname}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    calls,
    declared,
    say(event, content) {
      for (const stream of streams) stream.write(frame(event, content))
    },
    hangUp() {
      for (const stream of streams) stream.destroy()
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())))
    },
  }
}

function answerOf(url: URL, options: PageServerOptions, events: Journal): unknown {
  const asked = url.searchParams
  const list = (name: string) => (asked.get(name) ?? '').split(',')
  const rows = (all: unknown[]) => ({ rows: all, next: null })
  switch (url.pathname.slice('/api/v1/'.length)) {
    case 'sites':
      return sites
    case 'meters':
      return rows(meters)
    case 'targets':
      return rows(options.targets ?? targets)
    case `targets/${detail.id}`:
      return detail
    case 'alerts':
      return rows([])
    case 'quarantine':
      return rows(quarantine)
    case 'health':
      return health
    case 'consumption':
      return rows(consumption(asked, events))
    case 'profile':
      return profile(asked.get('scope') ?? '', asked.get('utility') ?? '')
    case 'balance':
      return rows(balance(asked.get('utility') ?? ''))
    case 'night-flow':
      return rows(nights(asked.get('from') ?? '', asked.get('to') ?? ''))
    case 'meter-events':
      return rows(events.rows(asked.get('meter') ?? ''))
    case 'readings': {
      const [from, to] = [asked.get('from') ?? '', asked.get('to') ?? ''].map(instantOf) as [number, number]
      return rows(readings(asked.get('meter') ?? '', from, to, events.excluded))
    }
    case 'kpis': {
      const from = Number(asked.get('from'))
      const years = Array.from({ length: Number(asked.get('to')) - from }, (_, i) => from + i)
      return rows(
        list('scope').flatMap((scope) => list('indicator').flatMap((one) => kpis(scope, one, years))),
      )
    }
    default:
      return undefined
  }
}

function consumption(asked: URLSearchParams, events: Journal): unknown[] {
  const [from, to] = [asked.get('from') ?? '', asked.get('to') ?? ''] as const
  const scope = asked.get('scope') ?? ''
  const meter = scope.match(/^meter:(.*)/)?.[1]
  if (meter !== undefined) return hours(meter, instantOf(from), instantOf(to), events.excluded)
  if (asked.get('grain') === 'hour') return hoursOfToday(from)
  const utility = asked.get('utility') ?? ''
  const wrong = scope === 'site:north-park' && utility === 'electricity'
  return days(from, to, utility, wrong && !events.excluded(WRONG.meter, WRONG.at) ? WRONG.by : 0)
}

async function sendFile(path: string, response: ServerResponse) {
  const file = join(PAGE, normalize(path === '/' ? '/index.html' : path))
  try {
    const content = await readFile(file)
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
    })
    response.end(content)
  } catch {
    sendProblem(response, 404, `no file ${path}`)
  }
}

function sendProblem(response: ServerResponse, status: number, detail: string, errors?: readonly unknown[]) {
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify({ type: 'about:blank', title: 'Problem', status, detail, errors }))
}

function frame(event: string, content: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(content)}\n\n`
}
