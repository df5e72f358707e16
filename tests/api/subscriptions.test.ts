import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { MemoryStore } from '../../store/memory.ts'
import { NOON } from '../alerts/support.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { serve } from '../support/http-server.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const world = organisation([site({ id: 'park', meters: [incomer('park-in')] })])

let api: TestApi

beforeAll(async () => {
  api = await testApi(world, NOON, { store: new MemoryStore() })
  api.notices.begin(null, 'http://127.0.0.1')
})
beforeEach(() => api.notices.book.change((pages) => ({ ...pages, subscriptions: [], deliveries: [] })))
afterAll(() => api.close())

const remove = async (path: string) => {
  const response = await api.app.inject({ method: 'DELETE', url: `/api/v1${path}` })
  return { status: response.statusCode, body: response.json() }
}
const mail = { name: 'Duty', channel: { kind: 'email', address: 'duty@example.com' } }

/** A receiver of webhooks that answers as it is told. */
async function receiver(status: number) {
  const server = await serve(() => ({ status, ...(status !== 200 && { body: 'no such hook' }) }))
  onTestFinished(() => server.close())
  return server
}

describe('POST /subscriptions', () => {
  it('fills in what was left out, and shows no secret', async () => {
    const { status, body } = await api.post('/subscriptions', mail)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      name: 'Duty',
      channel: { kind: 'email', to: 'duty@example.com' },
      lang: 'en',
      when: 'immediate',
      state: 'active',
      waiting: 0,
      last: null,
    })
    expect(body).not.toHaveProperty('token')
    expect((await api.get('/subscriptions')).body.rows).toEqual([body])
  })

  it('shows a secret that was made for a webhook this once', async () => {
    const { body } = await api.post('/subscriptions', {
      name: 'Hub',
      channel: { kind: 'webhook', url: 'http://127.0.0.1:9/hook' },
    })
    expect(body.newSecret).toMatch(/^whsec_/)
    const [row] = (await api.get('/subscriptions')).body.rows
    expect(row).not.toHaveProperty('newSecret')
    expect(row.channel.secret).toBe(`…${body.newSecret.slice(-4)}`)
  })

  it('keeps the address of a chat to itself, which is a secret', async () => {
    const url = 'https://hooks.slack.com/services/T00/B00/abcdefgh'
    const { body } = await api.post('/subscriptions', { name: 'Chat', channel: { kind: 'slack', url } })
    expect(JSON.stringify(body)).not.toContain('services')
    expect(body.channel.to).toBe('https://hooks.slack.com/…efgh')
  })

  it.each([
    ['channel.address', { channel: { kind: 'email', address: 'duty' } }],
    ['channel.url', { channel: { kind: 'webhook', url: 'ftp://example.com' } }],
    ['of.sites.0', { of: { sites: ['nowhere'] } }],
    ['of.rules.0', { of: { rules: ['leaks'] } }],
    ['at', { at: '25:00', when: 'daily' }],
    ['zone', { zone: 'Mars' }],
    ['capPerHour', { capPerHour: 0 }],
  ])('refuses with the field: %s', async (field, wrong) => {
    const { status, body } = await api.post('/subscriptions', { ...mail, ...wrong })
    expect([status, body.errors[0].field]).toEqual([400, field])
  })
})

describe('POST /subscriptions/{id}/test', () => {
  it('sends one now and answers that it arrived', async () => {
    const { url, requests } = await receiver(200)
    const { body: made } = await api.post('/subscriptions', {
      name: 'Hub',
      channel: { kind: 'webhook', url },
    })
    const { status, body } = await api.post(`/subscriptions/${made.id}/test`, {})
    expect([status, body.state, body.kind]).toEqual([200, 'delivered', 'test'])
    expect(requests.map(({ headers }) => headers['webhook-id'])).toEqual([body.id])
    const [row] = (await api.get(`/deliveries?subscription=${made.id}`)).body.rows
    expect(row).toMatchObject({ id: body.id, attempts: 1, lastError: null })
    const [shown] = (await api.get('/subscriptions')).body.rows
    expect(shown.last).toMatchObject({ id: body.id, state: 'delivered' })
  })

  it('answers why it did not, and a receiver that is gone can be enabled again', async () => {
    const { url } = await receiver(410)
    const { body: made } = await api.post('/subscriptions', {
      name: 'Hub',
      channel: { kind: 'webhook', url },
    })
    const { body } = await api.post(`/subscriptions/${made.id}/test`, {})
    expect([body.state, body.lastError]).toEqual(['failed', expect.stringContaining('410')])
    const [ended] = (await api.get('/subscriptions')).body.rows
    expect([ended.state, ended.reason]).toEqual(['disabled', expect.stringContaining('410')])
    const { body: again } = await api.post(`/subscriptions/${made.id}/enable`, {})
    expect(again.state).toBe('active')
    expect(again).not.toHaveProperty('reason')
  })
})

describe('DELETE /subscriptions', () => {
  it('forgets one, by the path or by the query', async () => {
    for (const path of [(id: string) => `/${id}`, (id: string) => `?id=${id}`]) {
      const { body: made } = await api.post('/subscriptions', mail)
      expect((await remove(`/subscriptions${path(made.id)}`)).body.id).toBe(made.id)
      expect((await remove(`/subscriptions${path(made.id)}`)).status).toBe(404)
    }
    expect((await api.get('/subscriptions')).body.rows).toEqual([])
  })
})

describe('the page behind the link in a message', () => {
  async function token(): Promise<string> {
    await api.post('/subscriptions', { ...mail, name: 'Duty <night>', lang: 'zh' })
    return api.notices.subscriptions.all.at(-1)?.token as string
  }
  const state = async () => (await api.get('/subscriptions')).body.rows[0].state

  it('asks first, so that a scanner that follows links ends nothing', async () => {
    const address = `/unsubscribe/${await token()}`
    const response = await api.app.inject({ url: address })
    expect([response.statusCode, response.headers['referrer-policy']]).toEqual([200, 'no-referrer'])
    expect(response.body).toContain('不再向 duty@example.com 发送“Duty &lt;night>”的告警？')
    expect(await state()).toBe('active')
  })

  it('does it by the one click of a mail program, and a second time as well', async () => {
    const address = `/unsubscribe/${await token()}`
    for (let i = 0; i < 2; i += 1) {
      const response = await api.app.inject({
        method: 'POST',
        url: address,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'List-Unsubscribe=One-Click',
      })
      expect([response.statusCode, response.body.includes('已退订')]).toEqual([200, true])
    }
    expect(await state()).toBe('unsubscribed')
    const [{ id }] = (await api.get('/subscriptions')).body.rows
    expect((await api.post(`/subscriptions/${id}/enable`, {})).status).toBe(409)
  })

  it('says of another token that it belongs to nobody', async () => {
    for (const method of ['GET', 'POST'] as const) {
      const response = await api.app.inject({ method, url: '/unsubscribe/none' })
      expect([response.statusCode, response.headers['content-type']]).toEqual([
        404,
        'text/html; charset=utf-8',
      ])
    }
  })
})
