import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { days, health, kpis, quarantine } from './figures.ts'
import { meters, sites } from './organisation.ts'
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

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export async function servePage(options: PageServerOptions = {}): Promise<PageServer> {
  const streams = new Set<ServerResponse>()
  const calls: string[] = []

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
    const answer = answerOf(url, options)
    if (answer === undefined) return sendProblem(response, 404, `nothing is at ${url.pathname}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    calls,
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

function answerOf(url: URL, options: PageServerOptions): unknown {
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
    case 'quarantine':
      return rows(quarantine)
    case 'health':
      return health
    case 'consumption':
      return rows(days(asked.get('from') ?? '', asked.get('to') ?? '', asked.get('utility') ?? ''))
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

function sendProblem(response: ServerResponse, status: number, detail: string) {
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify({ type: 'about:blank', title: 'Problem', status, detail }))
}

function frame(event: string, content: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(content)}\n\n`
}
