import { once } from 'node:events'
import http, { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A request as the proxy got it. */
export interface Proxied {
  readonly method: string
  readonly path: string
  readonly body: string
}

/** What the proxy does to requests. */
export type Fault =
  /** Each waits so long, and goes either way so slowly. */
  | { readonly kind: 'slow'; readonly latencyMs: number; readonly bytesPerSecond: number }
  /** The connection is reset when the headers are there and the body is on its way; the server sees nothing. */
  | { readonly kind: 'cut request' }
  /** The server gets all of it; the connection is reset before its answer is through. */
  | { readonly kind: 'cut answer' }
  /** The server gets all of it; headers and half of the answer's body come back, then the end. */
  | { readonly kind: 'half an answer' }
  /** The server gets all of it; an answer comes back that goes on for ever. */
  | { readonly kind: 'endless answer' }
  /** Takes what comes and says nothing. The server sees nothing. */
  | { readonly kind: 'silent' }
  /** Nobody listens on the port. */
  | { readonly kind: 'refuse' }
  /** Answers by itself where `to` says so, or always. The server sees nothing of these. */
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
      readonly to?: (request: Proxied) => boolean
    }

export interface FaultProxy {
  readonly url: string
  readonly port: number
  /** Requests that a fault was done to, since it was set. */
  readonly hits: number
  /** From now on; null: none. What is on its way keeps what it met. */
  set(fault: Fault | null): Promise<void>
  /** Resets all connections that there are. */
  dropConnections(): void
  close(): Promise<void>
}

/** An HTTP proxy on loopback before one server, which can be told to be a bad network or a bad gateway. */
export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  const proxy = new Relay(upstream)
  await proxy.listen(0)
  return proxy
}

class Relay implements FaultProxy {
  hits = 0
  port = 0
  readonly #upstream: URL
  readonly #server: http.Server
  readonly #agent = new http.Agent({ keepAlive: true })
  #fault: Fault | null = null

  constructor(upstream: string) {
    this.#upstream = new URL(upstream)
    this.#server = createServer((request, response) => {
      // Whoever goes away early, on either side, ends the other; the proxy goes on.
      response.on('error', () => {})
      this.#take(request, response).catch(() => response.destroy())
    })
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.port = (this.#server.address() as AddressInfo).port
  }

  async set(fault: Fault | null): Promise<void> {
    this.hits = 0
    this.#fault = fault
    if (fault?.kind === 'refuse' && this.#server.listening) await this.#deafen()
    if (fault?.kind !== 'refuse' && !this.#server.listening) await this.listen(this.port)
  }

  dropConnections(): void {
    this.#server.closeAllConnections()
  }

  async close(): Promise<void> {
    if (this.#server.listening) await this.#deafen()
    this.#agent.destroy()
  }

  async #deafen(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.#fault
    if (fault === null) return this.#pass(request, response)
    if (fault.kind === 'answer') return this.#answer(fault, request, response)
    this.hits += 1
    if (fault.kind === 'cut request') request.socket.resetAndDestroy()
    else if (fault.kind === 'silent') request.resume()
    else if (fault.kind === 'slow') await this.#passSlowly(fault, request, response)
    else {
      const answer = await this.#ask(request, await bodyOf(request))
      const body = await bodyOf(answer)
      if (fault.kind === 'cut answer') request.socket.resetAndDestroy()
      else if (fault.kind === 'half an answer') sendHalf(answer, body, response)
      else await sendForEver(answer, body, response)
    }
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#ask(request, await bodyOf(request))
    const body = await bodyOf(answer)
    response.writeHead(answer.statusCode ?? 502, headersOf(answer))
    response.end(body)
  }

  async #passSlowly(
    { latencyMs, bytesPerSecond }: Extract<Fault, { kind: 'slow' }>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const sent = await bodyOf(request)
    await sleep(latencyMs + (sent.length / bytesPerSecond) * 1000)
    const answer = await this.#ask(request, sent)
    const body = await bodyOf(answer)
    response.writeHead(answer.statusCode ?? 502, headersOf(answer))
    for (let from = 0; from < body.length && !response.destroyed; from += bytesPerSecond / 10) {
      response.write(body.subarray(from, from + bytesPerSecond / 10))
      await sleep(100)
    }
    response.end()
  }

  async #answer(
    { status, headers = {}, body = '', to = () => true }: Extract<Fault, { kind: 'answer' }>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const sent = await bodyOf(request)
    const { method = '', url = '' } = request
    if (to({ method, path: url, body: sent.toString() })) {
      this.hits += 1
      response.writeHead(status, headers).end(body)
      return
    }
    const answer = await this.#ask(request, sent)
    response.writeHead(answer.statusCode ?? 502, headersOf(answer)).end(await bodyOf(answer))
  }

  async #ask(request: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    const { hostname, port } = this.#upstream
    const { method, url: path, headers } = request
    const asked = http.request({ hostname, port, method, path, headers, agent: this.#agent })
    asked.end(body)
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    return answer
  }
}

/** What there was of it, where it broke off. */
async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Those of the answer, but not how it was framed: the body is framed anew. */
function headersOf({ headers }: IncomingMessage): http.OutgoingHttpHeaders {
  const { 'transfer-encoding': _, connection: __, ...rest } = headers
  return rest
}

/** Also of an answer without a body: then it promises one. */
function sendHalf(answer: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const length = Math.max(body.length, 2)
  const status = answer.statusCode === 204 ? 200 : (answer.statusCode ?? 502)
  response.writeHead(status, { ...headersOf(answer), 'content-length': length })
  response.write(body.length === 0 ? '{' : body.subarray(0, length >> 1), () => response.socket?.destroy())
}

async function sendForEver(answer: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
  const { 'content-length': _, ...headers } = headersOf(answer)
  response.writeHead(answer.statusCode === 204 ? 200 : (answer.statusCode ?? 502), headers)
  response.write(body)
  while (!response.destroyed) {
    response.write(' ')
    await sleep(50)
  }
}
