import type { AddressInfo } from 'node:net'
import { HOUR_MS } from '../../core/window.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { health } from './figures.ts'

/** When the page of this world is looked at. */
export const NOW = '2026-02-10T12:30:00+08:00'
const BEGUN = Date.parse('2025-11-30T16:00:00Z')
const at = (local: string) => Date.parse(`${local}+08:00`)
const FELL = at('2026-02-03T12:00')

const zone = 'Asia/Shanghai'
const name = (en: string, zh: string) => ({ en, zh })

/** Two sites with all that can be wrong with meters: one fell, one is silent, one began late. */
const world = organisation(
  [
    site({
      id: 'park',
      name: name('North Park', '北方科技园'),
      zone,
      areas: [{ id: 'tower', name: name('Tower', '塔楼'), floorArea: [{ from: '2019-01-01', m2: 1000 }] }],
      meters: [
        {
          ...incomer('park-in'),
          name: name('Grid supply', '市电总表'),
          register: { unit: 'kWh', digits: 8, multiplier: 40 },
          limitPerHour: 9000,
          minimumPerHour: 10,
        },
        {
          id: 'park-hvac',
          name: name('Air conditioning', '空调'),
          utility: 'electricity',
          role: 'submeter',
          parent: 'park-in',
          area: 'tower',
          use: 'hvac',
          register: { unit: 'kWh' },
          limitPerHour: 100,
        },
        {
          id: 'park-rest',
          name: name('All else', '其余用电'),
          utility: 'electricity',
          role: 'virtual',
          formula: 'park-in - park-hvac',
        },
        {
          id: 'park-water',
          name: name('Tap water', '自来水'),
          utility: 'tap-water',
          role: 'import',
          register: { unit: 'm3' },
        },
        {
          id: 'park-outdoor',
          name: name('Outdoor temperature', '室外温度'),
          utility: 'outdoor-temperature',
          role: 'sensor',
          gauge: { unit: 'degC', maxGap: 'PT3H' },
        },
      ],
    }),
    site({
      id: 'depot',
      name: name('Depot', '中心仓库'),
      kind: 'warehouse',
      zone,
      meters: [
        { ...incomer('depot-in'), name: name('Depot supply', '仓库总表') },
        {
          id: 'depot-water',
          name: name('Depot water', '仓库用水'),
          utility: 'tap-water',
          role: 'import',
          register: { unit: 'm3' },
        },
      ],
    }),
  ],
  [{ id: 'group', sites: 'all' }],
)

type Row = readonly [meter: string, at: number, value: number]

function rows(now: number): Row[] {
  const list: Row[] = []
  for (let n = 0; BEGUN + n * HOUR_MS <= now; n += 1) {
    const t = BEGUN + n * HOUR_MS
    const warm = 1 + 0.4 * Math.sin((n / 24) * 2 * Math.PI)
    // One face of the supply has digits swapped.
    list.push(['park-in', t, t === at('2026-02-05T10:00') ? 90_000 : n * 0.5])
    // The register of the air conditioning began anew, and nobody said so.
    list.push(['park-hvac', t, t < FELL ? n * 8 : 5 + ((t - FELL) / HOUR_MS) * 8])
    if (n % 6 === 0) list.push(['park-water', t, n / 2])
    list.push(['park-outdoor', t, -4 + 6 * warm])
    if (t >= at('2026-01-20T00:00')) list.push(['depot-in', t, n * 3])
    if (n % 6 === 0 && t < at('2026-02-01T00:00')) list.push(['depot-water', t, n / 8])
  }
  return list
}

function refused(now: number) {
  return Array.from({ length: 25 }, (_, n) => {
    const unknown = n % 5 < 3
    return {
      id: `q${String(n).padStart(3, '0')}`,
      receivedAt: now - (25 - n) * 60_000,
      topic: unknown ? 'facility/park/park-spare/reading' : 'facility/park/park-in/reading',
      payload: `{"value":${n}}`,
      bytes: 11,
      readings: 1,
      issue: unknown
        ? { code: 'unknown-meter' as const, message: 'there is no meter "park-spare" at park' }
        : { code: 'no-time' as const, message: 'there is no "at"' },
    }
  })
}

/** The real service over a real store, with the built page. */
export async function serveKnownWorld(): Promise<{ url: string; api: TestApi }> {
  const now = Date.parse(NOW)
  const api = await testApi(world, now, {
    health,
    webRoot: new URL('../../web-dist', import.meta.url).pathname,
  })
  await api.take(rows(now), refused(now))
  // Of one instant something else was told as well.
  await api.take([['park-water', at('2026-02-06T06:00'), 804.5]])
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = api.app.server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, api }
}
