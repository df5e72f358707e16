import type { AddressInfo } from 'node:net'
import { HOUR_MS } from '../../core/window.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { health } from './figures.ts'

/** When the page of this world is looked at: a Tuesday. */
export const NOW = '2026-02-10T12:30:00+08:00'
const now = Date.parse(NOW)
/** From here on hours are known; before it, days. */
const HOURLY = Date.parse('2026-01-07T00:00:00+08:00')
const BEGUN = Date.parse('2025-12-01T00:00:00+08:00')

/** Nothing is known of the water before this; the first of the five weeks lie there. */
const WATER = Date.parse('2026-01-08T14:00:00+08:00')

const zone = 'Asia/Shanghai'
const name = (en: string, zh: string) => ({ en, zh })
const submeter = (id: string, en: string, zh: string, parent: string) => ({
  id,
  name: name(en, zh),
  utility: 'electricity' as const,
  role: 'submeter' as const,
  parent,
  register: { unit: 'kWh' },
})

const world = organisation(
  [
    site({
      id: 'park',
      name: name('North Park', '北方科技园'),
      kind: 'campus',
      zone,
      areas: [{ id: 'tower', floorArea: [{ from: '2019-01-01', m2: 1000 }] }],
      employees: [{ from: '2020-01-01', fullTime: 16, total: 20 }],
      meters: [
        { ...incomer('park-in'), name: name('Grid supply', '市电总表') },
        {
          id: 'park-pv',
          name: name('Roof', '屋顶'),
          utility: 'electricity',
          role: 'generation',
          renewable: true,
          register: { unit: 'kWh' },
        },
        {
          id: 'park-out',
          name: name('Fed in', '上网'),
          utility: 'electricity',
          role: 'export',
          register: { unit: 'kWh' },
        },
        { ...submeter('park-main', 'Busbar', '母线', ''), parent: undefined },
        submeter('park-it', 'Servers', '机房', 'park-main'),
        submeter('park-light', 'Lighting', '照明', 'park-main'),
        {
          id: 'park-gas',
          name: name('Gas', '燃气'),
          utility: 'natural-gas',
          role: 'import',
          register: { unit: 'm3' },
        },
        {
          id: 'park-ovens',
          name: name('Ovens', '烤箱'),
          utility: 'natural-gas',
          role: 'submeter',
          parent: 'park-gas',
          register: { unit: 'm3' },
        },
        {
          id: 'park-water',
          name: name('Tap water', '自来水'),
          utility: 'tap-water',
          role: 'import',
          gauge: { unit: 'm3/h', maxGap: 'PT2H' },
        },
        {
          id: 'park-canteen',
          name: name('Canteen', '食堂'),
          utility: 'tap-water',
          role: 'submeter',
          parent: 'park-water',
          register: { unit: 'm3' },
        },
      ],
    }),
    site({ id: 'depot', name: name('Depot', '中心仓库'), kind: 'warehouse', zone, meters: [] }),
  ],
  [{ id: 'group', sites: 'all' }],
)

/** What each counts in an hour, in its unit. */
const perHour: Readonly<Record<string, number>> = {
  'park-in': 20,
  'park-pv': 4,
  'park-out': 1,
  'park-main': 22,
  'park-it': 12,
  'park-light': 7,
  'park-gas': 2,
  'park-ovens': 1.5,
  'park-water': 0.5,
  'park-canteen': 0.25,
}

/** The real service over a real store, with the built page: a site with submeters, and one without any meter. */
export async function serveSite(): Promise<{ url: string; api: TestApi }> {
  const api = await testApi(world, now, {
    targets: [
      {
        id: 'per-head',
        name: name('Energy per head', '人均能耗目标'),
        indicator: 'energy-per-employee',
        scope: 'boundary:group',
        kind: 'ceiling',
        limit: 20,
      },
      {
        id: 'panels',
        name: name('Solar share', '光伏占比目标'),
        indicator: 'pv-share',
        scope: 'site:park',
        kind: 'floor',
        limit: 0.1,
        by: 2026,
      },
    ],
    health,
    webRoot: new URL('../../web-dist', import.meta.url).pathname,
  })
  const readings = Object.entries(perHour).flatMap(([meter, step]) => facesOf(meter, step))
  await api.take(readings)
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = api.app.server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, api }
}

function facesOf(meter: string, step: number): (readonly [string, number, number])[] {
  const rows: [string, number, number][] = []
  let face = 0
  for (let at = BEGUN; at < HOURLY; at += 24 * HOUR_MS) {
    if (!isFlow(meter)) rows.push([meter, at, face])
    face += 24 * step
  }
  for (let at = HOURLY; at <= now; at += HOUR_MS) {
    if (!isFlow(meter)) rows.push([meter, at, face])
    else if (at >= WATER) rows.push([meter, at, step])
    face += step
  }
  return rows
}

function isFlow(meter: string): boolean {
  return meter === 'park-water'
}
