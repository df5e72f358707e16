import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { startInfluxd } from './influxd.ts'
import { DATABASE, type Load, type Measure, missingIn } from './ingest-stage.ts'
import { messageOf } from './load.ts'
import { cpuMsOf, peakMibOf } from './process-cpu.ts'

/** How raw posting goes about it: points a request, and requests on their way at once. */
export interface Posting {
  readonly points: number
  readonly inFlight: number
}

/**
 * The store's own limit: the same points in the same order, as line protocol that was written beforehand,
 * posted as they are over connections that stay open.
 */
export async function postTo(root: string, { points, inFlight }: Posting, load: Load): Promise<Measure> {
  const folder = await mkdtemp(join(root, 'run-'))
  const influxd = await startInfluxd(folder)
  try {
    await influxd.createDatabase(DATABASE)
    const bodies = bodiesOf(load, points)
    const agent = new Agent({ keepAlive: true, maxSockets: inFlight })
    const url = new URL(`/write?db=${DATABASE}&precision=ms`, influxd.url)
    const cpu = () => [process.pid, influxd.pid].map(cpuMsOf)
    const before = cpu()
    const start = performance.now()
    const turns = bodies.values()
    await Promise.all(
      Array.from({ length: inFlight }, async () => {
        for (const body of turns) await post(url, agent, body)
      }),
    )
    const elapsedMs = performance.now() - start
    const [own, store] = cpu().map((ms, i) => ms - (before[i] as number))
    agent.destroy()
    return {
      elapsedMs,
      ownCpuMs: own as number,
      influxdCpuMs: store as number,
      brokerCpuMs: 0,
      peakMib: peakMibOf(process.pid),
      missing: await missingIn(influxd, load),
    }
  } finally {
    await influxd.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function bodiesOf({ messages, readingsEach }: Load, points: number): Buffer[] {
  const received = Date.now()
  const bodies: Buffer[] = []
  let lines: string[] = []
  for (let i = 0; i < messages; i++) {
    const { meter, readings } = messageOf(i, readingsEach)
    for (const { at, value } of readings) {
      lines.push(`reading,meter=${meter} value=${value},received=${received},unit="" ${at}`)
      if (lines.length < points) continue
      bodies.push(Buffer.from(lines.join('\n')))
      lines = []
    }
  }
  if (lines.length > 0) bodies.push(Buffer.from(lines.join('\n')))
  return bodies
}

function post(url: URL, agent: Agent, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length }
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.once('end', () => {
        if (response.statusCode === 204) resolve()
        else reject(new Error(`${url} answers ${response.statusCode}`))
      })
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
