import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { HOUR_MS } from '../../core/window.ts'
import type { Clock } from '../../simulators/clock.ts'
import { runFleet } from '../../simulators/fleet.ts'
import { brokerOf, type Received } from './support/broker.ts'
import { organisationOf } from './support/demo.ts'

const organisation = organisationOf({
  areas: [{ id: 'all', floorArea: [{ from: '2020-01-01', m2: 4000 }] }],
  meters: [
    { id: 'e-in', utility: 'electricity', role: 'import', register: { unit: 'kWh', digits: 8 } },
    {
      id: 'e-it',
      utility: 'electricity',
      role: 'submeter',
      parent: 'e-in',
      use: 'it',
      gauge: { unit: 'kW' },
    },
    { id: 'w-in', utility: 'tap-water', role: 'import', register: { unit: 'm3', digits: 6 } },
    { id: 'e-rest', utility: 'electricity', role: 'virtual', formula: 'e-in - e-it' },
  ],
})
const METERS = 3

/** 1 January of last year in Shanghai, and a clock that stands not long after it. */
const ORIGIN = Date.parse('2025-01-01T00:00:00+08:00')
const NOW = Date.parse('2026-01-12T10:07:30+08:00')

function statePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'simulator.json')
}

function standing(now: number): Clock {
  return { now: () => now, sleep: async () => {} }
}

/** A clock that leaps from minute to minute, and calls off the run after some of them. */
function leaping(from: number, minutes: number, stop: AbortController): Clock {
  let now = from
  let left = minutes
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms
      if (left === 0) stop.abort()
      left -= 1
    },
  }
}

function of(readings: readonly Received[], meter: string): Received[] {
  return readings.filter((reading) => reading.meter === meter)
}

test('a history reaches the broker, each reading once, by the hour and at last by the quarter', async () => {
  const { url, readings } = await brokerOf()
  const seen: number[] = []
  const { readings: count } = await runFleet({
    mqttUrl: url,
    organisation,
    statePath: statePath(),
    clock: standing(NOW),
    live: false,
    onProgress: ({ done, total }) => seen.push(done / total),
  })
  expect(readings.length).toBe(count)
  expect(new Set(readings.map(({ meter, at }) => `${meter} ${at}`)).size).toBe(count)
  expect(new Set(readings.map(({ meter }) => meter)).size).toBe(METERS)
  const instants = of(readings, 'w-in').map(({ at }) => at)
  expect(instants[0]).toBe(ORIGIN)
  expect(instants[1]).toBe(ORIGIN + HOUR_MS)
  expect(instants.at(-1)).toBe(Date.parse('2026-01-12T10:00:00+08:00'))
  expect(instants.at(-2)).toBe(Date.parse('2026-01-12T09:45:00+08:00'))
  expect(instants).toEqual(instants.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toBe(1)
})

test('after a restart the same registers go on, with no second history', async () => {
  const { url, readings } = await brokerOf()
  const path = statePath()
  const run = (now: number) =>
    runFleet({ mqttUrl: url, organisation, statePath: path, clock: standing(now), live: false })
  await run(NOW)
  const before = readings.length
  expect(await run(NOW)).toEqual({ readings: 0 })
  expect(readings.length).toBe(before)
  const later = await run(NOW + 5 * HOUR_MS)
  expect(later.readings).toBe(5 * 4 * METERS)
  for (const meter of ['e-in', 'w-in']) {
    const values = of(readings, meter).map(({ value }) => value)
    expect(values).toEqual(values.toSorted((a, b) => a - b))
  }

  const other = await brokerOf()
  const atOnce = { mqttUrl: other.url, organisation, statePath: statePath(), live: false }
  await runFleet({ ...atOnce, clock: standing(NOW + 5 * HOUR_MS) })
  expect(of(other.readings, 'e-in').at(-1)).toEqual(of(readings, 'e-in').at(-1))
})

test('a run that was broken off goes on, and what it repeats is the same', async () => {
  const { url, readings, heard } = await brokerOf()
  const path = statePath()
  const run = (signal?: AbortSignal) =>
    runFleet({ mqttUrl: url, organisation, statePath: path, clock: standing(NOW), live: false, signal })
  const stop = new AbortController()
  heard.onMessage = () => {
    if (heard.messages === 7) stop.abort()
  }
  await run(stop.signal)
  const partly = readings.length
  // As after a kill: the state is older than what the broker has.
  const state = JSON.parse(readFileSync(path, 'utf8'))
  delete state.meters['w-in']
  writeFileSync(path, JSON.stringify(state))
  await run()
  expect(readings.length).toBeGreaterThan(partly)
  const faces = new Map<string, number>()
  for (const { meter, at, value } of readings) {
    const key = `${meter} ${at}`
    expect(faces.get(key) ?? value, key).toBe(value)
    faces.set(key, value)
  }
  const whole = await brokerOf()
  await runFleet({
    mqttUrl: whole.url,
    organisation,
    statePath: statePath(),
    clock: standing(NOW),
    live: false,
  })
  expect(faces.size).toBe(whole.readings.length)
})

test('once the past is told every meter speaks each minute', async () => {
  const { url, readings } = await brokerOf()
  const stop = new AbortController()
  const clock = leaping(NOW, 3, stop)
  await runFleet({ mqttUrl: url, organisation, statePath: statePath(), clock, signal: stop.signal })
  const live = of(readings, 'e-in').slice(-3)
  expect(live.map(({ at }) => new Date(at).toISOString())).toEqual([
    '2026-01-12T02:08:00.000Z',
    '2026-01-12T02:09:00.000Z',
    '2026-01-12T02:10:00.000Z',
  ])
  expect(live.map(({ unit }) => unit)).toEqual(['kWh', 'kWh', 'kWh'])
})

test('a broker that goes away and comes back gets everything, in order', async () => {
  const first = await brokerOf()
  const warnings: string[] = []
  first.heard.onMessage = () => {
    if (first.heard.messages === 6) void first.close().then(() => back(brokerOf(first.port)))
  }
  let back: (broker: ReturnType<typeof brokerOf>) => void = () => {}
  const second = new Promise<Awaited<ReturnType<typeof brokerOf>>>((resolve) => {
    back = resolve
  })
  const { readings: count } = await runFleet({
    mqttUrl: first.url,
    organisation,
    statePath: statePath(),
    clock: standing(NOW),
    log: { info: () => {}, warn: (text) => void warnings.push(text) },
    live: false,
  })
  const all = [...first.readings, ...(await second).readings]
  expect(new Set(all.map(({ meter, at, value }) => `${meter} ${at} ${value}`)).size).toBe(count)
  // A message that was under way is sent again; beyond that, each reading comes after those before it.
  const instants = of((await second).readings, 'w-in').map(({ at }) => at)
  expect(instants).toEqual(instants.toSorted((a, b) => a - b))
  expect(warnings).toEqual([expect.stringContaining(`the broker ${first.url} is away`)])
})

test('a state that is none is refused by name', async () => {
  const path = statePath()
  writeFileSync(path, '{"seed": 1}')
  const run = runFleet({ mqttUrl: 'mqtt://127.0.0.1:1', organisation, statePath: path })
  await expect(run).rejects.toThrow(`${path} is no state of the simulator`)
})

const FAULTS = { late: 0.1, dropouts: 0.02, resets: 0.01, replacements: 0.01, duplicates: 0.05, spikes: 0.01 }

test('a history with faults goes on after any rest as if it had been told at once', async () => {
  const { url, readings } = await brokerOf()
  const path = statePath()
  const run = (now: number) =>
    runFleet({
      mqttUrl: url,
      organisation,
      statePath: path,
      clock: standing(now),
      live: false,
      faults: FAULTS,
    })
  await run(NOW)
  const first = readings.length
  await run(NOW)
  expect(readings.length).toBe(first)
  await run(NOW + 31 * HOUR_MS)
  expect(readings.length).toBeGreaterThan(first)

  const other = await brokerOf()
  const atOnce = { mqttUrl: other.url, organisation, statePath: statePath(), live: false, faults: FAULTS }
  await runFleet({ ...atOnce, clock: standing(NOW + 31 * HOUR_MS) })
  const sorted = (list: readonly Received[]) => list.map((reading) => JSON.stringify(reading)).toSorted()
  expect(sorted(readings)).toEqual(sorted(other.readings))
  expect(new Set(readings.map((reading) => JSON.stringify(reading))).size).toBeLessThan(readings.length)
})

test('live readings have their faults too', async () => {
  const { url, readings } = await brokerOf()
  const stop = new AbortController()
  const clock = leaping(NOW, 200, stop)
  const faults = { dropouts: 0.2, duplicates: 0.3 }
  await runFleet({ mqttUrl: url, organisation, statePath: statePath(), clock, signal: stop.signal, faults })
  const live = readings.filter(({ at }) => at > NOW)
  const different = new Set(live.map(({ meter, at }) => `${meter} ${at}`)).size
  expect(different).toBeLessThan(200 * METERS)
  expect(live.length).toBeGreaterThan(different)
})

test('what a history began with holds, and whoever asks for something else is told', async () => {
  const { url, readings } = await brokerOf()
  const path = statePath()
  const base = { mqttUrl: url, organisation, statePath: path, live: false }
  await runFleet({ ...base, clock: standing(NOW), faults: { dropouts: 0.05 }, without: ['floodlights'] })
  const before = readings.length
  const warnings: string[] = []
  const log = { info: () => {}, warn: (text: string) => void warnings.push(text) }
  await runFleet({ ...base, clock: standing(NOW), seed: 'other', log })
  expect(readings.length).toBe(before)
  expect(warnings).toEqual([
    expect.stringContaining('seed "wattwell", not "other"'),
    expect.stringContaining('measures left out: floodlights, not none'),
    expect.stringContaining('faults: dropouts=0.05, not none'),
  ])
})

test('a replacement is told for the journal', async () => {
  const { url } = await brokerOf()
  const said: string[] = []
  const log = { info: (text: string) => void said.push(text), warn: () => {} }
  await runFleet({
    mqttUrl: url,
    organisation,
    statePath: statePath(),
    clock: standing(NOW),
    live: false,
    faults: { replacements: 0.02 },
    log,
  })
  const told = said.flatMap((text) =>
    text.startsWith('for the journal: ') ? [JSON.parse(text.slice(17))] : [],
  )
  expect(told.length).toBeGreaterThan(0)
  for (const one of told) expect(one).toMatchObject({ kind: 'replacement', multiplier: expect.any(Number) })
})
