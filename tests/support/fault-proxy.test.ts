import { describe, expect, it, onTestFinished } from 'vitest'
import { startFaultProxy } from './fault-proxy.ts'
import { serve } from './http-server.ts'

const TEXT = 'something to read'

/** A server that answers 200 with a text, or 204 without one, and the proxy before it. */
async function proxied() {
  const server = await serve(({ path }) =>
    path === '/nothing' ? { status: 204 } : { status: 200, body: TEXT },
  )
  const proxy = await startFaultProxy(server.url)
  onTestFinished(async () => {
    await proxy.close()
    await server.close()
  })
  const post = (path = '/write', timeoutMs = 2000) =>
    fetch(proxy.url + path, { method: 'POST', body: 'm value=1', signal: AbortSignal.timeout(timeoutMs) })
  return { proxy, server, post }
}

describe('the fault proxy', () => {
  it('passes a request and its answer on as they are', async () => {
    const { proxy, server, post } = await proxied()
    const answer = await post('/write?db=x')
    expect([answer.status, await answer.text()]).toEqual([200, TEXT])
    expect(server.requests).toMatchObject([{ method: 'POST', path: '/write?db=x', body: 'm value=1' }])
    expect((await post('/nothing')).status).toBe(204)
    expect(proxy.hits).toBe(0)
  })

  it('cuts a request before the server has it, and an answer when it has', async () => {
    const { proxy, server, post } = await proxied()
    await proxy.set({ kind: 'cut request' })
    await expect(post()).rejects.toThrow()
    expect([server.requests.length, proxy.hits]).toEqual([0, 1])
    await proxy.set({ kind: 'cut answer' })
    await expect(post()).rejects.toThrow()
    expect([server.requests.length, proxy.hits]).toEqual([1, 1])
    await proxy.set(null)
    expect((await post()).status).toBe(200)
  })

  it.each(['/text', '/nothing'])(
    'gives half an answer to %s: its head, and not all of its body',
    async (path) => {
      const { proxy, server, post } = await proxied()
      await proxy.set({ kind: 'half an answer' })
      const answer = await post(path)
      expect(answer.status).toBe(200)
      await expect(answer.text()).rejects.toThrow()
      expect(server.requests.length).toBe(1)
    },
  )

  it('gives an answer without an end', async () => {
    const { proxy, post } = await proxied()
    await proxy.set({ kind: 'endless answer' })
    const answer = await post('/text', 500)
    expect(answer.status).toBe(200)
    await expect(answer.text()).rejects.toThrow(/timeout|abort/i)
  })

  it('is silent, and the server hears nothing', async () => {
    const { proxy, server, post } = await proxied()
    await proxy.set({ kind: 'silent' })
    await expect(post('/write', 300)).rejects.toThrow(/timeout|abort/i)
    expect(server.requests.length).toBe(0)
  })

  it('lets nobody in, and then listens on the same port again', async () => {
    const { proxy, post } = await proxied()
    const { url } = proxy
    await proxy.set({ kind: 'refuse' })
    await expect(post()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    await proxy.set(null)
    expect(proxy.url).toBe(url)
    expect((await post()).status).toBe(200)
  })

  it('answers by itself, to what it is told to', async () => {
    const { proxy, server, post } = await proxied()
    await proxy.set({
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': '3' },
      body: '{"error":"slow down"}',
      to: ({ path, body }) => path === '/write' && body.includes('value'),
    })
    const answer = await post()
    expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([
      429,
      '3',
      '{"error":"slow down"}',
    ])
    expect((await post('/text')).status).toBe(200)
    expect(server.requests.map(({ path }) => path)).toEqual(['/text'])
    expect(proxy.hits).toBe(1)
  })

  it('is slow, both in answering and in what it lets through', async () => {
    const { proxy, post } = await proxied()
    await proxy.set({ kind: 'slow', latencyMs: 200, bytesPerSecond: 50 })
    const begun = performance.now()
    const answer = await post('/text')
    expect(await answer.text()).toBe(TEXT)
    // 9 bytes of request and 17 of answer, at 50 a second.
    expect(performance.now() - begun).toBeGreaterThan(200 + 180 + 300)
  })
})
