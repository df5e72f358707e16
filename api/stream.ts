import type { ServerResponse } from 'node:http'
import type { z } from 'zod'
import type { streamEvents } from './schemas.ts'

type Events = { [name in keyof typeof streamEvents]: z.infer<(typeof streamEvents)[name]> }

/** A listener that does not read is dropped before its backlog grows beyond this. */
const BACKLOG_BYTES = 4 * 1024 * 1024

/** Server-sent events to everyone who listens. */
export class Stream {
  readonly #listeners = new Set<ServerResponse>()

  get listeners(): number {
    return this.#listeners.size
  }

  /** Takes over a response and writes events to it until either side closes. */
  add(response: ServerResponse): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    response.write('retry: 2000\n\n')
    this.#listeners.add(response)
    response.on('close', () => this.#listeners.delete(response))
    // Whoever went away is no error of ours.
    response.on('error', () => this.#listeners.delete(response))
  }

  send<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    if (this.#listeners.size === 0) return
    const text = `event: ${name}\ndata: ${JSON.stringify(event)}\n\n`
    for (const listener of this.#listeners) {
      if (listener.writableLength > BACKLOG_BYTES) listener.destroy()
      else listener.write(text)
    }
  }

  close(): void {
    for (const listener of this.#listeners) listener.end()
    this.#listeners.clear()
  }
}
