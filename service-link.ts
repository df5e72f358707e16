import { Worker } from 'node:worker_threads'
import type { SpoolPosition } from './ingest/spool-folder.ts'
import type { FromService, ThreadOptions, ToService } from './service-thread.ts'

/** The service thread did not start, or died; `message` is for a person. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
}

const STOP_MS = 4000

/** This side of the service thread. */
export class ServiceThread {
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
        reject(new ServiceError(`the service died: ${error.message}`, { cause: error })),
      )
      worker.once('exit', (code) => {
        if (!this.#stopping) reject(new ServiceError(`the service ended by itself (${code})`))
      })
    })
    this.died.catch(() => {})
  }

  /** Starts the thread and resolves when it owns the store. */
  static async open(options: ThreadOptions): Promise<ServiceThread> {
    const thread = new ServiceThread(
      new Worker(new URL('./service-thread.js', import.meta.url), { workerData: options }),
      options.http,
    )
    await thread.#hear('opened')
    return thread
  }

  /** Tells it that the spool is open; resolves when it answers HTTP. */
  async start(position: SpoolPosition): Promise<{ http: string; store: string }> {
    this.tell({ kind: 'spool', position })
    const { http, store } = await this.#hear('ready')
    return { http, store }
  }

  tell(message: ToService): void {
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

  #hear<Kind extends FromService['kind']>(kind: Kind): Promise<Extract<FromService, { kind: Kind }>> {
    const heard = new Promise<Extract<FromService, { kind: Kind }>>((resolve, reject) => {
      const listen = (message: FromService) => {
        if (message.kind === kind) resolve(message as Extract<FromService, { kind: Kind }>)
        else if (message.kind === 'failed') reject(new ServiceError(this.#explain(message)))
        else return
        this.#worker.off('message', listen)
      }
      this.#worker.on('message', listen)
    })
    return Promise.race([heard, this.died])
  }

  #explain({ message, code }: Extract<FromService, { kind: 'failed' }>): string {
    if (code !== 'EADDRINUSE') return message
    const { host, port } = this.#http
    return `HTTP_PORT=${port} on ${host} is taken by another program; set HTTP_PORT to a free port, or 0 for any`
  }
}
