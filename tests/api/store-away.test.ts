import { describe, expect, it, onTestFinished } from 'vitest'
import { InfluxStore } from '../../store/influx.ts'
import { silent } from '../ingest/fixture-organisation.ts'
import { testApi } from '../support/api.ts'
import { freePort } from '../support/free-port.ts'
import { type Answer, serve } from '../support/http-server.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const org = organisation([site({ id: 'park', meters: [incomer('e')] })])
const entry = {
  scope: 'site:park',
  quantity: 'energy',
  period: '2025',
  value: 5,
  unit: 'MWh',
  source: 'invoice',
}

/** The API over an InfluxDB at `url`. */
async function apiOver(url: string) {
  const location = { url, token: '', username: '', password: '', database: 'w' }
  const store = await InfluxStore.open(location, 'one', silent)
  const { app, close } = await testApi(org, Date.UTC(2026, 6, 1, 12), { store })
  onTestFinished(close)
  return app
}

/** An InfluxDB 1.8 that is empty and answers every write with `answer`. */
async function writesAnswer(answer: Answer) {
  const { url, close } = await serve(({ path }) => {
    if (path.startsWith('/write')) return answer
    return { status: 200, headers: { 'x-influxdb-version': '1.8.10' }, body: { results: [{}] } }
  })
  onTestFinished(close)
  return url
}

describe('a store that takes or gives nothing', () => {
  it.each([
    [
      'busy, and says until when',
      { status: 503, headers: { 'retry-after': '7' } },
      '7',
      /takes nothing: 503/,
    ],
    ['busy', { status: 500, body: { error: 'engine: closed' } }, '5', /takes nothing: 500: engine: closed/],
    [
      'one that must be seen to',
      { status: 403, body: { error: 'not yours' } },
      '60',
      /refuses: 403: not yours/,
    ],
  ])('is a 503 with a hint when to ask again: %s', async (_, answer, retryAfter, detail) => {
    const app = await apiOver(await writesAnswer(answer))
    const response = await app.inject({ method: 'POST', url: '/api/v1/entries', payload: entry })
    expect(response.statusCode).toBe(503)
    expect(response.headers['content-type']).toContain('application/problem+json')
    expect(response.headers['retry-after']).toBe(retryAfter)
    expect(response.json()).toMatchObject({
      type: 'urn:wattwell:problem:store-unavailable',
      title: 'The store does not answer',
      detail: expect.stringMatching(detail),
    })
  })

  it.each(['/meters', '/readings?meter=e', '/consumption?scope=meter:e', '/quarantine', '/entries'])(
    'is a 503 of GET %s',
    async (path) => {
      const app = await apiOver(`http://127.0.0.1:${await freePort()}`)
      const response = await app.inject({ url: `/api/v1${path}` })
      expect([response.statusCode, response.json().detail]).toEqual([
        503,
        expect.stringContaining('ECONNREFUSED'),
      ])
    },
  )
})
