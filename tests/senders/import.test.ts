import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { csvRows } from '../../senders/csv-rows.ts'
import { importRows } from '../../senders/import.ts'
import { ImportState } from '../../senders/import-state.ts'
import { Publisher } from '../../senders/publisher.ts'
import { brokerOf } from '../simulators/support/broker.ts'
import { fileOf, folder } from './support.ts'

const T0 = Date.UTC(2026, 0, 1)
const ROWS = 60_000

/** A long file: every minute a reading of one of three meters, and now and then one that is none. */
function longFile(rows = ROWS): string {
  const lines = Array.from({ length: rows }, (_, i) =>
    i % 10_000 === 5000
      ? `${new Date(T0 + i * 60_000).toISOString()},a,n/a`
      : `${new Date(T0 + i * 60_000).toISOString()},${'abc'[i % 3]},${i}`,
  )
  return fileOf('long.csv', ['time,meter,value', ...lines].join('\n'))
}

const open = (path: string) =>
  csvRows(path, {
    layout: { kind: 'long', meterColumn: 'meter' },
    meterOf: (name) => name,
    unit: 'kWh',
    zone: null,
    decimalComma: false,
  })

async function run(path: string, states: string, mqttUrl: string, signal?: AbortSignal) {
  const state = await ImportState.open(states, path, { by: 'test' }, false)
  const publisher = await Publisher.connect({ mqttUrl, clientId: 'import', signal })
  const done = await importRows(await open(path), state, {
    publisher,
    topicOf: (meter) => `facility/s/${meter}/reading`,
  }).finally(() => {
    state.save()
    return publisher.end()
  })
  return { done, state }
}

const distinct = (readings: readonly { meter: string; at: number; value: number }[]) =>
  new Set(readings.map(({ meter, at, value }) => `${meter} ${at} ${value}`)).size

describe('an import', () => {
  it('sends every reading of a file once, to its meter', async () => {
    const broker = await brokerOf()
    const { done, state } = await run(longFile(3000), folder(), broker.url)
    expect(broker.readings.length).toBe(3000)
    expect(broker.readings.find(({ at }) => at === T0 + 7 * 60_000)).toEqual({
      site: 's',
      meter: 'b',
      at: T0 + 7 * 60_000,
      value: 7,
      unit: 'kWh',
    })
    expect([done.readings, done.meters.toSorted()]).toEqual([3000, ['a', 'b', 'c']])
    expect(state.reached).toMatchObject({ rows: 3000, readings: 3000, refused: 0 })
    expect(state.reached.finishedAt).not.toBeNull()
  })

  it('that was ended goes on after what was acknowledged, and tells of every row once', async () => {
    const [broker, path, states] = [await brokerOf(), longFile(), folder()]
    const ending = new AbortController()
    broker.heard.onMessage = () => broker.heard.messages === 40 && ending.abort()
    await expect(run(path, states, broker.url, ending.signal)).rejects.toThrow('aborted')
    const sentBefore = broker.readings.length
    expect(sentBefore).toBeLessThan(ROWS)
    broker.heard.onMessage = () => {}
    const before = await ImportState.open(states, path, { by: 'test' }, false)
    expect(before.reached.rows).toBeGreaterThanOrEqual(20_000)
    const { done, state } = await run(path, states, broker.url)
    expect(done.readings).toBe(ROWS - 6 - before.reached.readings)
    expect(state.reached).toMatchObject({ rows: ROWS, readings: ROWS - 6, refused: 6 })
    expect(distinct(broker.readings)).toBe(ROWS - 6)
    // What was on its way when it ended came twice, and nothing else.
    expect(broker.readings.length - (ROWS - 6)).toBeLessThanOrEqual(40_000)
    expect(done.refused + before.reached.refused).toBe(6)
  })

  it('waits for a broker that goes away in the midst, and nothing is missing', async () => {
    const [first, path] = [await brokerOf(), longFile()]
    let second: Awaited<ReturnType<typeof brokerOf>> | undefined
    first.heard.onMessage = async () => {
      if (first.heard.messages !== 10) return
      await first.close()
      second = await brokerOf(first.port)
    }
    await run(path, folder(), first.url)
    expect(second?.readings.length).toBeGreaterThan(0)
    expect(distinct([...first.readings, ...(second?.readings ?? [])])).toBe(ROWS - 6)
  }, 30_000)
})

describe('how far an import has come', () => {
  it('is kept for the content of a file and the way in which it is read', async () => {
    const states = folder()
    const [path, same, other] = [fileOf('a', 'x'), fileOf('b', 'x'), fileOf('a', 'y')]
    const state = await ImportState.open(states, path, { unit: 'kWh' }, false)
    state.reach({ rows: 5 })
    state.save()
    const rows = async (...args: [string, object, boolean]) =>
      (await ImportState.open(states, ...args)).reached.rows
    expect(await rows(same, { unit: 'kWh' }, false)).toBe(5)
    expect(await rows(other, { unit: 'kWh' }, false)).toBe(0)
    expect(await rows(path, { unit: 'MWh' }, false)).toBe(0)
    expect(await rows(path, { unit: 'kWh' }, true)).toBe(0)
    expect(readdirSync(states).length).toBe(3)
  })

  it('is refused where it cannot be read or kept, before anything is sent', async () => {
    const states = folder()
    const path = fileOf('a', 'x')
    const state = await ImportState.open(states, path, {}, false)
    writeFileSync(state.path, '{"rows": -1')
    await expect(ImportState.open(states, path, {}, false)).rejects.toThrow(
      'is no state of an import; delete it to begin anew',
    )
    await expect(ImportState.open(join(path, 'below'), path, {}, false)).rejects.toThrow(
      /cannot be (read|written)/,
    )
    await expect(ImportState.open(states, '/nowhere', {}, false)).rejects.toThrow('there is no such file')
  })
})
