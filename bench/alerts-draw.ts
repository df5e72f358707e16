import { noise, streamOf } from '../simulators/noise.ts'

/** Draws from a seed, one after the other: the same seed always draws the same. */
export class Draw {
  readonly #stream: number
  #n = 0

  constructor(seed: string, name: string) {
    this.#stream = streamOf(seed, name)
  }

  /** In [from, to). */
  between(from: number, to: number): number {
    this.#n += 1
    return from + noise(this.#stream, this.#n) * (to - from)
  }

  whole(from: number, to: number): number {
    return Math.floor(this.between(from, to + 1))
  }

  one<T>(list: readonly T[]): T {
    return list[Math.floor(this.between(0, list.length))] as T
  }
}
