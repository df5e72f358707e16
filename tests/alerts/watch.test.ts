import { describe, expect, it } from 'vitest'
import { acknowledge, endPause, pause } from '../../alerts/acts.ts'
import { DAY_MS } from '../../core/calendar.ts'
import { HOUR_MS } from '../../core/window.ts'
import { batchOf } from '../support/batch.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { only, World } from './world.ts'

const T0 = Date.UTC(2026, 2, 2)
const MINUTE = 60_000

const one = () => organisation([site({ id: 's', meters: [incomer('m'), incomer('n')] })])

/** Reads every meter and looks, every three hours. */
async function go(
  world: World,
  rates: Record<string, (at: number) => number | null>,
  from: number,
  to: number,
) {
  for (let at = from; at < to; at += 3 * HOUR_MS) {
    await world.read(rates, at, at + 3 * HOUR_MS)
    await world.watch.look(at + 3 * HOUR_MS)
  }
}

describe('a silent meter', () => {
  it('is told once, also over a restart, and once when it is heard again', async () => {
    const world = await World.of(one(), only('silent'))
    await world.read({ m: () => 5, n: () => 5 }, T0, T0 + HOUR_MS)
    await world.read({ n: () => 5 }, T0 + HOUR_MS, T0 + 8 * HOUR_MS)
    for (let at = T0 + 2 * HOUR_MS; at < T0 + 5 * HOUR_MS; at += 5 * MINUTE) await world.watch.look(at)
    expect(world.heard()).toEqual(['firing silent meter:m'])
    await world.restart()
    for (let at = T0 + 5 * HOUR_MS; at < T0 + 6 * HOUR_MS; at += 5 * MINUTE) await world.watch.look(at)
    expect(world.heard()).toEqual([])
    await world.read({ m: () => 5 }, T0 + 6 * HOUR_MS, T0 + 7 * HOUR_MS)
    await world.watch.look(T0 + 7 * HOUR_MS)
    await world.restart()
    await world.watch.look(T0 + 7 * HOUR_MS + MINUTE)
    expect(world.heard()).toEqual(['resolved silent meter:m'])
  })

  it('that stays silent is not written down anew every minute', async () => {
    const world = await World.of(one(), only('silent'))
    await world.read({ m: () => 5, n: () => 5 }, T0, T0 + HOUR_MS)
    await world.read({ n: () => 5 }, T0 + HOUR_MS, T0 + 8 * HOUR_MS)
    for (let at = T0 + 2 * HOUR_MS; at < T0 + 5 * HOUR_MS; at += 5 * MINUTE) await world.watch.look(at)
    expect(world.heard()).toEqual(['firing silent meter:m'])
    let changes = 0
    world.book.listen(() => (changes += 1))
    for (let at = T0 + 5 * HOUR_MS; at < T0 + 6 * HOUR_MS; at += MINUTE) await world.watch.look(at)
    // One a tenth of an hour, which its sentence tells, and one for the hour that was looked at.
    expect(changes).toBeLessThanOrEqual(12)
    expect(changes).toBeGreaterThanOrEqual(10)
  })

  it('of a planned outage is none, and its time begins anew when that is over', async () => {
    const world = await World.of(one(), only('silent'))
    await world.read({ m: () => 5, n: () => 5 }, T0, T0 + HOUR_MS)
    await world.read({ n: () => 5 }, T0 + HOUR_MS, T0 + 14 * HOUR_MS)
    const outage = { kind: 'planned-outage', of: { meters: ['m'] }, from: T0, to: T0 + 9 * HOUR_MS } as const
    await world.book.change((pages) => pause(pages, { id: 'p', by: '', note: '', enteredAt: T0, ...outage }))
    for (let at = T0 + HOUR_MS; at <= T0 + 12 * HOUR_MS; at += 10 * MINUTE) await world.watch.look(at)
    expect(world.heard()).toEqual([])
    for (let at = T0 + 12 * HOUR_MS; at <= T0 + 13 * HOUR_MS; at += 10 * MINUTE) await world.watch.look(at)
    expect(world.heard()).toEqual(['firing silent meter:m'])
  })

  it('that never sent, or is not in use any more, is none; one that vanishes from the configuration ends its alert', async () => {
    const meters = [incomer('m'), incomer('n'), { ...incomer('old'), to: '2026-03-02' }, incomer('new')]
    const world = await World.of(organisation([site({ id: 's', meters })]), only('silent'))
    await world.read({ m: () => 5, n: () => 5, old: () => 5 }, T0 - HOUR_MS, T0)
    await world.read({ n: () => 5 }, T0, T0 + 6 * HOUR_MS)
    for (let at = T0 + 3 * HOUR_MS; at < T0 + 5 * HOUR_MS; at += 10 * MINUTE) await world.watch.look(at)
    expect(world.heard()).toEqual(['firing silent meter:m'])
    await world.restart(world.rules, organisation([site({ id: 's', meters: [incomer('n')] })]))
    await world.watch.look(T0 + 5 * HOUR_MS)
    expect(world.heard()).toEqual(['resolved silent meter:m'])
    expect(world.open).toEqual([])
  })

  it('that is acknowledged is not told again; its rule switched off ends it', async () => {
    const world = await World.of(one(), only('silent'))
    await world.read({ m: () => 5, n: () => 5 }, T0, T0 + HOUR_MS)
    await world.read({ n: () => 5 }, T0 + HOUR_MS, T0 + 80 * HOUR_MS)
    for (let at = T0 + 4 * HOUR_MS; at < T0 + 6 * HOUR_MS; at += 10 * MINUTE) await world.watch.look(at)
    for (let at = T0 + 6 * HOUR_MS; at < T0 + 32 * HOUR_MS; at += HOUR_MS) await world.watch.look(at)
    expect(world.heard()).toEqual(['firing silent meter:m', 'reminder silent meter:m'])
    await world.book.change((pages) => {
      const done = acknowledge(pages, world.open[0]?.id ?? '', { by: 'a', note: 'known', at: T0 })
      return done?.pages ?? pages
    })
    for (let at = T0 + 32 * HOUR_MS; at < T0 + 78 * HOUR_MS; at += HOUR_MS) await world.watch.look(at)
    expect(world.heard()).toEqual([])
    expect(world.open[0]?.status).toBe('acknowledged')
    await world.restart(only())
    await world.watch.look(T0 + 79 * HOUR_MS)
    expect(world.heard()).toEqual(['resolved silent meter:m'])
  })
})

describe('a silence', () => {
  it('that is ended early lets what still fires be told once', async () => {
    const world = await World.of(one(), only('silent'))
    const silence = { kind: 'silence', of: { rules: ['silent'] }, from: T0, to: T0 + DAY_MS } as const
    await world.book.change((pages) => pause(pages, { id: 'p', by: '', note: '', enteredAt: T0, ...silence }))
    await world.read({ m: () => 5, n: () => 5 }, T0, T0 + HOUR_MS)
    await world.read({ n: () => 5 }, T0 + HOUR_MS, T0 + 10 * HOUR_MS)
    for (let at = T0 + 3 * HOUR_MS; at < T0 + 8 * HOUR_MS; at += 15 * MINUTE) await world.watch.look(at)
    expect(world.open[0]?.status).toBe('firing')
    expect(world.heard()).toEqual([])
    await world.book.change((pages) => endPause(pages, 'p', T0 + 8 * HOUR_MS))
    for (let at = T0 + 8 * HOUR_MS; at < T0 + 9 * HOUR_MS; at += 15 * MINUTE) await world.watch.look(at)
    expect(world.heard()).toEqual(['firing silent meter:m'])
  })
})

describe('where everything is silent at once', () => {
  it('it is one alert for the installation, in one change of the book', async () => {
    const sites = Array.from({ length: 20 }, (_, s) =>
      site({ id: `s${s}`, meters: Array.from({ length: 100 }, (_, m) => incomer(`m${s}-${m}`)) }),
    )
    const world = await World.of(organisation(sites), only('silent', 'clock-off'))
    const rows = [...world.organisation.meters.keys()].map((id) => [id, T0, 5] as const)
    await world.store.write({ readings: [batchOf(rows, T0)], touched: [], quarantined: [] })
    for (let at = T0 + 3 * HOUR_MS; at < T0 + 4 * HOUR_MS; at += 10 * MINUTE) await world.watch.look(at)
    expect(world.heard()).toEqual(['firing silent installation'])
    expect(world.open).toHaveLength(1)
  })
})

describe('consumption', () => {
  const daily = (at: number) => (new Date(at).getUTCHours() >= 8 && new Date(at).getUTCHours() < 18 ? 40 : 8)
  const WEEKS = T0 + 14 * DAY_MS

  it('out of its band is told; a gap in it says nothing, and what a gap estimates neither', async () => {
    const world = await World.of(one(), only('out-of-band'))
    await world.read({ m: daily, n: daily }, T0, WEEKS)
    const gone = (at: number) => (at >= WEEKS + 2 * HOUR_MS && at < WEEKS + 30 * HOUR_MS ? null : daily(at))
    await go(world, { m: gone, n: daily }, WEEKS, WEEKS + 36 * HOUR_MS)
    expect(world.heard()).toEqual([])
    const night = (at: number) => (at >= WEEKS + 48 * HOUR_MS ? 40 : daily(at))
    await go(world, { m: night, n: daily }, WEEKS + 36 * HOUR_MS, WEEKS + 55 * HOUR_MS)
    expect(world.heard()).toEqual(['firing out-of-band meter:m'])
    const alert = world.open[0]
    expect(alert?.value).toBeCloseTo(40)
    // Eight hours of 40 kWh where 8 are usual.
    expect(alert?.cost.kWh).toBeCloseTo(256)
    expect(alert?.course?.values).toHaveLength(72)
    expect(alert?.summary.zh).toContain('上限')
  })

  it('that both meters of a site share is no fault of one of them', async () => {
    const three = organisation([site({ id: 's', meters: [incomer('m'), incomer('n'), incomer('o')] })])
    const world = await World.of(three, only('out-of-band'))
    await world.read({ m: daily, n: daily, o: daily }, T0, WEEKS)
    const event = (at: number) => (at >= WEEKS + 20 * HOUR_MS ? 30 : daily(at))
    await go(world, { m: event, n: event, o: event }, WEEKS + 12 * HOUR_MS, WEEKS + 30 * HOUR_MS)
    expect(world.heard()).toEqual([])
  })
})
