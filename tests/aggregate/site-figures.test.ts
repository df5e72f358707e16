import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FigureWriter } from '../../aggregate/figure-writer.ts'
import { DAY_MS, QUARTER_MS } from '../../core/calendar.ts'
import { HOUR_MS } from '../../core/window.ts'
import { FigureSource } from '../../figures/figure-source.ts'
import { MemoryStore } from '../../store/memory.ts'
import type { FigurePoint } from '../../store/store.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { injecting, keyOf } from '../support/api-figures.ts'
import { batchOf } from '../support/batch.ts'
import { factorBook } from '../support/factors.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { rolledUp } from '../support/rolled-up.ts'
import { siteFiguresOfApi } from '../support/site-figures.ts'
import { written } from '../support/written.ts'

type Sites = Parameters<typeof organisation>[0]
type Row = readonly [meter: string, at: number, face: number]

const water = (id: string, more: object = {}) => ({
  id,
  utility: 'tap-water' as const,
  role: 'import' as const,
  register: { unit: 'm3' as const },
  ...more,
})
const below = (parent: string) => ({ role: 'submeter' as const, parent })
const park: Sites[number] = {
  ...site({ id: 'park', zone: 'Asia/Shanghai' }),
  meters: [
    water('w'),
    water('w-a', below('w')),
    water('w-b', below('w')),
    water('r', { utility: 'reclaimed-water' }),
    incomer('e'),
    { ...incomer('e-a'), ...below('e') },
    { id: 'sum', utility: 'electricity', role: 'virtual', formula: 'e + e-a' },
  ],
}
const india: Sites[number] = {
  ...site({ id: 'india', zone: 'Asia/Kolkata' }),
  meters: [water('i')],
}
const NOW = Date.parse('2026-03-10T04:30:00Z')
const FROM = NOW - 20 * DAY_MS

function faces(meter: string, from: number, to: number, perHour: number, stepMs = HOUR_MS): Row[] {
  const count = Math.floor((to - from) / stepMs) + 1
  return Array.from({ length: count }, (_, i) => [meter, from + i * stepMs, (i * stepMs * perHour) / HOUR_MS])
}

/** Figures that a query finds: none that its flag takes back. */
function found(store: MemoryStore): Map<string, FigurePoint['fields']> {
  const points = (['balance', 'night_flow', 'meter_quality'] as const).flatMap((one) =>
    store.figures.all(one),
  )
  return new Map(points.map(({ measurement, tags, at, fields }) => [keyOf(measurement, tags, at), fields]))
}

const FLAGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  balance: {
    supply: 'known',
    metered: 'unmetered_known',
    unmetered: 'unmetered_known',
    share: 'share_known',
  },
  night_flow: { value: 'known', share: 'share_known' },
}

async function expectSame(api: TestApi, store: MemoryStore): Promise<number> {
  const series = found(store)
  let compared = 0
  for (const [key, figures] of await siteFiguresOfApi(injecting(api.app), '2026-02-18', '2026-03-11')) {
    const fields = series.get(key)
    // Before the first reading there are no points.
    if (fields === undefined && (figures.coverage ?? 0) === 0) continue
    for (const [name, value] of Object.entries(figures)) {
      // The amounts of meters are in `consumption`.
      if (key.startsWith('meter_quality|') && name === 'value') continue
      const flag = FLAGS[key.slice(0, key.indexOf('|'))]?.[name]
      const shown = flag !== undefined && fields?.[flag] !== 1 ? null : fields?.[name]
      if (shown !== value) expect.fail(`${key} ${name}: ${shown} in the series, ${value} of the API`)
      compared += 1
    }
  }
  return compared
}

describe('the series of a site', () => {
  const store = new MemoryStore()
  const sites = organisation([park, india], [{ id: 'group', sites: 'all' }])
  let api: TestApi
  let writer: FigureWriter
  const open = (of = sites) => {
    const figures = new FigureSource(store, of, factorBook())
    const log = { info() {}, error() {} }
    writer = new FigureWriter({ figures, sink: store.figures, targets: [], clock: () => api.clock.now, log })
  }
  const write = async () => {
    await written(writer)
  }
  const late = async (rows: readonly Row[]) => {
    const touched = rows.map(([meter, at]) => {
      const from = Math.floor(at / HOUR_MS) * HOUR_MS
      return { meter, from, to: from + HOUR_MS }
    })
    await store.write({ readings: [batchOf(rows, NOW)], touched, quarantined: [] })
    await rolledUp(store, sites, { sink: writer })
  }

  beforeAll(async () => {
    api = await testApi(sites, NOW, { store })
    open()
    await late([
      ...faces('w', FROM, NOW, 4, QUARTER_MS),
      ...faces('w-a', FROM, NOW, 2),
      ...faces('w-b', FROM, NOW - 2 * DAY_MS, 1),
      ...faces('r', FROM, NOW, 0.5, 6 * HOUR_MS),
      ...faces('e', FROM, NOW, 10),
      ...faces('e-a', FROM, NOW, 7),
      ...faces('i', FROM, NOW, 1),
    ])
    await write()
  })
  afterAll(() => api.close())

  it('hold balances, night flows and what meters know of their days as the API gives them', async () => {
    expect(await expectSame(api, store)).toBeGreaterThan(900)
    const balances = store.figures.all('balance').filter(({ tags }) => tags.utility === 'tap-water')
    // Nothing hangs below the supply of the one in India: of it nothing more is known.
    const supplies = balances.filter(({ tags, fields }) => tags.scope === 'site:india' && fields.known === 1)
    expect(supplies.length).toBeGreaterThan(15)
    for (const { fields } of supplies) expect(fields).toMatchObject({ unmetered_known: 0 })
    const day = balances.find(
      ({ tags, at }) => tags.grain === 'day' && at === Date.parse('2026-03-01T16:00:00Z'),
    )
    expect(day?.fields).toMatchObject({ supply: 96, metered: 72, unmetered: 24, share: 0.25 })
    const nights = store.figures.all('night_flow').filter(({ tags }) => tags.scope === 'site:park')
    expect(nights.some(({ tags, fields }) => tags.utility === 'tap-water' && fields.share === 1)).toBe(true)
    expect(store.figures.all('meter_quality').some(({ tags }) => tags.meter === 'sum')).toBe(false)
  })

  it('follow a reading that comes late, and the night of today once it is over', async () => {
    const at = Date.parse('2026-03-04T19:07:00Z')
    await late([['w', at, ((at - FROM) / HOUR_MS) * 4 + 0.5]])
    await late(faces('w-b', FROM, NOW, 1).slice(-48))
    await write()
    await expectSame(api, store)
    // Three in the morning in Shanghai, and half past four.
    for (const clock of ['2026-03-10T19:00:00Z', '2026-03-10T20:31:00Z']) {
      api.clock.now = Date.parse(clock)
      await late(faces('w', FROM, api.clock.now, 4, QUARTER_MS).slice(-80))
      await write()
      const nights = store.figures.all('night_flow').filter(({ tags }) => tags.utility === 'tap-water')
      const today = nights.find(({ at }) => at === Date.parse('2026-03-10T16:00:00Z'))
      expect(today?.fields.value).toBe(clock.includes('T19') ? undefined : 4)
      await expectSame(api, store)
    }
  })

  it('of what the configuration no longer has are marked as unknown', async () => {
    const meters = park.meters?.filter(({ id }) => !id.startsWith('w-') && id !== 'r') ?? []
    open(organisation([{ ...park, meters }, india], [{ id: 'group', sites: 'all' }]))
    await write()
    const of = (measurement: 'balance' | 'night_flow', utility: string) =>
      store.figures.all(measurement).filter(({ tags }) => tags.utility === utility)
    const gone = [...of('balance', 'reclaimed-water'), ...of('night_flow', 'reclaimed-water')]
    expect(gone.length).toBeGreaterThan(40)
    for (const { fields } of gone) expect(fields).toMatchObject({ known: 0, share_known: 0 })
    for (const { fields } of of('balance', 'tap-water')) expect(fields).toMatchObject({ unmetered_known: 0 })
    expect(of('balance', 'electricity').some(({ fields }) => fields.known === 1)).toBe(true)
  })
})
