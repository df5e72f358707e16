import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { FigureWriter } from '../../aggregate/figure-writer.ts'
import { buildApp } from '../../api/app.ts'
import { Stream } from '../../api/stream.ts'
import { DAY_MS } from '../../core/calendar.ts'
import type { Organisation } from '../../core/organisation-index.ts'
import { type Target, targetsSchema } from '../../core/target-file.ts'
import { HOUR_MS } from '../../core/window.ts'
import { FigureSource } from '../../figures/figure-source.ts'
import { MemoryStore } from '../../store/memory.ts'
import { MemoryFigures } from '../../store/memory-figures.ts'
import type { FigurePoint, FigureSink, Store } from '../../store/store.ts'
import { type ApiFigures, apiFigures, injecting, keyOf } from '../support/api-figures.ts'
import { batchOf } from '../support/batch.ts'
import { entry } from '../support/entry.ts'
import { factorBook } from '../support/factors.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { publicationsIn } from '../support/publications.ts'
import { rolledUp } from '../support/rolled-up.ts'
import { shrinkLimit } from '../support/shrink-limit.ts'
import { written } from '../support/written.ts'

// Every indicator of every scope, once as a series and once from the API.
vi.setConfig({ testTimeout: 90_000 })

type Sites = Parameters<typeof organisation>[0]

const park: Sites[number] = {
  ...site({ id: 'park', zone: 'Asia/Shanghai' }),
  areas: [{ id: 'tower', floorArea: [{ from: '2019-01-01', m2: 1000 }] }],
  employees: [{ from: '2020-01-01', fullTime: 10 }],
  meters: [
    incomer('e'),
    { id: 'heat', utility: 'heat', role: 'import', register: { unit: 'GJ' } },
    { id: 'w', utility: 'tap-water', role: 'import', register: { unit: 'm3' } },
  ],
}
const india: Sites[number] = {
  ...site({ id: 'india', zone: 'Asia/Kolkata' }),
  employees: [{ from: '2020-01-01', fullTime: 5 }],
  meters: [incomer('i')],
}
const munich: Sites[number] = { ...site({ id: 'munich', zone: 'Europe/Berlin' }), meters: [incomer('b')] }
const boundaries = [
  { id: 'group', sites: 'all' as const },
  { id: 'asia', sites: ['park', 'india'] },
]
const all = organisation([park, india, munich], boundaries)
const organisationOf = (sites: Sites) => organisation(sites, boundaries)
const targets = targetsSchema.parse({
  targets: [
    {
      id: 'less',
      indicator: 'energy-per-employee',
      scope: 'boundary:asia',
      kind: 'reduction',
      baseline: { year: 2024, value: 20 },
      by: 2027,
      reduction: 0.05,
    },
    { id: 'lid', indicator: 'energy', scope: 'site:park', kind: 'ceiling', limit: 90 },
    { id: 'blind', indicator: 'tap-water', scope: 'site:park', kind: 'ceiling', limit: 9 },
  ],
}).targets
const silent = { info() {}, error() {} }

/** A store with its figure writer and the API over both, at an instant that can be set. */
async function world(
  options: {
    now?: number
    store?: MemoryStore
    organisation?: Organisation
    targets?: readonly Target[]
    figures?: FigureSink
  } = {},
) {
  const { store = new MemoryStore(), organisation: o = all, targets: t = targets } = options
  const clock = { now: options.now ?? Date.parse('2026-03-10T04:30:00Z') }
  const figures = new FigureSource(store, o, factorBook())
  const open = (sink: FigureSink = options.figures ?? store.figures) =>
    new FigureWriter({ figures, sink, targets: t, clock: () => clock.now, log: silent })
  const context = { store, figures, organisation: o, targets: t, clock: () => clock.now }
  const app = await buildApp(
    {
      ...context,
      configReadAt: clock.now,
      publications: publicationsIn('/nowhere', figures, context.clock),
      stream: new Stream(),
      scratch: '/nowhere',
      health: async () => ({}) as never,
      forgottenYears: async () => [],
      wake() {},
      entered() {},
    },
    { version: '0', keys: [], webRoot: '/nowhere' },
  )
  const rest = { writer: open() }
  return {
    store,
    clock,
    /** As after a kill: nothing of the writer's memory is left. */
    startAgain: (figures?: FigureSink) => {
      rest.writer = open(figures)
    },
    /** Writes everything that is dirty. */
    write: async () => {
      await written(rest.writer)
    },
    /** Writes what is due next, and says how far the rest is behind. */
    step: async () => {
      await rest.writer.write()
      return rest.writer.behind
    },
    take: (rows: readonly (readonly [string, number, number])[]) => take(store, o, rows, rest.writer),
    api: (from: string, to: string, years: number[]) =>
      apiFigures(injecting(app), from, to, years, { only: measurements }),
  }
}

async function take(
  store: Store,
  o: Organisation,
  rows: readonly (readonly [string, number, number])[],
  writer: FigureWriter,
): Promise<void> {
  const touched = rows.map(([meter, at]) => {
    const from = Math.floor(at / HOUR_MS) * HOUR_MS
    return { meter, from, to: from + HOUR_MS }
  })
  await store.write({ readings: [batchOf(rows, 0)], touched, quarantined: [] })
  await rolledUp(store, o, { sink: writer })
}

/** Faces every `stepMs` from one instant to another. */
function faces(meter: string, from: number, to: number, perHour: number, stepMs = HOUR_MS) {
  const rows: [string, number, number][] = []
  for (let at = from; at <= to; at += stepMs) rows.push([meter, at, ((at - from) / HOUR_MS) * perHour])
  return rows
}

/** Of others, tests beside this one. */
const measurements = ['usage', 'kpi', 'target', 'target_path', 'scope', 'member', 'meter'] as const

function seriesOf(figures: MemoryFigures): Map<string, FigurePoint> {
  const points = measurements.flatMap((measurement) => figures.all(measurement))
  return new Map(points.map((point) => [keyOf(point.measurement, point.tags, point.at), point]))
}

/** The field that says whether another is defined. */
const FLAGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  usage: { value: 'known' },
  kpi: { value: 'known', previous: 'previous_known' },
  target: {
    projected: 'known',
    low: 'band_known',
    high: 'band_known',
    actual: 'actual_known',
    path: 'path_known',
    limit: 'path_known',
    baseline: 'baseline_known',
    progress: 'progress_known',
    allowance: 'allowance_known',
  },
  target_path: { actual: 'known', path: 'path_known', year: 'path_known' },
}

/** A field as a query that asks for known values sees it. */
function seen({ measurement, fields }: FigurePoint, name: string): number | string | null {
  const flag = FLAGS[measurement]?.[name]
  return flag !== undefined && fields[flag] !== 1 ? null : ((fields[name] ?? null) as number | null)
}

/** Every point of which anything is known, as queries see it. */
function knownIn(figures: MemoryFigures): Record<string, Record<string, number | string | null>> {
  return Object.fromEntries(
    [...seriesOf(figures)].flatMap(([key, point]) => {
      const flags = Object.values(FLAGS[point.measurement] ?? {})
      if (!flags.some((flag) => point.fields[flag] === 1)) return []
      return [[key, Object.fromEntries(Object.keys(point.fields).map((name) => [name, seen(point, name)]))]]
    }),
  )
}

/** Every figure of the API stands in the series, number for number. */
function expectSame(series: Map<string, FigurePoint>, api: ApiFigures): number {
  let compared = 0
  for (const [key, figures] of api) {
    const point = series.get(key)
    // Before the first reading, and of what nothing measures, there are no points.
    if (point === undefined && figures.value === null) continue
    for (const [name, value] of Object.entries(figures)) {
      // The known part of a figure that is not given is of no use to a query.
      if (name === 'numerator' && figures.value === null) continue
      if (name === 'denominator' && figures.value === null) continue
      const found = point && seen(point, name)
      if (found !== value) expect.fail(`${key} ${name}: ${found} in the series, ${value} of the API`)
      compared += 1
    }
  }
  return compared
}

const T = Date.parse('2024-12-31T16:00:00Z')
const FEBRUARY = Date.parse('2026-02-05T00:00:00Z')
/** Moves 7 kWh over the turn of a month. */
const LATE = ['e', Date.parse('2026-02-28T16:00:00Z'), 5687] as const

describe('the series of figures', () => {
  it('hold what the API answers, for every scope, grain and year', async () => {
    const w = await world()
    await w.take([
      ...faces('e', T, w.clock.now, 10),
      ...faces('heat', T, w.clock.now, 0.02),
      ...faces('i', T + 40 * DAY_MS, w.clock.now - 3 * DAY_MS, 3, DAY_MS),
      ...faces('b', T, w.clock.now, 1),
    ])
    await w.write()
    const api = await w.api('2025', '2027', [2025, 2026])
    expect(expectSame(seriesOf(w.store.figures), api)).toBeGreaterThan(50_000)
    const lid = w.store.figures.all('target').filter(({ tags }) => tags.target === 'lid')
    expect(lid.map(({ fields }) => fields.verdict)).toEqual([2, 2])
  }, 120_000)

  it('lay a month beside the same month of the year before', async () => {
    const w = await world()
    await w.take(faces('e', T, w.clock.now, 10))
    await w.write()
    const months = w.store.figures
      .all('kpi')
      .filter(
        ({ tags }) => tags.scope === 'site:park' && tags.indicator === 'energy' && tags.grain === 'month',
      )
    const at = (date: string) => months.find((point) => point.at === Date.parse(date))?.fields
    expect(at('2026-01-31T16:00:00Z')?.previous).toBe(at('2025-01-31T16:00:00Z')?.value)
    expect(at('2025-01-31T16:00:00Z')).toMatchObject({ previous_known: 0 })
    // A correction of last year's month is one of what stands beside this year's.
    await w.take([['e', Date.parse('2025-02-28T15:59:00Z'), 20_000]])
    await w.write()
    const corrected = w.store.figures.all('kpi').filter(({ at }) => at === Date.parse('2026-01-31T16:00:00Z'))
    const energy = corrected.find(
      ({ tags }) => tags.scope === 'site:park' && tags.indicator === 'energy' && tags.grain === 'month',
    )
    expect(energy?.fields.previous).not.toBe(28 * 0.24)
    expectSame(seriesOf(w.store.figures), await w.api('2025', '2027', [2025, 2026]))
  })

  it('follow the clock where nothing is read: days begin, and coverage falls', async () => {
    const w = await world()
    await w.take(faces('e', FEBRUARY, w.clock.now, 10))
    await w.write()
    w.clock.now += 2 * DAY_MS
    await w.write()
    const days = w.store.figures
      .all('usage')
      .filter(
        ({ tags }) => tags.scope === 'site:park' && tags.utility === 'electricity' && tags.grain === 'day',
      )
    expect(days.at(-1)).toMatchObject({ at: Date.parse('2026-03-11T16:00:00Z'), fields: { known: 0 } })
    expectSame(seriesOf(w.store.figures), await w.api('2026-02', '2026-04', [2026]))
  })
})

describe('a late reading', () => {
  it('writes the hours, days, months and years that it changes, of its site and the boundaries around it', async () => {
    const w = await world()
    await w.take([...faces('e', FEBRUARY, w.clock.now, 10), ...faces('b', FEBRUARY, w.clock.now, 1)])
    await w.write()
    const put: FigurePoint[] = []
    w.startAgain({
      put: async (points) => {
        put.push(...points)
        await w.store.figures.put(points)
      },
    })
    await w.write()
    put.length = 0
    await w.take([LATE])
    await w.write()
    expect(new Set(put.flatMap(({ tags }) => tags.scope ?? []))).toEqual(
      new Set(['site:park', 'boundary:group', 'boundary:asia']),
    )
    const starts = (scope: string, grain: string) =>
      put
        .filter(
          ({ measurement, tags }) => measurement === 'usage' && tags.scope === scope && tags.grain === grain,
        )
        .filter(({ tags }) => tags.utility === 'electricity')
        .map(({ at }) => new Date(at).toISOString())
    expect(starts('site:park', 'hour')).toEqual(['2026-02-28T15:00:00.000Z', '2026-02-28T16:00:00.000Z'])
    expect(starts('site:park', 'day')).toEqual(['2026-02-27T16:00:00.000Z', '2026-02-28T16:00:00.000Z'])
    expect(starts('site:park', 'month')).toEqual(['2026-01-31T16:00:00.000Z', '2026-02-28T16:00:00.000Z'])
    expect(starts('site:park', 'year')).toEqual(['2025-12-31T16:00:00.000Z'])
    expect(starts('boundary:group', 'hour')).toEqual([])
    expectSame(seriesOf(w.store.figures), await w.api('2026-02', '2026-04', [2026]))
  })

  it('after a silence of days changes the days of the silence too', async () => {
    const w = await world()
    await w.take(faces('e', FEBRUARY, w.clock.now - 5 * DAY_MS, 10))
    await w.write()
    await w.take([['e', w.clock.now, 200_000]])
    await w.write()
    expectSame(seriesOf(w.store.figures), await w.api('2026-02', '2026-04', [2026]))
  })
})

describe('readings that never end', () => {
  it('leave the series behind by what came since the last look, and not by all the time that they come', async () => {
    const store = new MemoryStore()
    let more = async () => {}
    const put = async (points: readonly FigurePoint[]) => {
      await store.figures.put(points)
      const once = more
      more = async () => {}
      await once()
    }
    const w = await world({ store, figures: { put } })
    const start = w.clock.now
    const passed = vi.spyOn(performance, 'now').mockImplementation(() => w.clock.now - start)
    try {
      await w.take([['e', start - HOUR_MS, 1]])
      await w.write()
      for (let look = 1; look <= 4; look += 1) {
        w.clock.now = start + look * 1_200_000
        more = () => w.take([['e', w.clock.now, 1 + look]])
        const behind = await w.step()
        expect(behind?.waiting).toBeGreaterThan(0)
        expect(behind?.seconds).toBeLessThanOrEqual(1200)
      }
      w.clock.now += 1_200_000
      expect(await w.step()).toEqual({ waiting: 0, seconds: 0 })
    } finally {
      passed.mockRestore()
    }
  })
})

describe('a kill', () => {
  it('before anything was written loses nothing: the next start writes it', async () => {
    const w = await world()
    await w.take(faces('e', FEBRUARY, w.clock.now, 10))
    w.startAgain()
    await w.write()
    expectSame(seriesOf(w.store.figures), await w.api('2026-02', '2026-04', [2026]))
  })

  it('after a late reading was carried up has its old figures written at the next start', async () => {
    const w = await world()
    await w.take(faces('e', FEBRUARY, w.clock.now, 10))
    await w.write()
    await w.take([LATE])
    w.startAgain()
    await w.write()
    expectSame(seriesOf(w.store.figures), await w.api('2026-02', '2026-04', [2026]))
  })

  it('forgets nothing that was entered of a year before the first reading', async () => {
    const w = await world()
    const waste = { quantity: 'waste-nonhazardous', value: 12, unit: 't', scope: 'site:park' }
    await w.store.addEntries([entry({ ...waste, period: '2023' })])
    await w.take(faces('e', FEBRUARY, w.clock.now, 10))
    w.startAgain()
    await w.write()
    const at = Date.parse('2022-12-31T16:00:00Z')
    const tags = { indicator: 'waste-nonhazardous', scope: 'site:park', unit: 't', grain: 'year' }
    expect(seriesOf(w.store.figures).get(keyOf('kpi', tags, at))?.fields).toMatchObject({
      value: 12,
      known: 1,
    })
  })

  it('in the middle of everything has everything written again, and after it only the day', async () => {
    const w = await world()
    let puts = 0
    const failing: FigureSink = {
      put: async (points) => {
        puts += 1
        if (puts === 5) throw new Error('away')
        await w.store.figures.put(points)
      },
    }
    w.startAgain(failing)
    await w.take(faces('e', FEBRUARY, w.clock.now, 10))
    await expect(w.write()).rejects.toThrow('away')
    w.startAgain()
    await w.write()
    const series = seriesOf(w.store.figures)
    expectSame(series, await w.api('2026-02', '2026-04', [2026]))

    const put: FigurePoint[] = []
    w.startAgain({ put: async (points) => void put.push(...points) })
    await w.write()
    const hours = put.filter(({ tags }) => tags.grain === 'hour').map(({ at }) => at)
    expect(Math.min(...hours)).toBe(Date.parse('2026-03-10T00:00:00Z'))
  })
})

describe('while the figures cannot be put', () => {
  it('rollups are put all the same, and the figures follow when they can', async () => {
    const w = await world({ figures: { put: () => Promise.reject(new Error('away')) } })
    await w.take(faces('e', FEBRUARY, w.clock.now, 10))
    await expect(w.write()).rejects.toThrow('away')
    await w.take(faces('b', FEBRUARY, w.clock.now, 1))
    expect((await w.store.rollups(['e', 'b'], 'year', 0, w.clock.now)).length).toBe(2)
    w.startAgain(w.store.figures)
    await w.write()
    expectSame(seriesOf(w.store.figures), await w.api('2026-02', '2026-04', [2026]))
  })
})

describe('a changed configuration', () => {
  const kept = async () => {
    const w = await world()
    await w.take([...faces('e', FEBRUARY, w.clock.now, 10), ...faces('i', FEBRUARY, w.clock.now, 3)])
    await w.write()
    return w.store
  }

  it('of employees gives every figure anew', async () => {
    const more = organisationOf([
      { ...park, employees: [{ from: '2020-01-01', fullTime: 20 }] },
      india,
      munich,
    ])
    const w = await world({ store: await kept(), organisation: more })
    await w.write()
    expectSame(seriesOf(w.store.figures), await w.api('2026-02', '2026-04', [2026]))
  })

  it('of a zone leaves no day of the old one that counts as known', async () => {
    const store = await kept()
    const moved = organisationOf([park, { ...india, zone: 'UTC' }, munich])
    const w = await world({ store, organisation: moved })
    await w.write()
    const old = store.figures
      .all('usage')
      .filter(({ tags, at }) => tags.scope === 'site:india' && tags.grain === 'day' && at % DAY_MS !== 0)
    expect(old.length).toBeGreaterThan(25)
    expect(old.filter(({ fields }) => fields.known !== 0)).toEqual([])
  })

  it('of a site that is gone takes its figures with it, and a target its verdict', async () => {
    const w = await world({ store: await kept(), organisation: organisationOf([park, munich]), targets: [] })
    await w.write()
    const series = [...seriesOf(w.store.figures).values()]
    const gone = series.filter(({ tags }) => tags.scope === 'site:india')
    expect(gone.length).toBeGreaterThan(700)
    expect(gone.filter(({ fields }) => fields.known !== 0)).toEqual([])
    const listed = (measurement: string) =>
      series.filter((point) => point.measurement === measurement && point.fields.known === 1).length
    expect(['scope', 'member', 'meter'].map(listed)).toEqual([5, 3, 4])
    const judged = series.filter(({ measurement }) => measurement.startsWith('target'))
    expect(judged.length).toBeGreaterThan(10)
    for (const { measurement, fields } of judged) {
      expect(fields).toMatchObject({ known: 0, path_known: 0 })
      if (measurement === 'target') expect(fields.verdict).toBe(-1)
    }
  })

  it('that is the same as before has nothing written but the day', async () => {
    const store = await kept()
    const put: FigurePoint[] = []
    const w = await world({ store, figures: { put: async (points) => void put.push(...points) } })
    await w.write()
    expect(put.length).toBeGreaterThan(0)
    expect(Math.min(...put.filter(({ tags }) => tags.grain === 'day').map(({ at }) => at))).toBe(
      Date.parse('2026-03-09T16:00:00Z'),
    )
  })
})

describe('whatever the order of readings, writes and kills', () => {
  it('the series are those that a new start would write from nothing', async () => {
    const start = Date.parse('2026-01-30T00:00:00Z')
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ hour: fc.nat(24 * 4), meter: fc.constantFrom('e', 'i'), kwh: fc.nat(99) }),
      },
      { weight: 2, arbitrary: fc.constant('write' as const) },
      { weight: 1, arbitrary: fc.constant('kill' as const) },
      { weight: 1, arbitrary: fc.constant('an hour' as const) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const w = await world({ now: start + 4 * DAY_MS })
        for (const one of steps) {
          if (one === 'write') await w.write()
          else if (one === 'kill') w.startAgain()
          else if (one === 'an hour') w.clock.now += HOUR_MS
          else await w.take([[one.meter, start + one.hour * HOUR_MS, one.hour * 50 + one.kwh]])
        }
        await w.write()
        const fresh = new MemoryFigures()
        w.startAgain(fresh)
        await w.store.putNote('figures-mark', '{"since":null,"first":0}')
        await w.write()
        expect(knownIn(w.store.figures)).toEqual(knownIn(fresh))
      }),
      { numRuns: 40, ...shrinkLimit },
    )
  })
})
