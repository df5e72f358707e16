import { DAY_MS } from '../core/calendar.ts'
import { ruleOf } from '../core/meter-rule.ts'
import type { MeterEntry, Organisation } from '../core/organisation-index.ts'
import { quantile } from '../core/robust.ts'
import { HOUR_MS } from '../core/window.ts'
import { meterUnitsPerLoad } from '../simulators/load-unit.ts'
import type { Truth } from '../simulators/truth.ts'

/** What meters use where nothing is planted: by it incidents are given their size. */
export class UsualYear {
  readonly organisation: Organisation
  readonly truth: Truth

  constructor(organisation: Organisation, truth: Truth) {
    this.organisation = organisation
    this.truth = truth
  }

  entry(meter: string): MeterEntry {
    return this.organisation.meters.get(meter) as MeterEntry
  }

  /** Of a meter in an hour, in the unit of its consumption. */
  hour(meter: string, start: number): number {
    return this.sum(meter, start, start + HOUR_MS)
  }

  sum(meter: string, from: number, to: number): number {
    return this.truth.consumption(meter, { start: from, end: to })?.value ?? 0
  }

  /** The mean hour of the four weeks around an instant. */
  mean(meter: string, at: number): number {
    const from = Math.max(this.truth.from, at - 14 * DAY_MS)
    const to = Math.min(this.truth.to, at + 14 * DAY_MS)
    return this.sum(meter, from, to) / ((to - from) / HOUR_MS)
  }

  /** What a meter hardly ever runs below in the week before an instant. */
  base(meter: string, at: number): number {
    const hours = Array.from({ length: 7 * 24 }, (_, k) => this.hour(meter, at - (k + 1) * HOUR_MS))
    return quantile(hours, 0.08)
  }

  /** From the unit of a meter's consumption to that of its simulated load. */
  toLoad(meter: string): number {
    const entry = this.entry(meter)
    return entry.meter.register === undefined ? 1 : 1 / meterUnitsPerLoad(entry.meter)
  }

  /** The meters that simulated loads hang on directly: those that a disturbance is best put on. */
  meters(keep: (entry: MeterEntry) => boolean): string[] {
    return [...this.organisation.meters.values()]
      .filter((entry) => ruleOf(entry.meter, entry.calendar) !== undefined && keep(entry))
      .map(({ meter }) => meter.id)
  }

  /** A meter, what it hangs on, the site's supply of its utility, and the site. */
  above(meter: string): string[] {
    const { site, meter: own } = this.entry(meter)
    const path = new Set([`meter:${meter}`, `site:${site.id}`])
    for (let id = own.parent; id !== undefined; id = site.meters.find((one) => one.id === id)?.parent)
      path.add(`meter:${id}`)
    for (const one of site.meters) {
      const busbar = one.role === 'submeter' && one.parent === undefined && own.parent !== undefined
      if (one.utility === own.utility && (one.role === 'import' || (busbar && path.has(`meter:${one.id}`))))
        path.add(`meter:${one.id}`)
    }
    return [...path]
  }
}
