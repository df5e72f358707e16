import type { Span } from '../core/calendar.ts'

/** What has changed of each site since its figures were written, by UTC month: so much is written at once. */
export class DirtyMonths {
  readonly #months = new Map<number, Map<string, Span>>()

  get empty(): boolean {
    return this.#months.size === 0
  }

  /** Months of sites that wait. */
  get waiting(): number {
    return [...this.#months.values()].reduce((sum, sites) => sum + sites.size, 0)
  }

  /** Figures of a site that overlap [from, to) hang on something that has changed. */
  add(site: string, from: number, to: number): void {
    for (let start = from; start < to; ) {
      const month = monthAt(start)
      const end = Math.min(to, startOf(month + 1))
      const sites = this.#months.get(month) ?? new Map<string, Span>()
      const known = sites.get(site)
      sites.set(site, {
        start: Math.min(start, known?.start ?? start),
        end: Math.max(end, known?.end ?? end),
      })
      this.#months.set(month, sites)
      start = end
    }
  }

  /** Takes the newest month off the list, by site: what people look at is written first. */
  take(): ReadonlyMap<string, Span> | undefined {
    if (this.empty) return undefined
    const newest = Math.max(...this.#months.keys())
    const sites = this.#months.get(newest)
    this.#months.delete(newest)
    return sites
  }
}

function monthAt(instant: number): number {
  const date = new Date(instant)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

function startOf(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1)
}
