import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from './problems.ts'

/** What is kept of a key. The key has 256 random bits, so a plain hash cannot be guessed back. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** Where keys are configured, everything registered on `api` answers only to them; the health call stays open. */
export function needKey(api: FastifyInstance, keys: readonly string[]): void {
  if (keys.length === 0) return
  const known = keys.map((key) => Buffer.from(key, 'hex'))
  // By the route that was found, not by the address that was typed: the router has decoded it.
  api.addHook('onRequest', async (request) => {
    if (request.routeOptions.url === '/api/v1/health') return
    const sent = keySent(request)
    const hash = sent === undefined ? undefined : Buffer.from(hashOfKey(sent), 'hex')
    if (
      hash === undefined ||
      !known.some((key) => key.length === hash.length && timingSafeEqual(key, hash))
    ) {
      throw Problem.unauthorised()
    }
  })
}

/** From the header, or from the cookie that the page keeps: an EventSource can't send headers. */
function keySent(request: FastifyRequest): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')
  if (bearer !== null) return bearer[1]
  const cookie = /(?:^|;\s*)wattwell_key=([^;]+)/.exec(request.headers.cookie ?? '')
  try {
    return cookie?.[1] === undefined ? undefined : decodeURIComponent(cookie[1])
  } catch {
    return undefined
  }
}
