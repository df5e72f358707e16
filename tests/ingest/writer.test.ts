import { expect, onTestFinished, test } from 'vitest'
import { HOUR_MS } from '../../core/window.ts'
import { spoolMeter } from '../../ingest/frame-builder.ts'
import { openSpool } from '../../ingest/spool.ts'
import { SpoolReader } from '../../ingest/spool-reader.ts'
import { runWriter, type Stored, type WriterOptions } from '../../ingest/writer.ts'
import type { StoreBatch } from '../../store/store.ts'
import { countingStore, keptLog, NOW, silent, temporaryFolder, until } from './support.ts'

const [a, b] = [spoolMeter('a'), spoolMeter('b')]

async function running(folder: string, options: Pick<WriterOptions, 'store'> & Partial<WriterOptions>) {
  const spool = await openSpool(folder, silent)
  const stop = new AbortController()
  const writer = runWriter({
    reader: new SpoolReader(folder, silent),
    log: silent,
    signal: stop.signal,
    synced: spool.synced,
    gatherMs: 0,
    retryMs: 1,
    ...options,
  })
  spool.onSynced((position) => writer.notify(position))
  const end = async () => {
    await spool.close()
    stop.abort()
    await writer.done
  }
  onTestFinished(end)
  return { spool, writer, end }
}

test('what is synced reaches the store, and what it touches is told', async () => {
  const store = countingStore()
  const stored: Stored[] = []
  const { spool, writer } = await running(await temporaryFolder(), {
    store,
    onStored: (batch) => stored.push(batch),
  })
  spool.reading(a, 'kWh', NOW, 1, NOW)
  spool.reading(b, '', NOW + 5, 2, NOW)
  spool.reading(a, '', NOW + HOUR_MS, 3, NOW)
  spool.reading(a, '', NOW - 5 * HOUR_MS, 4, NOW)
  await until('all is stored', () => store.readings.size === 4)
  await until('nothing is pending', () => writer.pending === 0)
  expect(stored[0]?.readings).toBe(4)
  expect(stored[0]?.windows).toEqual([
    { meter: 'a', from: NOW - 5 * HOUR_MS, to: NOW - 4 * HOUR_MS },
    { meter: 'a', from: NOW, to: NOW + 2 * HOUR_MS },
    { meter: 'b', from: NOW, to: NOW + HOUR_MS },
  ])
  expect(stored[0]?.newest).toEqual(
    new Map([
      ['a', { at: NOW + HOUR_MS, value: 3, unit: '', receivedAt: NOW }],
      ['b', { at: NOW + 5, value: 2, unit: '', receivedAt: NOW }],
    ]),
  )
})

test('a store that is away holds the batch, one line says so, and nothing is lost or twice', async () => {
  const store = countingStore()
  let away = true
  let attempts = 0
  const flaky = {
    name: 'away',
    write: async (batch: StoreBatch) => {
      attempts++
      if (away) throw new Error('connection refused')
      await store.write(batch)
    },
  }
  const { log, lines } = keptLog()
  const { spool, writer } = await running(await temporaryFolder(), { store: flaky, log })
  for (let i = 0; i < 50; i++) spool.reading(a, '', NOW + i, i, NOW)
  await until('it was tried again', () => attempts > 3)
  expect(writer).toMatchObject({ storeHeld: { state: 'busy', error: 'connection refused' }, pending: 50 })
  away = false
  await until('all is stored', () => store.readings.size === 50)
  await until('nothing is pending', () => writer.pending === 0)
  expect(writer.storeHeld).toBeNull()
  expect(store.batches).toBe(1)
  expect(lines.filter((line) => line.includes('is held'))).toHaveLength(1)
  expect(lines.filter((line) => line.includes('goes on'))).toHaveLength(1)
})

test('what was not stored when the program ended is stored by the next one', async () => {
  const folder = await temporaryFolder()
  const never = { name: 'never', write: () => Promise.reject(new Error('away')) }
  const first = await running(folder, { store: never })
  first.spool.reading(a, '', NOW, 1, NOW)
  first.spool.quarantine({
    id: 'q1',
    receivedAt: NOW,
    topic: 't',
    payload: 'p',
    bytes: 1,
    readings: 1,
    issue: { code: 'not-json', message: 'not JSON' },
  })
  await until('it is held', () => first.writer.storeHeld !== null)
  await first.end()
  const store = countingStore()
  const second = await running(folder, { store })
  await until('it is stored', () => store.readings.size === 1 && store.quarantine.size === 1)
  await until('nothing is pending', () => second.writer.pending === 0)
})

test('readings are taken in batches of about the size that was asked for', async () => {
  const folder = await temporaryFolder()
  const before = await openSpool(folder, silent)
  for (let i = 0; i < 100; i++) {
    before.reading(a, '', NOW + i, i, NOW)
    await new Promise<void>((resolve) => before.whenSynced(resolve))
  }
  await before.close()
  const store = countingStore()
  await running(folder, { store, maxReadings: 10 })
  await until('all is stored', () => store.readings.size === 100)
  expect(store.batches).toBe(10)
})
