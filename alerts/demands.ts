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
import type { HourHistory } from './hour-history.ts'
import type { Scene } from './scene.ts'

/** An hour of which less than this share of the contract was drawn on average is taken as even. */
const FAR_BELOW = 0.5

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
    const quarters = periods('15m', calendar, at - HOUR_MS, at)
    const hourly = meters.map((one) => lastHour(history, one))
    const mean = hourly.reduce((sum, kwh) => sum + kwh, 0)
    // Below this even an uneven hour has no quarter near the contract: readings need not be asked for.
    if (mean < kW * FAR_BELOW) {
      demands.push({ entry, contractKw: kW, quarters: quarters.map(() => mean) })
      continue
    }
    const found = new Consumptions(source.store)
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

/** kWh of a meter in the last hour; NaN where it was not wholly metered. */
function lastHour(history: HourHistory, { meter }: MeterEntry): number {
  const watched = history.zone.meters.find(({ entry }) => entry.meter.id === meter.id)
  if (watched === undefined) return Number.NaN
  return (watched.series.values.at(-1) as number) * (conversion(watched.rule.unit, 'kWh') ?? Number.NaN)
}
