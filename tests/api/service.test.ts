import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashOfKey } from '../../api/keys.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-07-10T04:30:00Z')
const org = organisation([
  site({ id: 'park', meters: [incomer('e'), incomer('quiet')], areas: [{ id: 'a' }] }),
])

let api: TestApi
beforeAll(async () => {
  api = await testApi(org, NOW)
  await api.take(
    [
      ['e', NOW - 60_000, 1.5, 'MWh'],
      ['e', NOW - 120_000, 1400],
    ],
    [
      {
        id: 'q1',
        receivedAt: NOW,
        topic: 't',
        payload: 'x',
        bytes: 1,
        readings: 1,
        issue: { code: 'not-json', message: 'no JSON' },
      },
    ],
  )
})
afterAll(() => api.close())

describe('the organisation', () => {
  it('is answered with each meter’s last reading and state', async () => {
    const { body } = await api.get('/meters')
    expect(body.rows[0]).toMatchObject({
      id: 'e',
      topic: 'facility/park/e/reading',
      state: 'live',
      last: { value: 1.5, unit: 'MWh' },
    })
    expect(body.rows[1]).toMatchObject({ id: 'quiet', state: 'never-heard', last: null })
    const sites = await api.get('/sites')
    expect(sites.body.rows[0]).toMatchObject({
      id: 'park',
      utilities: ['electricity'],
      floorAreaM2: null,
      meters: ['e', 'quiet'],
    })
  })
})

describe('GET /readings', () => {
  it('gives readings as they came, page by page', async () => {
    const first = await api.get('/readings?meter=e&from=2026-07-10&limit=1')
    expect(first.body.rows).toEqual([
      {
        at: '2026-07-10T04:28:00.000Z',
        value: 1400,
        unit: 'kWh',
        receivedAt: '2026-07-10T04:30:00.000Z',
        flags: [],
      },
    ])
    const second = await api.get(`/readings?meter=e&from=2026-07-10&limit=1&after=${first.body.next}`)
    expect(second.body).toMatchObject({ rows: [{ value: 1.5, unit: 'MWh' }], next: null })
  })

  it('refuses a page that is none', async () => {
    for (const path of ['/quarantine?after=x', '/entries?after=x', '/readings?meter=e&after=x']) {
      expect((await api.get(path)).body.errors[0].field, path).toBe('after')
    }
  })

  it('names the meters that there are', async () => {
    const seen = await api.get('/readings?meter=x')
    expect([seen.status, seen.body.errors[0].accepted]).toEqual([404, ['e', 'quiet']])
  })
})

describe('the quarantine', () => {
  it('is listed with the reason', async () => {
    const { body } = await api.get('/quarantine')
    expect(body.rows[0]).toMatchObject({
      topic: 't',
      payload: 'x',
      code: 'not-json',
      reason: 'no JSON',
      time: '2026-07-10T04:30:00.000Z',
    })
  })
})

describe('the reference', () => {
  it('describes every call', async () => {
    const { body } = await api.get('/openapi.json')
    expect(body.openapi).toMatch(/^3\./)
    for (const path of [
      'health',
      'sites',
      'meters',
      'readings',
      'consumption',
      'kpis',
      'targets',
      'quarantine',
      'entries',
      'entries/import',
      'entries/consistency',
      'entries/{id}',
      'savings',
      'stream',
    ]) {
      expect(Object.keys(body.paths)).toContain(`/api/v1/${path}`)
    }
    expect((await api.app.inject({ url: '/docs/' })).statusCode).toBe(200)
  })

  it('answers unknown paths with a problem', async () => {
    expect(await api.get('/nothing')).toMatchObject({
      status: 404,
      body: { type: 'urn:wattwell:problem:unknown-path' },
    })
  })
})

describe('with a key', () => {
  it('the API answers only to it, in the header or the page’s cookie; the health call stays open', async () => {
    const closed = await testApi(org, NOW, { keys: [hashOfKey('secret')] })
    const status = async (url: string, headers = {}) => (await closed.app.inject({ url, headers })).statusCode
    expect(await status('/api/v1/sites')).toBe(401)
    expect(await status('/api/v1/sites', { authorization: 'Bearer wrong' })).toBe(401)
    expect(await status('/api/v1/sites', { authorization: 'Bearer secret' })).toBe(200)
    expect(await status('/api/v1/sites', { cookie: 'a=b; wattwell_key=secret' })).toBe(200)
    for (const url of [
      '/%61pi/v1/sites',
      '/api/v1/%73ites',
      '/api/v1//sites',
      'http://elsewhere/api/v1/sites',
    ]) {
      expect(await status(url), url).not.toBe(200)
    }
    expect(await status('/api/v1/sites', { cookie: 'wattwell_key=%E0%A4%A' })).toBe(401)
    expect(await status('/api/v1/health')).not.toBe(401)
    await closed.close()
  })
})
