import { DAY_MS, type Span } from '../core/calendar.ts'
import type { Organisation, Scope } from '../core/organisation-index.ts'
import type { FigureSource } from '../figures/figure-source.ts'
import { freeCoolingPoints, tellsFreeCooling } from '../figures/free-cooling-points.ts'
import type { FigureSink } from '../store/store.ts'

/**
 * The years of free cooling. Each rests on all of its hours, so years are written when nothing else is left or now
 * and then, and not with every month of a history.
 */
export class FreeCoolingYears {
  readonly #organisation: Organisation
  /** By data centre, what has changed of hours that are over. */
  readonly #changed = new Map<string, Span>()

  constructor(organisation: Organisation) {
    this.#organisation = organisation
  }

  get empty(): boolean {
    return this.#changed.size === 0
  }

  /** Hours of sites have changed. Running ones do not count yet. */
  note(changed: ReadonlyMap<string, Span>, now: number): void {
    for (const [site, { start, end }] of changed) {
      const scope = this.#scope(site)
      if (scope === undefined || start >= scope.entry.calendar.spanAt('hour', now).start) continue
      const known = this.#changed.get(site)
      this.#changed.set(site, {
        start: Math.min(start, known?.start ?? start),
        end: Math.max(end, known?.end ?? end),
      })
    }
  }

  /** Rejects with what store or sink reject with; what was not written is written the next time. */
  async write(source: FigureSource, sink: FigureSink, now: number): Promise<void> {
    for (const [site, { start, end }] of [...this.#changed]) {
      const scope = this.#scope(site)
      if (scope === undefined) continue
      const { calendar } = scope.entry
      const last = calendar.yearAt(Math.min(end - 1, now))
      for (let year = calendar.yearAt(start); year <= last; year += 1) {
        const day = Date.UTC(year, 0, 1) / DAY_MS
        await sink.put(await source.reckon(now, (facts) => freeCoolingPoints(scope, 'year', [day], facts)))
      }
      this.#changed.delete(site)
    }
  }

  #scope(site: string): Extract<Scope, { kind: 'site' }> | undefined {
    const scope = this.#organisation.scope(`site:${site}`)
    return scope !== undefined && tellsFreeCooling(scope) ? scope : undefined
  }
}
