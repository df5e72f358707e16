/** After a change others are waited for so long, milliseconds, */
const GATHER_MS = 5000
/** and looks by themselves are no closer together than this. */
const EVERY_MS = 60_000

/** Looks after changes, at most once a minute. */
export class Looks {
  readonly #look: () => Promise<void>
  readonly #failed: (error: unknown) => void
  #timer: NodeJS.Timeout | undefined
  #lastAt = Number.NEGATIVE_INFINITY
  #running: Promise<void> | undefined
  #stopped = false

  constructor(look: () => Promise<void>, failed: (error: unknown) => void) {
    this.#look = look
    this.#failed = failed
  }

  /** Something that figures hang on has changed. */
  changed(): void {
    if (this.#stopped || this.#timer !== undefined) return
    const delayMs = Math.max(GATHER_MS, this.#lastAt + EVERY_MS - performance.now())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#lastAt = performance.now()
      this.#running = this.#look().catch(this.#failed)
    }, delayMs).unref()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }
}
