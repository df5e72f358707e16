import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Entry } from '../../core/entry.ts'
import type { JournalRecord } from '../../core/meter-event.ts'
import type { Quarantined } from '../../core/reading.ts'
import type { Rollup } from '../../core/rollup.ts'
import { HOUR_MS } from '../../core/window.ts'
import type { Store } from '../../store/store.ts'
import { batchOf } from '../support/batch.ts'

/** What every store must do. Each adapter's test calls this with a way to open a fresh one. */
export function storeConformance(open: () => Promise<Store>): void {
  let store: Store
  beforeEach(async () => {
    store = await open()
  })
  afterEach(() => store.close())

  const t0 = Date.UTC(2026, 0, 1)
  const write = (rows: [string, number, number, string?][], receivedAt = t0) =>
    store.write({ readings: [batchOf(rows, receivedAt)], touched: [], quarantined: [] })

  describe('readings', () => {
    it('come back in order of time, whatever order they arrived in', async () => {
      await write([
        ['a', t0 + 3000, 3],
        ['b', t0 + 1000, 9],
        ['a', t0 + 1000, 1],
      ])
      await write([['a', t0 + 2000, 2]])
      const { at, value, unit } = await store.readings('a', t0, t0 + 10_000)
      expect([...at]).toEqual([t0 + 1000, t0 + 2000, t0 + 3000])
      expect([...value]).toEqual([1, 2, 3])
      expect(unit).toBeNull()
    })

    it('are there once, however often they are written, and the later value counts', async () => {
      await write([['a', t0, 1]], t0 + 1)
      await write([['a', t0, 1]], t0 + 2)
      await write([['a', t0, 7]], t0 + 3)
      await write(
        [
          ['b', t0, 1],
          ['b', t0, 2],
        ],
        t0 + 3,
      )
      const { value, receivedAt } = await store.readings('a', t0, t0 + 1)
      expect([...value]).toEqual([7])
      expect([...receivedAt]).toEqual([t0 + 3])
      expect([...(await store.readings('b', t0, t0 + 1)).value]).toEqual([2])
    })

    it('keep the unit that they came with', async () => {
      await write([
        ['a', t0, 1.5, 'MWh'],
        ['a', t0 + 1, 1600],
      ])
      expect((await store.readings('a', t0, t0 + 9)).unit).toEqual(['MWh', ''])
    })

    it('of a span are those from its start up to but not at its end', async () => {
      await write([
        ['a', t0, 1],
        ['a', t0 + 1, 2],
        ['a', t0 + 2, 3],
      ])
      expect([...(await store.readings('a', t0, t0 + 2)).value]).toEqual([1, 2])
      expect([...(await store.readings('a', t0, t0 + 9, 1)).value]).toEqual([1])
      expect([...(await store.readings('nobody', t0, t0 + 2)).value]).toEqual([])
    })

    it('of several meters come each in its own order', async () => {
      await write([
        ['a', t0 + 2, 2],
        ['b', t0 + 1, 8, 'MWh'],
        ['a', t0 + 1, 1],
        ['c', t0 + 1, 5],
      ])
      const found = await store.readingsOf(['b', 'a', 'nobody'], t0, t0 + 9)
      expect([...(found.get('a')?.value ?? [])]).toEqual([1, 2])
      expect(found.get('a')?.unit).toBeNull()
      expect(found.get('b')).toMatchObject({ at: Float64Array.of(t0 + 1), unit: ['MWh'] })
      expect(found.get('c')).toBeUndefined()
      expect([...(found.get('nobody')?.at ?? [])]).toEqual([])
    })

    it('have neighbours, near or far', async () => {
      const year = 365 * 24 * HOUR_MS
      await write([
        ['a', t0, 1],
        ['a', t0 + year, 2],
      ])
      expect(await store.readingBefore('a', t0)).toBeNull()
      expect(await store.readingBefore('a', t0 + 1)).toBe(t0)
      expect(await store.readingBefore('a', t0 + year)).toBe(t0)
      expect(await store.readingFrom('a', t0)).toBe(t0)
      expect(await store.readingFrom('a', t0 + 1)).toBe(t0 + year)
      expect(await store.readingFrom('a', t0 + year + 1)).toBeNull()
      expect(await store.readingFrom('nobody', t0)).toBeNull()
    })

    it('tell the newest of each meter', async () => {
      await write([
        ['a', t0 + 5, 5, 'kWh'],
        ['a', t0, 1],
        ['b', t0, 2],
      ])
      await write([['a', t0 + 3, 3]])
      const last = await store.lastReadings()
      expect(last.get('a')).toEqual({ at: t0 + 5, value: 5, unit: 'kWh', receivedAt: t0 })
      expect(last.get('b')?.value).toBe(2)
      expect(last.get('c')).toBeUndefined()
    })
  })

  describe('conflicts of readings', () => {
    const conflicts = (meter: string) => store.conflicts(meter, t0, t0 + 9 * HOUR_MS)
    const arrival = (value: number, receivedAt: number, unit = '') => ({ value, unit, receivedAt })

    it('tell every value that came for an instant, oldest first', async () => {
      await write([['a', t0, 1]], t0 + 1)
      await write([['a', t0 + 5, 5]], t0 + 2)
      await write([['a', t0, 2]], t0 + 3)
      await write([['a', t0, 1]], t0 + 4)
      expect(await conflicts('a')).toEqual([
        { at: t0, arrivals: [arrival(1, t0 + 1), arrival(2, t0 + 3), arrival(1, t0 + 4)] },
      ])
      expect([...(await store.readings('a', t0, t0 + 1)).value]).toEqual([1])
    })

    it('are found in the newest reading, in one batch, and where only the unit differs', async () => {
      await write([
        ['a', t0, 1],
        ['b', t0, 1],
      ])
      await write(
        [
          ['a', t0, 2],
          ['a', t0 + 1, 7],
          ['b', t0, 1, 'MWh'],
          ['a', t0 + 1, 8],
        ],
        t0 + 3,
      )
      expect(await conflicts('a')).toEqual([
        { at: t0, arrivals: [arrival(1, t0), arrival(2, t0 + 3)] },
        { at: t0 + 1, arrivals: [arrival(7, t0 + 3), arrival(8, t0 + 3)] },
      ])
      expect(await conflicts('b')).toEqual([
        { at: t0, arrivals: [arrival(1, t0), arrival(1, t0 + 3, 'MWh')] },
      ])
    })

    it('are no duplicates, and those of a replay are told once', async () => {
      const replayed = async () => {
        await write([['a', t0, 1]], t0 + 1)
        await write([['b', t0, 4]], t0 + 1)
        await write([['a', t0, 2]], t0 + 2)
        await write([['b', t0, 4]], t0 + 3)
      }
      await replayed()
      await replayed()
      expect(await conflicts('a')).toEqual([{ at: t0, arrivals: [arrival(1, t0 + 1), arrival(2, t0 + 2)] }])
      expect(await conflicts('b')).toEqual([])
      expect(await conflicts('nobody')).toEqual([])
    })

    it('are found among many, near and far', async () => {
      const rows = (value: number, every: number) =>
        Array.from({ length: 3000 / every }, (_, i): [string, number, number] => [
          `m${(i * every) % 3}`,
          t0 + i * every * HOUR_MS,
          value,
        ])
      await write(rows(1, 1), t0 + 1)
      await write(rows(2, 100), t0 + 2)
      const found = (
        await Promise.all(['m0', 'm1', 'm2'].map((m) => store.conflicts(m, t0, t0 + 3000 * HOUR_MS)))
      ).flat()
      expect(found.map(({ at }) => (at - t0) / HOUR_MS).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 30 }, (_, i) => i * 100),
      )
    })

    it('of a span go with its readings', async () => {
      for (const value of [1, 2]) await write([['a', t0, value]], t0 + value)
      for (const value of [1, 2]) await write([['a', t0 + HOUR_MS, value]], t0 + value)
      await store.dropReadings(t0, t0 + HOUR_MS)
      expect((await conflicts('a')).map(({ at }) => at)).toEqual([t0 + HOUR_MS])
      await write([['a', t0, 3]], t0 + 3)
      expect((await conflicts('a')).map(({ at }) => at)).toEqual([t0 + HOUR_MS])
    })
  })

  describe('touched windows', () => {
    it('wait in the order in which they were touched, until they are settled', async () => {
      const window = (meter: string, hour: number) => ({
        meter,
        from: t0 + hour * HOUR_MS,
        to: t0 + (hour + 1) * HOUR_MS,
      })
      await store.write({ readings: [], touched: [window('b', 1), window('a', 0)], quarantined: [] })
      await store.touch([window('b', 1)])
      const waiting = await store.touched(10)
      expect(waiting.map(({ meter, from, to }) => ({ meter, from, to }))).toEqual([
        window('b', 1),
        window('a', 0),
        window('b', 1),
      ])
      expect(await store.touched(1)).toEqual(waiting.slice(0, 1))
      expect(await store.touchedWaiting()).toEqual({ windows: 3, hours: 3 })
      await store.putRollups([], waiting.slice(0, 2))
      // The same hours touched again meanwhile are still to be done.
      expect(await store.touched(10)).toEqual(waiting.slice(2))
    })
  })

  describe('rollups', () => {
    const rollup = (meter: string, hour: number, value: number): Rollup => ({
      meter,
      grain: 'hour',
      start: t0 + hour * HOUR_MS,
      end: t0 + (hour + 1) * HOUR_MS,
      value,
      coveredMs: HOUR_MS,
      head: 0.25,
      tail: 0.125,
      estimated: 0,
      flags: 0,
    })

    it('are replaced by meter, grain and start', async () => {
      await store.putRollups([rollup('a', 0, 1), rollup('a', 1, 2)], [])
      await store.putRollups([rollup('a', 1, 5), { ...rollup('a', 1, 9), grain: 'day' }], [])
      expect(await store.rollups(['a'], 'hour', t0, t0 + 24 * HOUR_MS)).toEqual([
        rollup('a', 0, 1),
        rollup('a', 1, 5),
      ])
    })

    it('come by meters and span, ordered by meter as asked for or stored, then by start', async () => {
      await store.putRollups([rollup('a', 2, 3), rollup('a', 0, 1), rollup('b', 0, 7), rollup('c', 0, 9)], [])
      const rows = await store.rollups(['a', 'b'], 'hour', t0, t0 + 2 * HOUR_MS)
      expect(rows).toEqual([rollup('a', 0, 1), rollup('b', 0, 7)])
      expect(await store.rollups([], 'hour', t0, t0 + 1)).toEqual([])
      expect(await store.rollups(['nobody'], 'hour', t0, t0 + 1)).toEqual([])
    })

    it('have another edition when some were written or dropped, and the same while they are only read', async () => {
      const first = store.rollupEdition
      await store.putRollups([rollup('a', 0, 1)], [])
      const second = store.rollupEdition
      expect(second).not.toBe(first)
      await store.rollups(['a'], 'hour', t0, t0 + HOUR_MS)
      expect(store.rollupEdition).toBe(second)
      await store.dropHours(t0, t0 + HOUR_MS)
      expect(store.rollupEdition).not.toBe(second)
    })

    it('of ten thousand hours are written and replaced in one go', async () => {
      const many = Array.from({ length: 10_000 }, (_, hour) => rollup('a', hour, hour))
      await store.putRollups(many, [])
      await store.putRollups(
        many.map((row) => ({ ...row, value: row.value + 1 })),
        [],
      )
      const rows = await store.rollups(['a'], 'hour', t0, t0 + 10_000 * HOUR_MS)
      expect(rows.length).toBe(10_000)
      expect(rows[9_999]?.value).toBe(10_000)
    })
  })

  describe('quarantine', () => {
    const refused = (id: string, afterMs = 0): Quarantined => ({
      id,
      receivedAt: t0 + afterMs,
      topic: "facility/x/it's/reading",
      payload: '{"value": "水"}',
      bytes: 14,
      readings: 1,
      issue: { code: 'no-number', message: 'value is not a number' },
    })

    it('list refused messages newest first, page by page, each once', async () => {
      const [one, two, three] = [refused('1'), refused('2', 1), refused('3', 2)]
      await store.write({ readings: [], touched: [], quarantined: [one, two] })
      await store.write({ readings: [], touched: [], quarantined: [two, three] })
      expect(await store.quarantineCount()).toBe(3)
      const first = await store.quarantine(2)
      expect(first?.rows).toEqual([three, two])
      const second = await store.quarantine(2, first?.next as string)
      expect(second).toEqual({ rows: [one], next: null })
      expect(await store.quarantine(2, 'no such page')).toBeNull()
    })

    it('count refused messages by why, in a span', async () => {
      const silent = (id: string, afterMs: number): Quarantined => ({
        ...refused(id, afterMs),
        issue: { code: 'no-time', message: 'at is missing' },
      })
      const all = [refused('1'), silent('2', 1), silent('3', 1), refused('4', 2), silent('5', 3)]
      await store.write({ readings: [], touched: [], quarantined: all })
      await store.write({ readings: [], touched: [], quarantined: all })
      const counts = await store.quarantinedIn(t0 + 1, t0 + 3)
      expect([...counts].sort()).toEqual([
        ['no-number', 1],
        ['no-time', 2],
      ])
      expect((await store.quarantinedIn(t0 + 4, t0 + 9)).size).toBe(0)
    })

    it('keep each of many messages that were refused in the same millisecond', async () => {
      const many = Array.from({ length: 3000 }, (_, i) => refused(`same-${i}`))
      await store.write({ readings: [], touched: [], quarantined: many })
      await store.write({ readings: [], touched: [], quarantined: many })
      expect(await store.quarantineCount()).toBe(3000)
    })

    it('take any text that a device can send', async () => {
      const odd = ['\ud83d', 'a\u0000b', '"\\', "'); DROP TABLE readings; --", '\uffff', '水'.repeat(70_000)]
      const rows = odd.map((payload, i) => ({ ...refused(`odd-${i}`, i), payload }))
      await store.write({ readings: [], touched: [], quarantined: rows })
      await write([['a', t0, 1]])
      expect((await store.quarantine(10))?.rows.toReversed()).toEqual(rows)
      expect((await store.readings('a', t0, t0 + 1)).value.length).toBe(1)
    })
  })

  describe('entries', () => {
    const entry = (id: string, value: number, afterMs = 0): Entry => ({
      id,
      scope: 'boundary:group',
      quantity: 'energy',
      kind: '',
      item: '',
      period: '2023',
      value,
      unit: 'MWh',
      source: 'annual report',
      note: '',
      by: '',
      enteredAt: t0 + afterMs,
    })

    it('are appended in order and never overwritten', async () => {
      expect(await store.entries()).toEqual([])
      await store.addEntries([entry('1', 5)])
      await store.addEntries([entry('2', 6, 1), entry('1', 99)])
      await store.addEntries([])
      expect(await store.entries()).toEqual([entry('1', 5), entry('2', 6, 1)])
    })

    it('are the same array as long as nothing is added', async () => {
      await store.addEntries([entry('1', 5)])
      const before = await store.entries()
      expect(await store.entries()).toBe(before)
      await store.addEntries([entry('2', 6, 1)])
      expect(await store.entries()).not.toBe(before)
      expect(before).toEqual([entry('1', 5)])
    })

    it('keep what a saving is known by', async () => {
      const saved: Entry = {
        ...entry('1', 5),
        saving: { measure: 'screens off', method: 'estimated', baseline: 9, factor: '2 h "a day"' },
      }
      await store.addEntries([saved])
      expect(await store.entries()).toEqual([saved])
    })

    it('of an earlier version have no kind, no item and nobody who said so', async () => {
      const { kind, item, by, ...kept } = entry('1', 5)
      await store.addEntries([kept as Entry])
      expect(await store.entries()).toEqual([entry('1', 5)])
    })

    it('are taken in thousands at one instant, each once, in a few seconds', async () => {
      const many = Array.from({ length: 10_000 }, (_, i) => ({
        ...entry(`many-${i}`, i),
        note: 'n'.repeat(300),
      }))
      const began = performance.now()
      await store.addEntries(many)
      await store.addEntries(many)
      const one = entry('one more', 1)
      await store.addEntries([one])
      const kept = await store.entries()
      expect(performance.now() - began).toBeLessThan(20_000)
      expect(kept).toHaveLength(10_001)
      expect(new Map(kept.map((row) => [row.id, row]))).toEqual(
        new Map([...many, one].map((row) => [row.id, row])),
      )
    }, 30_000)
  })

  describe('the journal of meter events', () => {
    const window = { meter: 'a', from: t0, to: t0 + 3 * HOUR_MS }
    const declared = (id: string, value: number, afterMs = 0): JournalRecord => ({
      id,
      occurrence: { meter: 'a', at: t0, kind: 'correction', to: t0 + HOUR_MS, value },
      by: 'Anna',
      note: 'it\'s "wrong" 水\nthere',
      enteredAt: t0 + afterMs,
    })
    const reversal: JournalRecord = { id: '3', reverses: '1', by: 'Bo', note: '', enteredAt: t0 + 2 }

    it('lists events and reversals in order of arrival, and touches their windows', async () => {
      expect(await store.journal()).toEqual([])
      await store.addToJournal(declared('1', 5), [window])
      expect(await store.journal()).toEqual([declared('1', 5)])
      await store.addToJournal(declared('2', 6, 1), [])
      await store.addToJournal(reversal, [window, { ...window, meter: 'b' }])
      expect(await store.journal()).toEqual([declared('1', 5), declared('2', 6, 1), reversal])
      const waiting = await store.touched(10)
      expect(waiting.map(({ ticket, ...rest }) => rest)).toEqual([window, window, { ...window, meter: 'b' }])
    })

    it('never overwrites a record', async () => {
      await store.addToJournal(declared('1', 5), [])
      await store.addToJournal(declared('1', 99), [])
      expect(await store.journal()).toEqual([declared('1', 5)])
    })

    it('is the same list as long as nothing is added', async () => {
      await store.addToJournal(declared('1', 5), [])
      const before = await store.journal()
      expect(await store.journal()).toBe(before)
      await store.addToJournal(reversal, [])
      expect(await store.journal()).not.toBe(before)
    })

    it('has every event whose windows have been seen', async () => {
      const adding = store.addToJournal(declared('1', 5), [window])
      for (const until = Date.now() + 10_000; (await store.touched(1)).length === 0; ) {
        if (Date.now() > until) throw new Error('no window was seen within 10 s')
        await new Promise(setImmediate)
      }
      expect(await store.journal()).toEqual([declared('1', 5)])
      await adding
    })
  })

  describe('what is no longer kept', () => {
    it('is gone, and all else stays', async () => {
      await write([
        ['a', t0, 1],
        ['a', t0 + HOUR_MS, 2],
        ['b', t0, 3],
      ])
      const row = (grain: 'hour' | 'day', hour: number): Rollup => ({
        meter: 'a',
        grain,
        start: t0 + hour * HOUR_MS,
        end: t0 + (hour + 1) * HOUR_MS,
        value: 1,
        coveredMs: HOUR_MS,
        head: 0,
        tail: 0,
        estimated: 0,
        flags: 0,
      })
      await store.putRollups([row('hour', 0), row('hour', 1), row('day', 0)], [])
      await store.dropReadings(t0, t0 + HOUR_MS)
      expect([...(await store.readings('a', t0, t0 + 9 * HOUR_MS)).value]).toEqual([2])
      expect((await store.readings('b', t0, t0 + 9 * HOUR_MS)).at.length).toBe(0)
      expect(await store.rollups(['a'], 'hour', t0, t0 + 9 * HOUR_MS)).toEqual([
        row('hour', 0),
        row('hour', 1),
      ])
      await store.dropHours(t0, t0 + HOUR_MS)
      expect(await store.rollups(['a'], 'hour', t0, t0 + 9 * HOUR_MS)).toEqual([row('hour', 1)])
      expect(await store.rollups(['a'], 'day', t0, t0 + 9 * HOUR_MS)).toEqual([row('day', 0)])
    })
  })

  it('keeps a note of any length, and a shorter one in its place', async () => {
    const long = JSON.stringify(Array.from({ length: 20_000 }, (_, i) => `a "meter" of 电能 ${i}`))
    await store.putNote('k', long)
    expect(await store.getNote('k')).toBe(long)
    await store.putNote('k', '')
    expect(await store.getNote('k')).toBe('')
  })

  it('keeps notes', async () => {
    expect(await store.getNote('x')).toBeNull()
    await store.putNote('x', 'one')
    await store.putNote('x', 'two')
    expect(await store.getNote('x')).toBe('two')
  })

  it('takes writes and rollups at the same time', async () => {
    const jobs = Array.from({ length: 20 }, (_, i) => [
      write([['a', t0 + i, i]]),
      store.putRollups(
        [
          {
            meter: 'a',
            grain: 'hour',
            start: t0 + i * HOUR_MS,
            end: t0,
            value: i,
            coveredMs: 0,
            head: 0,
            tail: 0,
            estimated: 0,
            flags: 0,
          },
        ],
        [],
      ),
      store.readings('a', t0, t0 + 100),
    ])
    await Promise.all(jobs.flat())
    expect((await store.readings('a', t0, t0 + 100)).at.length).toBe(20)
    expect((await store.rollups(['a'], 'hour', t0, t0 + 100 * HOUR_MS)).length).toBe(20)
  })
}
