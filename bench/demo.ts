import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { end } from './server.ts'

const DIST = join(import.meta.dirname, '..')
const CONFIG = join(DIST, '../config')

/** Starts the built program with the demo organisation, and waits until its two years are told and rolled up. */
export async function startDemo(data: string): Promise<{ readonly http: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(DIST, 'cli.js'), 'start'], {
    env: {
      ...process.env,
      ...{ WATTWELL_CONFIG: CONFIG, WATTWELL_DATA: data, HTTP_PORT: '0', MQTT_PORT: '0', LOG_LEVEL: 'error' },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let http = ''
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('ready ')) continue
    http = JSON.parse(line.slice('ready '.length)).http
    break
  }
  if (http === '') throw new Error('the demo does not start')
  child.stdout.resume()
  await told(http)
  return { http, stop: () => end(child) }
}

/** Every meter has told its past up to a few minutes ago, and nothing waits. */
async function told(http: string): Promise<void> {
  const get = async (path: string) => (await fetch(`${http}/api/v1/${path}`)).json() as Promise<Answer>
  for (;;) {
    await sleep(1000)
    const { rows = [] } = await get('meters')
    const silent = rows.filter(
      ({ state, last }) => state !== 'computed' && !(Date.parse(last?.at ?? '') > Date.now() - 20 * 60_000),
    )
    const { spool, aggregation } = await get('health')
    if (silent.length === 0 && spool?.pending === 0 && aggregation?.pending === 0) return
  }
}

interface Answer {
  readonly rows?: readonly { readonly state: string; readonly last: { readonly at: string } | null }[]
  readonly spool?: { readonly pending: number }
  readonly aggregation?: { readonly pending: number }
}
