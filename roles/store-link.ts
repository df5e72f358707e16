import { Worker } from 'node:worker_threads'
import type { SpoolPosition } from '../ingest/spool-folder.ts'
import type { FromStore, ThreadOptions, ToStore } from './store-thread.ts'

/** The store thread did not start, or died; `message` is for a person. */
export class StoreThreadError extends Error {
  override readonly name = 'StoreThreadError'
}

const STOP_MS = 4000

/** This side of the store thread. */
export class StoreThread {
  /** Rejects when the thread ends without having been told to. */
  readonly died: Promise<never>
  readonly #worker: Worker
  readonly #http: ThreadOptions['http']
  #stopping = false

  private constructor(worker: Worker, http: ThreadOptions['http']) {
    this.#worker = worker
    this.#http = http
    this.died = new Promise((_, reject) => {
      worker.once('error', (error) =>
        reject(new StoreThreadError(`the store thread died: ${error.message}`, { cause: error })),
      )
      worker.once('exit', (code) => {
        if (!this.#stopping) reject(new StoreThreadError(`the store thread ended by itself (${code})`))
      })
    })
    this.died.catch(() => {})
  }

  /** Starts the thread and resolves when it owns the store. */
  static async open(options: ThreadOptions): Promise<StoreThread> {
    const thread = new StoreThread(
      new Worker(new URL('./store-thread.js', import.meta.url), { workerData: options }),
      options.http,
    )
    await thread.#hear('opened')
    return thread
  }

  /** Tells it that the spool is open, or, with null, that there is none; resolves when it answers HTTP. */
  async begin(synced: SpoolPosition | null): Promise<{ http: string; store: string }> {
    this.tell({ kind: 'begin', synced })
    const { http, store } = await this.#hear('ready')
    return { http, store }
  }

  tell(message: ToStore): void {
    this.#worker.postMessage(message)
  }

  /** Ends it; by force where it does not end within four seconds, which loses nothing. */
  async stop(): Promise<void> {
    this.#stopping = true
    const gone = new Promise((resolve) => this.#worker.once('exit', resolve))
    if (this.#worker.threadId === -1) return
    this.tell({ kind: 'stop' })
    const force = setTimeout(() => this.#worker.terminate(), STOP_MS)
    await gone
    clearTimeout(force)
  }

  #hear<Kind extends FromStore['kind']>(kind: Kind): Promise<Extract<FromStore, { kind: Kind }>> {
    const heard = new Promise<Extract<FromStore, { kind: Kind }>>((resolve, reject) => {
      const listen = (message: FromStore) => {
        if (message.kind === kind) resolve(message as Extract<FromStore, { kind: Kind }>)
        else if (message.kind === 'failed') reject(new StoreThreadError(this.#explain(message)))
        else return
        this.#worker.off('message', listen)
      }
      this.#worker.on('message', listen)
    })
    return Promise.race([heard, this.died])
  }

  #explain({ message, code }: Extract<FromStore, { kind: 'failed' }>): string {
    if (code !== 'EADDRINUSE') return message
    const { host, port } = this.#http
    return `HTTP_PORT=${port} on ${host} is taken by another program; set HTTP_PORT to a free port, or 0 for any`
  }
}
