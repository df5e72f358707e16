import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FigureWriter } from '../../aggregate/figure-writer.ts'
import { HOUR_MS } from '../../core/window.ts'
import { FigureSource } from '../../figures/figure-source.ts'
import { MemoryStore } from '../../store/memory.ts'
import type { FigurePoint } from '../../store/store.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { worldOf } from '../support/api-figures.ts'
import { batchOf } from '../support/batch.ts'
import { factorBook } from '../support/factors.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { rolledUp } from '../support/rolled-up.ts'
import { freeCooling } from '../support/series/free-cooling.ts'
import { baseLoad, profile, shift } from '../support/series/loads.ts'
import { saving } from '../support/series/saving.ts'
import type { SeriesCheck } from '../support/series/series.ts'
import { use } from '../support/series/use.ts'
import { written } from '../support/written.ts'

const submeter = (id: string, of: 'it' | 'cooling', parent = 'in') => ({
  ...{ id, utility: 'electricity' as const, role: 'submeter' as const, parent, use: of },
  register: { unit: 'kWh' },
})
const centre = site({
  ...{ id: 'dc', kind: 'data-center', zone: 'Europe/Berlin', pueCategory: 2 },
  freeCooling: { atMost: 0.12, source: 'a test' },
  meters: [
    incomer('in'),
    submeter('it', 'it'),
    submeter('rack', 'it', 'it'),
    submeter('cool', 'cooling'),
    { id: 'water', utility: 'tap-water', role: 'import', register: { unit: 'm3' } },
  ],
})
const silent = { info() {}, error() {} }

/** Before a change of clocks, and after one. */
const FROM = Date.parse('2026-02-26T23:00:00Z')
const NOW = Date.parse('2026-04-02T09:20:00Z')

/** Faces every hour; the load goes up and down with the hour. */
function faces(
  meter: string,
  base: number,
  more: number,
  from = FROM,
): (readonly [string, number, number])[] {
  const rows: (readonly [string, number, number])[] = []
  for (let at = from, face = 0; at <= NOW; at += HOUR_MS) {
    rows.push([meter, at, face])
    face += base + more * ((at / HOUR_MS) % 24)
  }
  return rows
}

describe('the series of uses and loads', () => {
  const store = new MemoryStore()
  const org = organisation([centre])
  const clock = { now: NOW }
  let api: TestApi
  let writer: FigureWriter
  const write = async () => {
    await written(writer)
  }
  const take = async (rows: (readonly [string, number, number])[]) => {
    const touched = rows.map(([meter, at]) => ({ meter, from: at - (at % HOUR_MS), to: at + HOUR_MS }))
    await store.write({ readings: [batchOf(rows, 0)], touched, quarantined: [] })
    await rolledUp(store, org, { sink: writer })
  }

  beforeAll(async () => {
    api = await testApi(org, NOW, { store })
    writer = new FigureWriter({
      figures: new FigureSource(store, org, factorBook()),
      sink: store.figures,
      targets: [],
      clock: () => clock.now,
      log: silent,
    })
    await api.post('/savings', {
      measure: 'free cooling',
      scope: 'site:dc',
      period: '2026-02',
      method: 'metered',
      baseline: { energy: 6100 },
      energySaved: { value: 400, unit: 'MWh' },
      source: 'a test',
    })
    await take([
      ...faces('in', 1400, 10),
      ...faces('it', 1000, 5),
      ...faces('rack', 400, 2),
      ...faces('cool', 80, 5),
      ...faces('water', 2, 0.1),
    ])
    await write()
  }, 60_000)
  afterAll(() => api.close())

  /** How many values of the API stand in the series; every one has to. */
  async function expectSame(check: SeriesCheck): Promise<number> {
    const get = async (path: string) => (await api.get(path)).body
    const span = { from: '2026-02', to: '2026-05', years: [2026], hoursFrom: '2026-03-03' }
    const world = await worldOf(get, span)
    const keyed = (tags: object, at: number) => JSON.stringify([Object.entries(tags).sort(), at])
    const points = new Map<string, FigurePoint>(
      store.figures
        .all(check.measurement as FigurePoint['measurement'])
        .map((point) => [keyed(point.tags, point.at), point]),
    )
    let compared = 0
    for await (const { tags, at, fields } of check.points?.(world) ?? []) {
      const point = points.get(keyed(tags, at))
      if (fields[check.known as string] === null) {
        expect(point?.fields.known ?? 0).toBe(0)
        continue
      }
      for (const [name, value] of Object.entries(fields)) {
        if (value === null) continue
        expect(point?.fields[name], `${check.measurement} ${keyed(tags, at)} ${name}`).toBe(value)
        compared += 1
      }
    }
    return compared
  }

  it('hold what the API answers, through a change of clocks', async () => {
    expect(await expectSame(use)).toBeGreaterThan(2000)
    expect(await expectSame(profile)).toBeGreaterThan(400)
    expect(await expectSame(baseLoad)).toBeGreaterThan(8)
    expect(await expectSame(shift)).toBeGreaterThan(18)
    expect(await expectSame(freeCooling)).toBeGreaterThan(60)
    expect(await expectSame(saving)).toBe(1)
  }, 30_000)

  it('follow a reading that comes late, in its month and the typical day', async () => {
    const late = Date.parse('2026-03-20T10:30:00Z')
    const between = ['cool', late, faces('cool', 80, 5).find(([, at]) => at > late)?.[2] as number] as const
    const before = store.figures.all('free_cooling').filter(({ tags }) => tags.grain === 'day')
    await take([between])
    await write()
    expect(await expectSame(freeCooling)).toBeGreaterThan(60)
    expect(await expectSame(use)).toBeGreaterThan(2000)
    expect(await expectSame(profile)).toBeGreaterThan(400)
    expect(store.figures.all('free_cooling').filter(({ tags }) => tags.grain === 'day')).toHaveLength(
      before.length,
    )
  }, 30_000)

  it('are left as they are by a reading of the running hour, but for uses', async () => {
    const put: FigurePoint[] = []
    const watched = new FigureWriter({
      figures: new FigureSource(store, org, factorBook()),
      sink: { put: async (points) => void put.push(...points) },
      targets: [],
      clock: () => clock.now,
      log: silent,
    })
    await written(watched)
    put.length = 0
    await watched.touch('dc', NOW - 60_000, NOW)
    await written(watched)
    const measured = new Set(put.map(({ measurement }) => measurement))
    expect(measured).toContain('use')
    for (const still of ['profile', 'base_load', 'shift', 'free_cooling'] as const)
      expect(measured).not.toContain(still)
  })
})
