import type { Demand } from '../core/alerts/peak-demand.ts'
import { QUARTER_MS } from '../core/calendar.ts'
import { ruleOf } from '../core/meter-rule.ts'
import type { MeterEntry } from '../core/organisation-index.ts'
import { isPlanned, outagesOf } from '../core/pause.ts'
import { conversion } from '../core/quantity.ts'
import { estimatedPart, flagsOf } from '../core/rollup.ts'
import { periods } from '../core/usage.ts'
import { HOUR_MS } from '../core/window.ts'
import { Consumptions } from '../figures/consumptions.ts'
import type { Scene } from './scene.ts'

/** What each contract of these sites drew in the quarters of the last hour. */
export async function demandsAt({
  contracts,
  organisation,
  history,
  source,
  pauses,
  at,
}: Scene): Promise<Demand[]> {
  const { calendar } = history
  const demands: Demand[] = []
  for (const { meter, with: others, kW } of contracts) {
    const entry = organisation.meters.get(meter)
    if (entry?.calendar !== calendar) continue
    const meters = [meter, ...others].map((id) => organisation.meters.get(id) as MeterEntry)
    const found = new Consumptions(source.store)
    const quarters = periods('15m', calendar, at - HOUR_MS, at)
    await found.fetch(meters, quarters)
    const planned = isPlanned(outagesOf(pauses, entry.site.id, meter), at - HOUR_MS, at)
    const kwAt = (start: number): number | null => {
      let sum = 0
      for (const one of meters) {
        const row = found.lookup(one.meter.id, '15m', start)
        const unit = ruleOf(one.meter, calendar)?.unit ?? ''
        if (row === undefined || row.coveredMs < QUARTER_MS || flagsOf(row) !== 0 || estimatedPart(row) > 0)
          return null
        sum += row.value * (conversion(unit, 'kWh') ?? Number.NaN) * (HOUR_MS / QUARTER_MS)
      }
      return planned || Number.isNaN(sum) ? null : sum
    }
    demands.push({
      entry,
      contractKw: kW,
      quarters: quarters.map((quarter) => kwAt(quarter.spanAt(calendar).start)),
    })
  }
  return demands
}
