import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort, type Server, startServer } from './server.ts'

export const INFLUXD = '/usr/bin/influxd'

export interface Influxd extends Server {
  readonly url: string
  /** The only number that a query answers. */
  number(database: string, query: string): Promise<number>
  createDatabase(name: string): Promise<void>
  /** Points that it has taken over HTTP, ever. */
  written(): Promise<number>
}

/**
 * An InfluxDB 1.x of its own with the settings that it comes with, but for what it writes of itself: a
 * log line a request, and its own figures every ten seconds.
 */
export async function startInfluxd(folder: string): Promise<Influxd> {
  const port = await freePort()
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'influxdb.conf')
  await writeFile(path, configOf(folder, port))
  const server = await startServer(INFLUXD, ['-config', path], port)
  const url = `http://127.0.0.1:${port}`
  return {
    ...server,
    url,
    async number(database, query) {
      const answer = await json<Answer>(
        `${url}/query?${new URLSearchParams({ db: database, q: query, epoch: 'ms' })}`,
      )
      const [result] = answer.results
      if (result?.error !== undefined) throw new Error(`${query}: ${result.error}`)
      return result?.series?.[0]?.values[0]?.[1] ?? 0
    },
    async createDatabase(name) {
      const response = await fetch(`${url}/query`, {
        method: 'POST',
        body: new URLSearchParams({ q: `CREATE DATABASE "${name}"` }),
      })
      if (!response.ok) throw new Error(`no database ${name}: ${await response.text()}`)
    },
    async written() {
      const figures = await json<Record<string, { values?: { pointsWrittenOK?: number } }>>(
        `${url}/debug/vars`,
      )
      return Object.values(figures).reduce((sum, { values }) => sum + (values?.pointsWrittenOK ?? 0), 0)
    },
  }
}

interface Answer {
  readonly results: readonly {
    readonly error?: string
    readonly series?: readonly { readonly values: readonly number[][] }[]
  }[]
}

async function json<Body>(url: string): Promise<Body> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: ${await response.text()}`)
  return (await response.json()) as Body
}

function configOf(folder: string, port: number): string {
  return `
reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
  dir = "${join(folder, 'meta')}"
[data]
  dir = "${join(folder, 'data')}"
  wal-dir = "${join(folder, 'wal')}"
  query-log-enabled = false
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
`
}
