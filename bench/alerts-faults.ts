import type { SentReading } from '../simulators/faults.ts'

/** What a device or its line does to readings for a while; epoch milliseconds, half-open. */
export type LineFault = { readonly meter: string; readonly from: number; readonly to: number } & (
  | { readonly kind: 'silent' }
  | { readonly kind: 'stuck' }
  /** The clock is so far ahead, or behind where below zero. */
  | { readonly kind: 'clock'; readonly ms: number }
  /** Kept back, and sent together at the end. */
  | { readonly kind: 'late' }
  /** The face begins anew at the start. */
  | { readonly kind: 'reset'; readonly opening?: number }
  | { readonly kind: 'spike'; readonly times: number }
)

/** A meter whose line has faults at stated times. */
export class FaultyLine {
  readonly #faults: readonly LineFault[]
  #base = 0
  #held: number | undefined
  readonly #done = new Set<LineFault>()

  constructor(faults: readonly LineFault[]) {
    this.#faults = faults.toSorted((a, b) => a.from - b.from)
  }

  /** What is sent of a face, power or flow, and when it arrives; nothing where it is silent. */
  take(meter: string, at: number, value: number): SentReading[] {
    const now = this.#faults.filter(({ from, to }) => from <= at && at < to)
    for (const fault of this.#faults) {
      if (fault.kind !== 'reset' || fault.from > at || this.#done.has(fault)) continue
      this.#done.add(fault)
      this.#base = value - (fault.opening ?? 0)
    }
    if (now.some(({ kind }) => kind === 'silent')) return []
    const face = value - this.#base
    this.#held = now.some(({ kind }) => kind === 'stuck') ? (this.#held ?? face) : undefined
    const shown = this.#held ?? face
    const spike = now.find((fault) => fault.kind === 'spike')
    const clock = now.find((fault) => fault.kind === 'clock')
    const late = now.find(({ kind }) => kind === 'late')
    const said = spike?.kind === 'spike' ? Math.round(shown * spike.times) : shown
    const stated = clock?.kind === 'clock' ? at + clock.ms : at
    const arrival = { at: late?.to ?? at, order: at }
    return [{ meter, at: stated, value: said, unit: undefined, arrival }]
  }
}
