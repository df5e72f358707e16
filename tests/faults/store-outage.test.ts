import { setTimeout as sleep } from 'node:timers/promises'
import { describe, it } from 'vitest'
import { type Influxd, influxdInstalled } from '../support/influxd.ts'
import { influxStore } from '../support/tested-store.ts'
import { underLoad } from '../support/under-load.ts'

const OUTAGE_MS = 60_000

/** How it goes away, and how it comes back. */
const outages: Record<
  string,
  { away(influxd: Influxd): Promise<void>; back(influxd: Influxd): Promise<void> }
> = {
  'ended by SIGTERM': { away: ({ stop }) => stop('SIGTERM'), back: ({ start }) => start() },
  'ended by kill -9': { away: ({ stop }) => stop('SIGKILL'), back: ({ start }) => start() },
  'that hangs': {
    away: async ({ pid }) => void process.kill(pid(), 'SIGSTOP'),
    back: async ({ pid }) => void process.kill(pid(), 'SIGCONT'),
  },
}
const skipped = influxdInstalled ? '' : ' (skipped: not installed)'

describe.skipIf(!influxdInstalled)(`InfluxDB, away for a minute${skipped}`, { timeout: 240_000 }, () => {
  for (const [how, { away, back }] of Object.entries(outages)) {
    // Side by side, because most of it is waiting.
    it.concurrent(`${how}: what came meanwhile is stored, once, and was acknowledged at once`, async ({
      expect,
      onTestFinished,
    }) => {
      const store = await influxStore()
      onTestFinished(store.remove)
      const service = await underLoad(onTestFinished, { store, messagesPerSecond: 100 })
      await service.acknowledges(300)
      await away(store.influxd)
      const until = Date.now() + OUTAGE_MS
      await expect
        .poll(() => service.program.health(), { timeout: 10_000, interval: 200 })
        .toMatchObject({
          code: 503,
          store: {
            ok: false,
            state: 'busy',
            error: expect.stringMatching(/ECONNREFUSED|has not answered for/),
          },
          spool: { ok: true },
        })
      // And the service is killed meanwhile.
      await sleep(OUTAGE_MS / 4)
      await service.restart()
      while (Date.now() < until) {
        await service.acknowledges(100)
      }
      await back(store.influxd)
      await service.settle(`InfluxDB ${how}, away for 60 s`, 2000)
    })
  }
})
