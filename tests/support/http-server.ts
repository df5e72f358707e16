import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it arrived. */
export interface Request {
  readonly method: string
  /** Path and query, decoded. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | object
}

/** An HTTP server on loopback that answers as it is told and remembers what it was asked. */
export async function serve(
  answer: (request: Request) => Answer,
): Promise<{ url: string; requests: Request[]; close(): Promise<void> }> {
  const requests: Request[] = []
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const request = {
      method: incoming.method ?? '',
      path: decodeURIComponent((incoming.url ?? '').replaceAll('+', ' ')),
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString(),
    }
    requests.push(request)
    const { status, headers = {}, body } = answer(request)
    const json = typeof body === 'object'
    response.writeHead(status, { ...(json && { 'content-type': 'application/json' }), ...headers })
    response.end(json ? JSON.stringify(body) : body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
