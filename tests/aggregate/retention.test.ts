import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it, onTestFinished, test, vi } from 'vitest'
import { aggregateOnce } from '../../aggregate/aggregate.ts'
import { keepForgetting } from '../../aggregate/forgetting.ts'
import { ForgottenYears } from '../../aggregate/forgotten-years.ts'
import { forget } from '../../aggregate/retention.ts'
import { Schedule } from '../../aggregate/schedule.ts'
import { touchChangedMeters } from '../../aggregate/settings-change.ts'
import { DAY_MS } from '../../core/calendar.ts'
import { type KeepRules, keepRules } from '../../core/retention.ts'
import type { Rollup } from '../../core/rollup.ts'
import { HOUR_MS } from '../../core/window.ts'
import { DuckDbStore } from '../../store/duckdb.ts'
import { InfluxStore } from '../../store/influx.ts'
import { MemoryStore } from '../../store/memory.ts'
import { type Store, StoreUnavailable } from '../../store/store.ts'
import { keptLog, silent } from '../ingest/support.ts'
import { batchOf } from '../support/batch.ts'
import { type Influxd, influxdInstalled, startInfluxd } from '../support/influxd.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { rolledUp } from '../support/rolled-up.ts'

// Three years of hours are many for a machine that does other things too.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

/** Its years begin at half past six in the evening of UTC. */
const ZONE = 'Asia/Kolkata'
const NOW = Date.UTC(2026, 6, 1)
const NEW_YEAR = (year: number) => Date.UTC(year - 1, 11, 31, 18, 30)
const FAR = Date.UTC(2100, 0, 1)
const grains = ['hour', 'day', 'month', 'year'] as const

const org = (multiplier = 1) =>
  organisation([
    site({
      id: 's',
      zone: ZONE,
      meters: [{ ...incomer('m'), register: { unit: 'kWh', multiplier } }, incomer('quarterly')],
    }),
  ])
const plain = org()
const twoYears: KeepRules = keepRules({ readingYears: 2, hourYears: 2 }, [])
const now = <T>(work: () => Promise<T>) => work()

type Row = readonly [string, number, number]

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

async function duckdb(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-'))
  folders.push(folder)
  const store = await DuckDbStore.open(join(folder, 'w.duckdb'))
  onTestFinished(() => store.close())
  return store
}

/** As a service that starts anew finds them. */
async function loaded(store: Store): Promise<ForgottenYears> {
  const forgotten = new ForgottenYears()
  await forgotten.load(store)
  return forgotten
}

async function settle(store: Store, organisation = plain, forgotten = new ForgottenYears()): Promise<void> {
  await rolledUp(store, organisation, { forgotten })
}

async function put(store: Store, rows: readonly Row[]): Promise<void> {
  const touched = rows.map(([meter, at]) => {
    const from = Math.floor(at / HOUR_MS) * HOUR_MS
    return { meter, from, to: from + HOUR_MS }
  })
  for (let i = 0; i < rows.length; i += 5000) {
    const readings = [batchOf(rows.slice(i, i + 5000), NOW)]
    await store.write({ readings, touched: touched.slice(i, i + 5000), quarantined: [] })
  }
}

async function take(store: Store, rows: readonly Row[], forgotten?: ForgottenYears): Promise<void> {
  await put(store, rows)
  await settle(store, plain, forgotten)
}

/** Three years of faces: one meter every hour, twenty past; another four times a year. */
function threeYears(): Row[] {
  const rows: Row[] = []
  let face = 0
  for (let at = NEW_YEAR(2023) - HOUR_MS + 20 * 60_000; at < NEW_YEAR(2026); at += HOUR_MS) {
    face += 5 + ((at / HOUR_MS) % 7)
    rows.push(['m', at, face])
  }
  for (let quarter = 0; quarter < 13; quarter += 1) {
    rows.push(['quarterly', Date.UTC(2023, 3 * quarter - 2, 15, 9, 10), quarter * 900 + quarter ** 2])
  }
  return rows
}

/** A store with three years of readings and their figures, which it has reckoned itself. */
async function reckoned(store: Store): Promise<Store> {
  await touchChangedMeters(store, plain)
  await take(store, threeYears())
  return store
}

const reckonedOnce = reckoned(new MemoryStore())

/** The same, with figures that were reckoned once for all of them. */
async function filled(store: Store = new MemoryStore()): Promise<Store> {
  await touchChangedMeters(store, plain)
  await put(store, threeYears())
  const rows = await figures(await reckonedOnce)
  for (let i = 0; i < rows.length; i += 5000) await store.putRollups(rows.slice(i, i + 5000), [])
  await store.putRollups([], await store.touched(1e6))
  return store
}

async function figures(store: Store, from = 0, to = FAR): Promise<Rollup[]> {
  const all = grains.map((grain) => store.rollups(['m', 'quarterly'], grain, from, to))
  return (await Promise.all(all)).flat()
}

let influxd: Influxd | undefined
let databases = 0
afterAll(() => influxd?.remove())

async function influxdb(): Promise<Store> {
  influxd ??= await startInfluxd()
  databases += 1
  const location = { url: influxd.url, token: '', username: '', password: '', database: `kept-${databases}` }
  const store = await InfluxStore.open(location, 'one', silent)
  onTestFinished(() => store.close())
  return store
}

const withoutHours = (rows: readonly Rollup[]) => rows.filter((row) => row.grain !== 'hour')
/** Rollups of a year by the site's own calendar. */
const ofYear = (store: Store, year: number) => figures(store, NEW_YEAR(year), NEW_YEAR(year + 1))

async function countOf(store: Store, meter: string, from: number, to: number): Promise<number> {
  return (await store.readings(meter, from, to)).at.length
}

describe.each([
  ['memory', true, async () => new MemoryStore() as Store],
  ['DuckDB', true, duckdb],
  ['InfluxDB 1.6', influxdInstalled, influxdb],
] as const)('a year that need not be kept (%s)', (_, there, open) => {
  const it = test.skipIf(!there)

  it('loses its readings and hours, and not one of its days, months and years', async () => {
    const store = await reckoned(await open())
    expect(await figures(store)).toEqual(await figures(await reckonedOnce))
    const before = await figures(store)
    const forgotten = new ForgottenYears()
    const done = await forget(store, forgotten, twoYears, NOW, now)
    expect(done).toMatchObject({ readings: expect.arrayContaining([2023]) })
    expect(await countOf(store, 'm', 0, NEW_YEAR(2024) - 40 * DAY_MS)).toBe(0)
    expect(await countOf(store, 'm', NEW_YEAR(2024) - 31 * DAY_MS, NEW_YEAR(2024))).toBe(31 * 24)
    expect(await countOf(store, 'm', NEW_YEAR(2024), FAR)).toBe((366 + 365) * 24)
    const after = await figures(store)
    expect(withoutHours(after)).toEqual(withoutHours(before))
    const kept = (row: Rollup) => row.start >= NEW_YEAR(2024) - 31 * DAY_MS
    expect(after.filter((row) => row.grain === 'hour')).toEqual(
      before.filter((row) => row.grain === 'hour' && row.start >= Date.UTC(2024, 0, 1) - 32 * DAY_MS),
    )
    expect(after.filter(kept)).toEqual(before.filter(kept))
    // Nothing more to do, and a service that starts anew knows it.
    expect(await forget(store, await loaded(store), twoYears, NOW, now)).toEqual({
      readings: [],
      hours: [],
    })
  })

  it('leaves what comes late for the kept years as exact as if nothing had been forgotten', async () => {
    const [store, control] = [await filled(await open()), await filled()]
    const forgotten = new ForgottenYears()
    await forget(store, forgotten, twoYears, NOW, now)
    const forgottenYear = withoutHours(await ofYear(store, 2023))
    const late: Row[] = [
      ['m', NEW_YEAR(2024) + 10 * 60_000, 8760 * 8],
      ['m', NEW_YEAR(2024) + 40 * DAY_MS, 8760 * 8 + 40 * 24 * 8],
      ['quarterly', NEW_YEAR(2024) + 4 * DAY_MS, 4300],
      ['quarterly', NEW_YEAR(2025) + 3 * DAY_MS, 8100],
    ]
    const yearBefore = (await ofYear(store, 2024)).filter((row) => row.grain === 'year')
    await take(store, late, forgotten)
    await take(control, late)
    for (const year of [2024, 2025]) expect(await ofYear(store, year)).toEqual(await ofYear(control, year))
    const yearAfter = (await ofYear(store, 2024)).filter((row) => row.grain === 'year')
    expect(yearAfter[1]?.value).not.toBe(yearBefore[1]?.value)
    expect(withoutHours(await ofYear(store, 2023))).toEqual(forgottenYear)
  })

  it('keeps its figures when a meter’s multiplier is changed, and only the kept years follow', async () => {
    const [store, control] = [await filled(await open()), await filled()]
    const forgotten = new ForgottenYears()
    await forget(store, forgotten, twoYears, NOW, now)
    const forgottenYear = withoutHours(await ofYear(store, 2023))
    const corrected = org(40)
    expect(await touchChangedMeters(store, corrected, forgotten)).toEqual(['m'])
    await touchChangedMeters(control, corrected)
    await settle(store, corrected, forgotten)
    await settle(control, corrected)
    for (const year of [2024, 2025]) expect(await ofYear(store, year)).toEqual(await ofYear(control, year))
    expect(withoutHours(await ofYear(store, 2023))).toEqual(forgottenYear)
    expect(withoutHours(await ofYear(control, 2023))).not.toEqual(forgottenYear)
  })
})

describe('a late reading', () => {
  it('that came before its year was closed holds the forgetting up until it is rolled up', async () => {
    const store = await filled()
    const window = { meter: 'm', from: Date.UTC(2023, 5, 1), to: Date.UTC(2023, 5, 1, 1) }
    await store.touch([window])
    const forgotten = new ForgottenYears()
    expect(await forget(store, forgotten, twoYears, NOW, now)).toBe('waits')
    expect(forgotten.readings).toEqual([])
    await settle(store)
    expect(await forget(store, forgotten, twoYears, NOW, now)).not.toBe('waits')
  })

  it('that reaches the store all the same changes no figure, and is counted', async () => {
    const store = await filled()
    const forgotten = new ForgottenYears()
    await forget(store, forgotten, twoYears, NOW, now)
    const before = await figures(store)
    const at = NEW_YEAR(2023) + 100 * DAY_MS
    const from = Math.floor(at / HOUR_MS) * HOUR_MS
    await store.write({
      readings: [batchOf([['m', at, 1]], NOW)],
      touched: [{ meter: 'm', from, to: from + HOUR_MS }],
      quarantined: [],
    })
    expect(await aggregateOnce(store, plain, { forgotten })).toMatchObject({ inForgottenYears: 1 })
    expect(await figures(store)).toEqual(before)
    expect(await store.touched(9)).toEqual([])
  })
})

describe('forgotten years', () => {
  it('stay so when the settings ask for more again', async () => {
    const store = await filled()
    await forget(store, new ForgottenYears(), twoYears, NOW, now)
    const forgotten = await loaded(store)
    const before = await figures(store)
    await forget(store, forgotten, keepRules({ readingYears: null, hourYears: null }, []), NOW, now)
    await take(store, [['m', NEW_YEAR(2023) + 90 * DAY_MS, 3]], forgotten)
    expect(await figures(store)).toEqual(before)
  })

  it('keep their hours for as long as those are asked for', async () => {
    const store = await filled()
    const before = await figures(store)
    await forget(store, new ForgottenYears(), keepRules({ readingYears: 2, hourYears: null }, []), NOW, now)
    expect(await figures(store)).toEqual(before)
  })

  it('do not include a baseline’s year, which is restated from its readings', async () => {
    const [store, control] = [await filled(), await filled()]
    const keep = {
      readings: { years: 2, protectedYears: [2023] },
      hours: { years: 2, protectedYears: [2023] },
    }
    const later = Date.UTC(2029, 6, 1)
    const forgotten = new ForgottenYears()
    await forget(store, forgotten, keep, later, now)
    expect(forgotten.readings.slice(-4)).toEqual([2022, 2024, 2025, 2026])
    const late: Row[] = [
      ['m', NEW_YEAR(2023) + 200 * DAY_MS + 60_000, 38_000],
      ['quarterly', NEW_YEAR(2024) - 5 * DAY_MS, 4200],
    ]
    await take(store, late, forgotten)
    await take(control, late)
    expect(await ofYear(store, 2023)).toEqual(await ofYear(control, 2023))
    expect(withoutHours(await ofYear(store, 2024))).not.toEqual(withoutHours(await ofYear(control, 2024)))
  })

  it('are finished by a later run where the store fell over in the midst', async () => {
    const store = await filled()
    const [before, last] = [await figures(store), await store.lastReadings()]
    const drop = store.dropHours.bind(store)
    store.dropHours = async () => {
      throw new StoreUnavailable('busy', 'away')
    }
    await expect(forget(store, new ForgottenYears(), twoYears, NOW, now)).rejects.toThrow('away')
    store.dropHours = drop
    // The service starts anew: what it must not reckon again it knows already.
    const forgotten = await loaded(store)
    expect(forgotten.readings).toContain(2023)
    await forget(store, forgotten, twoYears, NOW, now)
    expect((await loaded(store)).dropping).toBeUndefined()
    expect(withoutHours(await figures(store))).toEqual(withoutHours(before))
    expect((await store.rollups(['m'], 'hour', 0, NEW_YEAR(2023) + 60 * DAY_MS)).length).toBe(0)
    // The face before the new year of the meter that is read once a quarter has been put back.
    expect(await store.readingBefore('quarterly', NEW_YEAR(2024))).toBe(Date.UTC(2023, 10, 15, 9, 10))
    expect(await store.lastReadings()).toEqual(last)
  })

  it('may be any: what is kept is recomputed as if nothing were gone, wherever readings lie', async () => {
    const hours = fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 5, maxLength: 25 })
    const late = fc.array(fc.integer({ min: 0, max: 730 * 24 * 60 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(hours, late, fc.nat(1000), async (steps, minutes, kwh) => {
        let at = NEW_YEAR(2022)
        let face = 0
        const rows: Row[] = steps.map((step) => {
          at += step * HOUR_MS + 7 * 60_000
          face += step
          return ['m', at, face] as const
        })
        const [store, control] = [new MemoryStore(), new MemoryStore()]
        await take(store, rows)
        await take(control, rows)
        const forgotten = new ForgottenYears()
        await forget(store, forgotten, twoYears, NOW, now)
        const before = withoutHours(await figures(store, 0, NEW_YEAR(2024)))
        for (const minute of minutes) {
          const row: Row = ['m', NEW_YEAR(2024) + minute * 60_000, kwh]
          await take(store, [row], forgotten)
          await take(control, [row])
        }
        const kept = (rollups: readonly Rollup[]) => rollups.filter((row) => row.coveredMs > 0)
        const [found, wanted] = [
          kept(await figures(store, NEW_YEAR(2024))),
          kept(await figures(control, NEW_YEAR(2024))),
        ]
        expect(found).toEqual(wanted)
        expect(withoutHours(await figures(store, 0, NEW_YEAR(2024)))).toEqual(before)
      }),
      { numRuns: 15, endOnFailure: true, verbose: 0 },
    )
  })
})

describe('the daily round', () => {
  const started = (store: Store, caughtUp: () => boolean) => {
    const { log, lines } = keptLog()
    const ending = new AbortController()
    const forgotten = new ForgottenYears()
    const schedule = new Schedule(store, plain, log, () => {}, { forgotten })
    const done = keepForgetting({
      store,
      schedule,
      forgotten,
      keep: twoYears,
      caughtUp,
      clock: () => NOW,
      log,
      firstAfterMs: 1,
      signal: ending.signal,
    })
    const stop = () => {
      ending.abort()
      return done
    }
    return { lines, forgotten, stop }
  }

  it('forgets, and says so', async () => {
    const store = await filled()
    const { lines, stop } = started(store, () => true)
    await expect.poll(() => lines.join('')).toContain('as KEEP_READINGS says')
    await stop()
    expect(await countOf(store, 'm', 0, NEW_YEAR(2024) - 40 * DAY_MS)).toBe(0)
  })

  it('waits for what was in the spool', async () => {
    const store = await filled()
    let asked = 0
    const { forgotten, stop } = started(store, () => {
      asked += 1
      return false
    })
    await expect.poll(() => asked).toBe(1)
    await stop()
    expect(forgotten.readings).toEqual([])
  })

  it('says what to do where the store deletes nothing, and goes on', async () => {
    const store = await filled()
    store.dropReadings = async () => {
      throw new StoreUnavailable('held', 'version 3 deletes nothing')
    }
    const { lines, forgotten, stop } = started(store, () => true)
    await expect.poll(() => lines.join('')).toContain('must be longer than whatever is to be kept')
    await stop()
    expect(lines.join('')).toContain('version 3 deletes nothing')
    // Late readings of these years are refused, so their figures are left alone here too.
    expect(forgotten.readings).toContain(2023)
  })
})
