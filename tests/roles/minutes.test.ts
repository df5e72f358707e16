import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Health } from '../../api/context.ts'
import { HOUR_MS } from '../../core/window.ts'
import { quarantined } from '../../ingest/quarantine.ts'
import { Minutes } from '../../roles/minutes.ts'
import { WatchedSeries } from '../../roles/watched-series.ts'
import { MemoryStore } from '../../store/memory.ts'
import { alertOf, NOON } from '../alerts/support.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { injecting } from '../support/api-figures.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { stateOfApi } from '../support/site-figures.ts'
import { health } from '../web/figures.ts'

const park = organisation([
  site({
    id: 'park',
    zone: 'Asia/Shanghai',
    meters: [
      incomer('a'),
      incomer('b'),
      incomer('c'),
      incomer('d'),
      { ...incomer('gone'), to: '2026-01-01' },
      { ...incomer('later'), from: '2027-01-01' },
      { id: 'sum', utility: 'electricity', role: 'virtual', formula: 'a + b' },
    ],
  }),
])
const store = new MemoryStore()
const refused = (code: 'no-time' | 'not-json', at: number) =>
  quarantined({ receivedAt: at, topic: 't', payload: 'x', readings: 1, issue: { code, message: 'm' } })
const gone = Object.assign(alertOf({ id: 'gone', firedAt: NOON - 9 * HOUR_MS }), {
  status: 'resolved',
  resolvedAt: NOON - HOUR_MS,
  cost: { kWh: 12, m3: null },
})
const open = alertOf({ id: 'open', severity: 'critical', subject: 'site:park', site: null })
const pending = alertOf({ id: 'pending', status: 'pending', firedAt: null })

let api: TestApi
let minutes: Minutes
let said: Health

beforeAll(async () => {
  api = await testApi(park, NOON, { store })
  await api.take(
    [
      ['a', NOON - 60_000, 1],
      ['b', NOON - 3 * HOUR_MS, 2],
      ['c', NOON - 50 * HOUR_MS, 3],
    ],
    [refused('no-time', NOON - HOUR_MS), refused('no-time', NOON), refused('not-json', NOON - 26 * HOUR_MS)],
  )
  await api.notices.book.change((pages) => ({ ...pages, alerts: [gone, open, pending] }))
  const { book } = api.notices
  const sink = store.figures
  const watched = new WatchedSeries({ store, sink, organisation: park, book: () => book })
  said = { ...health, figures: { waiting: 2, seconds: 7 } }
  const clock = () => api.clock.now + 4321
  const log = { info() {}, error() {} }
  minutes = new Minutes({ sink, writer: 'wattwell-1', health: async () => said, watched, clock, log })
  await minutes.write()
})
afterAll(() => api.close())

const numbers = (fields: object, names: object) =>
  Object.fromEntries(Object.keys(names).map((name) => [name, (fields as never)[name] ?? null]))

it('a minute holds what the health call answers, and counts of meters and alerts', () => {
  expect(store.figures.all('service')).toEqual([
    {
      measurement: 'service',
      tags: { writer: 'wattwell-1' },
      at: NOON,
      fields: {
        status: 0,
        uptime: 86_400,
        store_ok: 1,
        broker_ok: 1,
        messages: 41_200,
        readings: 41_200,
        refused: 2,
        spool_ok: 1,
        spool_pending: 12,
        spool_bytes: 40_000,
        spool_free: 80_000_000_000,
        spool_rate: 21_000,
        spool_lasts: 3_800_000,
        lag: 0.2,
        windows: 3,
        hours: 3,
        figures_waiting: 2,
        figures_behind: 7,
        quarantine: health.quarantine,
        meters_live: 1,
        meters_late: 1,
        meters_silent: 1,
        meters_never_heard: 1,
        newest_age: 64.321,
        alerts_info: 0,
        alerts_warning: 0,
        alerts_critical: 1,
      },
    },
  ])
})

it('meters and alerts stand as the API gives them', async () => {
  const { meters, alerts } = await stateOfApi(injecting(api.app))
  const points = store.figures.all('meter_state')
  expect(points.map(({ tags }) => tags.meter)).toEqual(
    [...meters.keys()].filter((id) => id !== 'gone' && id !== 'later'),
  )
  for (const { tags, fields, at } of points) {
    expect(at).toBe(Date.parse('2026-03-04T00:00:00+08:00'))
    const wanted = meters.get(tags.meter as string) as object
    expect(numbers(fields, wanted), tags.meter).toEqual(wanted)
  }
  const told = store.figures.all('alert')
  expect(told.map(({ fields }) => fields.id)).toEqual([...alerts.keys()].toSorted())
  for (const { fields } of told) {
    const wanted = alerts.get(fields.id as string) as object
    expect(numbers(fields, wanted), String(fields.id)).toEqual(wanted)
    expect(fields.title_zh).toContain('夜间')
  }
  expect(told.map(({ tags }) => tags.site)).toEqual(['science-park', '-'])
})

it('refused messages are counted by day of the organisation and why, where there are none as well', async () => {
  const days = store.figures.all('quarantined').filter(({ fields }) => fields.count !== 0)
  expect(days.map(({ tags, fields, at }) => [new Date(at).toISOString(), tags.reason, fields.count])).toEqual(
    [
      ['2026-03-03T00:00:00.000Z', 'not-json', 1],
      ['2026-03-04T00:00:00.000Z', 'no-time', 2],
    ],
  )
  expect(store.figures.all('quarantined').length).toBe(32 * 17)
})

it('what has changed is written in the next minute: an alert that ends, a meter that falls silent', async () => {
  await api.post('/alerts/open/acknowledge', { by: 'Lin' })
  api.clock.now += 15 * 60_000
  await minutes.write()
  const { alerts } = await stateOfApi(injecting(api.app))
  const [, acknowledged] = store.figures.all('alert')
  expect(acknowledged?.fields).toMatchObject({ open: 1, acknowledged: 1, acknowledged_after: 0 })
  expect(alerts.get('open')).toMatchObject({ acknowledged_after: 0 })
  // What was refused while the store was away comes late.
  await api.take([], [refused('no-time', NOON - 50 * HOUR_MS)])
  api.clock.now += 22 * HOUR_MS
  await minutes.write()
  const late = store.figures.all('quarantined').filter(({ fields }) => fields.count !== 0)
  expect(late.map(({ fields }) => fields.count)).toEqual([1, 1, 2])
  const newest = store.figures.all('service').at(-1)
  expect(newest?.fields).toMatchObject({
    meters_live: 0,
    meters_late: 1,
    meters_silent: 2,
    alerts_critical: 1,
  })
  const [, b] = store.figures.all('meter_state').filter(({ tags }) => tags.meter === 'b')
  expect(b?.fields).toMatchObject({ state: 2, last_value: 2 })
})

it('of a process without the role service it holds what is its own, and of one without ingest the rest', async () => {
  const [sink, log] = [store.figures, { info() {}, error() {} }]
  const fieldsOf = async (writer: string, answer: Health) => {
    const health = async () => answer
    await new Minutes({ sink, writer, health, watched: null, clock: () => NOON, log }).write()
    const point = store.figures.all('service').find(({ tags }) => tags.writer === writer)
    return Object.entries(point?.fields ?? {}).flatMap(([name, value]) => (value === null ? [] : [name]))
  }
  const ingest: Health = { ...said, roles: ['ingest'], aggregation: null, figures: null, quarantine: null }
  expect(await fieldsOf('in', ingest)).not.toContain('windows')
  expect(await fieldsOf('in', ingest)).toContain('spool_pending')
  const service: Health = { ...said, roles: ['service'], spool: null, received: null }
  expect(await fieldsOf('out', service)).toEqual(expect.arrayContaining(['windows', 'figures_behind']))
  expect(await fieldsOf('out', service)).not.toEqual(expect.arrayContaining(['lag']))
  expect(await fieldsOf('out', service)).not.toContain('broker_ok')
})

it('a minute that cannot be put is a gap, and the next is tried', async () => {
  const before = store.figures.all('service').length
  const down = { put: () => Promise.reject(new Error('away')) }
  const away = new Minutes({
    sink: down,
    writer: 'w',
    health: async () => said,
    watched: null,
    clock: () => NOON,
    log: { info() {}, error() {} },
  })
  await expect(away.write()).rejects.toThrow('away')
  expect(store.figures.all('service').length).toBe(before)
})
