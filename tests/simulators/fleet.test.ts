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
