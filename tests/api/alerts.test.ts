import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Alert, Pause } from '../../core/alert.ts'
import { Notices } from '../../roles/notices.ts'
import { MemoryStore } from '../../store/memory.ts'
import { alertOf, HOUR, NOON } from '../alerts/support.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const world = organisation([
  site({ id: 'park', name: { en: 'North Park', zh: '北方科技园' }, meters: [incomer('park-in')] }),
  site({ id: 'depot', name: { en: 'Depot', zh: '中心仓库' }, meters: [incomer('depot-in')] }),
])

const one = (id: string, over: Partial<Alert> = {}) =>
  alertOf({ id, rule: 'leak', subject: 'site:park', site: 'park', ...over })

const alerts: readonly Alert[] = [
  one('ended', { status: 'resolved', since: NOON - HOUR, resolvedAt: NOON }),
  one('watched', {
    status: 'pending',
    firedAt: null,
    since: NOON - HOUR,
    site: 'depot',
    subject: 'site:depot',
  }),
  one('older', { since: NOON - 9 * HOUR, severity: 'critical' }),
  one('newer', {
    since: NOON - 3 * HOUR,
    subject: 'meter:park-in',
    course: { unit: 'm3', from: NOON - 2 * HOUR, stepMs: HOUR, values: [1, null], high: [2, 2] },
  }),
]

let api: TestApi

beforeAll(async () => {
  api = await testApi(world, NOON, { store: new MemoryStore() })
})
beforeEach(async () => {
  api.clock.now = NOON
  await api.notices.book.change((pages) => ({ ...pages, alerts, pauses: [] }))
})
afterAll(() => api.close())

const ids = async (query = '') => {
  const { body } = await api.get(`/alerts${query}`)
  return body.rows.map(({ id }: { id: string }) => id)
}
const remove = async (path: string) => {
  const response = await api.app.inject({ method: 'DELETE', url: `/api/v1${path}` })
  return { status: response.statusCode, body: response.json() }
}
const silence = (of: Pause['of'], to = '2026-03-04T14:00:00+08:00') =>
  api.post('/pauses', { kind: 'silence', of, to, by: 'Lin', note: 'on order' })

describe('GET /alerts', () => {
  it('lists open ones first, then what may pass, then what ended, the newest first', async () => {
    expect(await ids()).toEqual(['newer', 'older', 'watched', 'ended'])
  })

  it('goes page by page, and shows only what is asked for', async () => {
    const { body } = await api.get('/alerts?limit=3')
    expect(await ids(`?limit=3&after=${body.next}`)).toEqual(['ended'])
    expect(await ids('?status=open')).toEqual(['newer', 'older'])
    expect(await ids('?status=pending,resolved')).toEqual(['watched', 'ended'])
    expect(await ids('?site=depot')).toEqual(['watched'])
    expect(await ids('?severity=critical')).toEqual(['older'])
  })

  it('names site, subject and rule in both languages, and times with their zone', async () => {
    const { body } = await api.get('/alerts?limit=1')
    expect(body.rows[0]).toMatchObject({
      siteName: { en: 'North Park', zh: '北方科技园' },
      subjectName: { en: 'park-in', zh: 'park-in' },
      ruleName: { en: 'Night flow that never falls', zh: '夜间流量持续不降' },
      since: '2026-03-04T01:00:00.000Z',
      cost: { m3: 3.6 },
    })
  })

  it('refuses a status and a site that there are not, with those that there are', async () => {
    const status = await api.get('/alerts?status=loud')
    expect([status.status, status.body.errors[0].field]).toEqual([400, 'status'])
    expect(status.body.errors[0].accepted).toContain('open')
    const place = await api.get('/alerts?site=nowhere')
    expect([place.status, place.body.errors[0].accepted]).toEqual([404, ['park', 'depot']])
  })
})

describe('GET /alerts/{id}', () => {
  it('has the course with its band', async () => {
    const { body } = await api.get('/alerts/newer')
    expect(body.course).toEqual({
      unit: 'm3',
      from: '2026-03-04T02:00:00.000Z',
      stepMs: HOUR,
      values: [1, null],
      high: [2, 2],
    })
    expect((await api.get('/alerts/older')).body.course).toBeNull()
    expect((await api.get('/alerts/none')).body.errors[0].accepted).not.toContain('ended')
  })
})

describe('POST /alerts/{id}/acknowledge', () => {
  it('keeps who sees to it, and only once', async () => {
    const { status, body } = await api.post('/alerts/older/acknowledge', { by: ' Lin ', note: 'valve' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      status: 'acknowledged',
      acknowledged: { by: 'Lin', note: 'valve', at: '2026-03-04T04:00:00.000Z' },
    })
    const again = await api.post('/alerts/older/acknowledge', { by: 'Wu' })
    expect([again.status, again.body.detail]).toEqual([409, expect.stringContaining('Lin')])
  })

  it('asks for a name', async () => {
    const { status, body } = await api.post('/alerts/older/acknowledge', { by: ' ' })
    expect([status, body.errors[0].field]).toEqual([400, 'by'])
    expect((await api.post('/alerts/watched/acknowledge', { by: 'Lin' })).status).toBe(409)
  })
})

describe('pauses', () => {
  it('silence what they name until their end, and can be ended', async () => {
    const { status, body } = await silence({ rules: ['leak'], sites: ['park'] })
    expect([status, body.state]).toEqual([201, 'in-force'])
    const silenced = async () => (await api.get('/alerts/newer')).body.silenced
    expect(await silenced()).toEqual({ id: body.id, to: '2026-03-04T06:00:00.000Z' })
    expect((await api.get('/alerts/watched')).body.silenced).toBeNull()
    api.clock.now += HOUR / 2
    expect((await remove(`/pauses/${body.id}`)).status).toBe(200)
    expect(await silenced()).toBeNull()
    expect((await api.get('/pauses')).body.rows[0].state).toBe('over')
  })

  it('are there after a restart', async () => {
    await silence({ alerts: ['newer'] })
    await api.post('/alerts/older/acknowledge', { by: 'Lin' })
    const again = await Notices.open({
      data: api.folder,
      smtp: { url: '', from: '' },
      organisation: world,
      rules: [],
      clock: () => NOON,
      log: pino({ level: 'silent' }),
    })
    expect(again.book.pages.pauses).toHaveLength(1)
    expect(again.book.pages.alerts.find(({ id }) => id === 'older')?.status).toBe('acknowledged')
  })

  it('that are to come are gone when they are ended', async () => {
    const { body } = await api.post('/pauses', {
      kind: 'planned-outage',
      of: { meters: ['park-in'] },
      from: '2026-03-05T00:00:00+08:00',
      to: '2026-03-05T08:00:00+08:00',
      by: 'Zhou',
    })
    expect(body.state).toBe('to-come')
    await remove(`/pauses/${body.id}`)
    expect((await api.get('/pauses')).body.rows).toEqual([])
  })

  it.each([
    ['to', { to: 'tomorrow' }],
    ['to', { to: '2026-03-04T09:00:00+08:00' }],
    ['from', { from: '2026-03-04', to: '2026-03-05T09:00:00+08:00' }],
    ['of.meters', { of: { meters: ['park-out'] } }],
    ['of.rules', { of: { rules: ['leaks'] } }],
    ['by', { by: '' }],
    ['of', { of: { site: ['park'] } }],
  ])('are refused with the field: %s', async (field, wrong) => {
    const right = { kind: 'silence', of: {}, to: '2026-03-04T14:00:00+08:00', by: 'Lin' }
    const { status, body } = await api.post('/pauses', { ...right, ...wrong })
    expect([status, body.errors[0].field]).toEqual([400, field])
  })
})

describe('the stream', () => {
  it('tells which alerts have changed', async () => {
    await api.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = api.app.server.address() as { port: number }
    const aborted = new AbortController()
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/stream`, { signal: aborted.signal })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    await api.post('/alerts/older/acknowledge', { by: 'Lin' })
    let text = ''
    while (!text.includes('event: alerts')) text += (await reader?.read())?.value ?? ''
    aborted.abort()
    expect(text).toContain('data: {"changed":["older"],"pauses":false,"subscriptions":false}')
  })
})
