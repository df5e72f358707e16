import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { touchChangedMeters } from '../../aggregate/settings-change.ts'
import { consumption } from '../../core/consumption.ts'
import { likeDays } from '../../core/like-days.ts'
import { ruleOf } from '../../core/meter-rule.ts'
import type { Organisation } from '../../core/organisation-index.ts'
import { estimatedPart, type Rollup } from '../../core/rollup.ts'
import { HOUR_MS } from '../../core/window.ts'
import { DuckDbStore } from '../../store/duckdb.ts'
import { MemoryStore } from '../../store/memory.ts'
import type { Store } from '../../store/store.ts'
import { batchOf } from '../support/batch.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { rolledUp } from '../support/rolled-up.ts'
import { shrinkLimit } from '../support/shrink-limit.ts'

const T = Date.UTC(2025, 0, 1)
const shanghai = organisation([
  site({ id: 's', zone: 'Asia/Shanghai', meters: [incomer('m'), incomer('n')] }),
])
const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

async function duckdb(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-'))
  folders.push(folder)
  return DuckDbStore.open(join(folder, 'w.duckdb'))
}

type Row = readonly [string, number, number]

async function take(store: Store, org: Organisation, rows: readonly Row[]): Promise<void> {
  const touched = rows.map(([meter, at]) => {
    const from = Math.floor(at / HOUR_MS) * HOUR_MS
    return { meter, from, to: from + HOUR_MS }
  })
  await store.write({ readings: [batchOf(rows, T)], touched, quarantined: [] })
  await rolledUp(store, org)
}

async function everything(store: Store, meters = ['m', 'n']): Promise<Rollup[]> {
  const far = Date.UTC(2100, 0, 1)
  const grains = ['hour', 'day', 'month', 'year'] as const
  return (await Promise.all(grains.map((grain) => store.rollups(meters, grain, 0, far)))).flat()
}

const hourly = (meter: string, from: number, hours: number, kwh = 10): Row[] =>
  Array.from({ length: hours + 1 }, (_, h) => [meter, from + h * HOUR_MS, h * kwh] as const)

describe('a year of hourly readings', () => {
  it('is carried up to local days, months and the year', async () => {
    const store = new MemoryStore()
    const start = Date.UTC(2024, 11, 31, 16)
    await take(store, shanghai, hourly('m', start, 365 * 24))
    const rows = await everything(store)
    const of = (grain: string) => rows.filter((row) => row.grain === grain)
    expect([of('hour').length, of('day').length, of('month').length, of('year').length]).toEqual([
      8760, 365, 12, 1,
    ])
    expect(of('year')[0]).toMatchObject({ start, value: 87_600, coveredMs: 365 * 24 * HOUR_MS })
    expect(of('month')[1]).toMatchObject({ start: Date.UTC(2025, 0, 31, 16), value: 28 * 240 })
  })
})

describe.each([
  ['memory', async () => new MemoryStore() as Store],
  ['DuckDB', duckdb],
])('a reading that arrives eleven months late (%s)', (_, open) => {
  it('changes its hour, day, month and year, and nothing else', async () => {
    const store = await open()
    const start = Date.UTC(2024, 11, 31, 16)
    const rows = hourly('m', start, 330 * 24)
    // The face at the midnight between January and February was lower than the line between its neighbours.
    const late = rows[31 * 24] as Row
    await take(store, shanghai, [...rows.filter((row) => row !== late), ...hourly('n', start, 24)])
    const before = await everything(store)
    await take(store, shanghai, [['m', late[1], late[2] - 2]])
    const after = await everything(store)
    const changed = after.filter((row, i) => JSON.stringify(row) !== JSON.stringify(before[i]))
    expect(changed.map(({ meter, grain, value }) => [meter, grain, value])).toEqual([
      ['m', 'hour', 8],
      ['m', 'hour', 12],
      ['m', 'day', 238],
      ['m', 'day', 242],
      ['m', 'month', 31 * 240 - 2],
      ['m', 'month', 28 * 240 + 2],
      // As much as before, with nothing interpolated any more.
      ['m', 'year', 330 * 240],
    ])
    await take(store, shanghai, [['m', start + 330 * 24 * HOUR_MS + HOUR_MS, 330 * 240 + 50]])
    const year = (await everything(store)).find((row) => row.grain === 'year')
    expect(year?.value).toBeCloseTo(330 * 240 + 50, 6)
    await store.close()
  })

  it('moves consumption between days where it lies between them', async () => {
    const store = await open()
    const midnight = Date.UTC(2025, 0, 1, 16)
    await take(store, shanghai, [
      ['m', midnight - HOUR_MS, 0],
      ['m', midnight + HOUR_MS, 20],
    ])
    await take(store, shanghai, [['m', midnight, 5]])
    const days = (await everything(store)).filter((row) => row.grain === 'day')
    expect(days.map((day) => day.value)).toEqual([5, 15])
    await store.close()
  })
})

describe('a duplicate', () => {
  it('changes nothing', async () => {
    const store = new MemoryStore()
    const rows = hourly('m', T, 48)
    await take(store, shanghai, rows)
    const before = await everything(store)
    await take(store, shanghai, rows)
    await take(store, shanghai, [rows[7] as Row, rows[3] as Row])
    expect(await everything(store)).toEqual(before)
  })
})

describe('whatever the order of arrival', () => {
  it('the figures are those of the readings reckoned at once', async () => {
    const rule = ruleOf(shanghai.meters.get('m')?.meter as never, shanghai.calendar) as NonNullable<
      ReturnType<typeof ruleOf>
    >
    const calendar = shanghai.meters.get('m')?.calendar as NonNullable<
      ReturnType<Organisation['meters']['get']>
    >['calendar']
    const steps = fc.array(fc.record({ minutes: fc.integer({ min: 1, max: 600 }), kwh: fc.nat(90) }), {
      minLength: 2,
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(steps, fc.infiniteStream(fc.nat()), async (list, order) => {
        let at = T + 20 * 24 * HOUR_MS
        let face = 0
        const rows: Row[] = list.map(({ minutes, kwh }) => {
          at += minutes * 60_000
          face += kwh
          return ['m', at, face] as const
        })
        const shuffled = rows.toSorted(() => ((order.next().value as number) % 2) - 0.5)
        const store = new MemoryStore()
        for (let i = 0; i < shuffled.length; i += 7) await take(store, shanghai, shuffled.slice(i, i + 7))

        const series = await store.readings('m', 0, Number.MAX_SAFE_INTEGER)
        const hours = calendar.spans('hour', rows[0]?.[1] as number, at + 1)
        const courseOf = likeDays(consumption(series, rule, hours), calendar)
        for (const grain of ['hour', 'day', 'month', 'year'] as const) {
          const kept = await store.rollups(['m'], grain, 0, Number.MAX_SAFE_INTEGER)
          const wanted = consumption(series, rule, calendar.spans(grain, rows[0]?.[1] as number, at + 1), {
            courseOf,
          }).filter((row) => row.coveredMs > 0)
          expect(kept.filter((row) => row.coveredMs > 0).map((row) => row.start)).toEqual(
            wanted.map((row) => row.start),
          )
          for (const [i, row] of wanted.entries()) {
            const found = kept.filter((one) => one.coveredMs > 0)[i] as Rollup
            expect(found.value).toBeCloseTo(row.value, 6)
            expect(found.coveredMs).toBeCloseTo(row.coveredMs, 3)
            expect(estimatedPart(found)).toBeCloseTo(estimatedPart(row), 6)
          }
        }
      }),
      { numRuns: 200, ...shrinkLimit },
    )
  })
})

describe('a meter whose multiplier was corrected', () => {
  it('is recomputed from its first reading on, and other meters are not touched', async () => {
    const store = new MemoryStore()
    await touchChangedMeters(store, shanghai)
    await take(store, shanghai, [...hourly('m', T, 48), ...hourly('n', T, 48)])
    const corrected = organisation([
      site({
        id: 's',
        zone: 'Asia/Shanghai',
        meters: [{ ...incomer('m'), register: { unit: 'kWh', multiplier: 40 } }, incomer('n')],
      }),
    ])
    await touchChangedMeters(store, corrected)
    expect((await store.touched(9)).map((window) => window.meter)).toEqual(['m'])
    await rolledUp(store, corrected)
    const years = (await everything(store)).filter((row) => row.grain === 'year')
    expect(years.map((row) => [row.meter, row.value])).toEqual([
      ['m', 48 * 400],
      ['n', 480],
    ])
  })
})

describe('a site whose zone was corrected', () => {
  it('has days, months and years of the new zone only', async () => {
    const store = new MemoryStore()
    await touchChangedMeters(store, shanghai)
    await take(store, shanghai, hourly('m', T, 40 * 24))
    const utc = organisation([site({ id: 's', zone: 'UTC', meters: [incomer('m'), incomer('n')] })])
    await touchChangedMeters(store, utc)
    await rolledUp(store, utc)
    await take(store, utc, [['m', T + 40 * 24 * HOUR_MS + HOUR_MS, 40 * 240 + 10]])
    const [year] = await store.rollups(['m'], 'year', T, T + 1)
    expect(year).toMatchObject({ start: T, value: 40 * 240 + 10, coveredMs: (40 * 24 + 1) * HOUR_MS })
    const months = await Promise.all(
      [0, 1].map((month) =>
        store.rollups(['m'], 'month', Date.UTC(2025, month, 1), Date.UTC(2025, month, 1) + 1),
      ),
    )
    expect(months.flat().map((month) => month.value)).toEqual([31 * 240, 9 * 240 + 10])
  })
})

describe('a meter that was taken out of the configuration', () => {
  it('is carried up again when it comes back', async () => {
    const store = new MemoryStore()
    const without = organisation([site({ id: 's', zone: 'Asia/Shanghai', meters: [incomer('n')] })])
    await touchChangedMeters(store, shanghai)
    await touchChangedMeters(store, without)
    await take(store, without, hourly('m', T, 48))
    expect(await everything(store)).toEqual([])
    await touchChangedMeters(store, shanghai)
    await rolledUp(store, shanghai)
    expect((await everything(store)).find((row) => row.grain === 'year')?.value).toBe(480)
  })
})

describe('a meter whose days of use were stated later', () => {
  it('is recomputed within them', async () => {
    const store = new MemoryStore()
    await touchChangedMeters(store, shanghai)
    await take(store, shanghai, hourly('m', T, 96))
    const until = organisation([
      site({ id: 's', zone: 'Asia/Shanghai', meters: [{ ...incomer('m'), to: '2025-01-03' }, incomer('n')] }),
    ])
    await touchChangedMeters(store, until)
    await rolledUp(store, until)
    const [year] = (await everything(store)).filter((row) => row.grain === 'year')
    // From eight in the morning of the first to midnight before the third.
    expect(year?.value).toBe(40 * 10)
  })
})
