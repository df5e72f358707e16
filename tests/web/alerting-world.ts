import type { AddressInfo } from 'node:net'
import type { Alert } from '../../core/alert.ts'
import { HOUR_MS } from '../../core/window.ts'
import { MemoryStore } from '../../store/memory.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { health } from './figures.ts'

/** When the page of this world is looked at. */
export const NOW = '2026-02-10T12:30:00+08:00'
const now = Date.parse(NOW)
const BEGUN = Date.parse('2024-12-31T16:00:00Z')

const zone = 'Asia/Shanghai'
const name = (en: string, zh: string) => ({ en, zh })

const world = organisation(
  [
    site({
      id: 'park',
      name: name('North Park', '北方科技园'),
      zone,
      meters: [
        { ...incomer('park-in'), name: name('Grid supply', '市电总表') },
        { id: 'park-water', utility: 'tap-water', role: 'import', register: { unit: 'm3' } },
      ],
    }),
    site({ id: 'depot', name: name('Depot', '中心仓库'), zone, meters: [incomer('depot-in')] }),
  ],
  [{ id: 'group', sites: 'all' }],
)

const perHour: Readonly<Record<string, number>> = { 'park-in': 20, 'park-water': 0.5, 'depot-in': 3 }

const alert = (id: string, over: Partial<Alert>): Alert => ({
  id,
  rule: 'leak',
  kind: 'night-flow',
  subject: 'site:park',
  site: 'park',
  utility: 'tap-water',
  severity: 'critical',
  status: 'firing',
  since: now - 30 * HOUR_MS,
  firedAt: now - 29 * HOUR_MS,
  resolvedAt: null,
  acknowledged: null,
  flapping: false,
  summary: name('Water of North Park never falls below 0.5 m³/h', '北方科技园自来水从未低于 0.5 m³/h'),
  advice: name('Look at the irrigation first', '请先检查灌溉'),
  value: 0.5,
  limit: 0.25,
  unit: 'm3/h',
  cost: { m3: 15, tCO2e: 0.003 },
  ...over,
})

export const alerts: readonly Alert[] = [
  alert('leak', {}),
  alert('band', {
    rule: 'out-of-band',
    kind: 'consumption-band',
    subject: 'site:depot',
    site: 'depot',
    utility: 'electricity',
    severity: 'warning',
    since: now - 6 * HOUR_MS,
    summary: name('Electricity of the depot is above its band', '仓库用电高于预期范围'),
    cost: { kWh: 4.5 },
  }),
  alert('past', { status: 'resolved', since: now - 90 * HOUR_MS, resolvedAt: now - 60 * HOUR_MS }),
]

/** The real service with three meters, a year and six weeks of readings, a target, and a book with three alerts. */
export async function serveAlerting(): Promise<{ url: string; api: TestApi }> {
  const api = await testApi(world, now, {
    store: new MemoryStore(),
    targets: [
      {
        id: 'less-energy',
        name: name('Energy of the group', '集团能耗'),
        indicator: 'energy',
        scope: 'boundary:group',
        kind: 'ceiling',
        limit: 30,
      },
    ],
    health,
    webRoot: new URL('../../web-dist', import.meta.url).pathname,
  })
  const stepHours = 12
  for (const [meter, each] of Object.entries(perHour)) {
    const length = Math.floor((now - BEGUN) / HOUR_MS / stepHours) + 1
    // From the new year on a tenth more, so that something drives the target.
    const face = (n: number) => each * stepHours * (n + 0.1 * Math.max(0, n - 730))
    await api.take(
      Array.from({ length }, (_, n) => [meter, BEGUN + n * stepHours * HOUR_MS, face(n)] as const),
    )
  }
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}/`
  api.notices.begin(null, url)
  return { url, api }
}
