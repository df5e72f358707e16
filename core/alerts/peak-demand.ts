import type { Course } from '../alert.ts'
import { against, type Rule } from '../alert-rules.ts'
import { QUARTER_MS } from '../calendar.ts'
import type { Observation } from '../observation.ts'
import type { MeterEntry } from '../organisation-index.ts'
import { called, percent, round } from './watched.ts'

/** A contract with the mean power of each quarter of the last hour, kW; null where it was not wholly metered. */
export interface Demand {
  readonly entry: MeterEntry
  readonly contractKw: number
  readonly quarters: readonly (number | null)[]
}

/** Peak demand: the mean of a quarter hour above `above` of what the contract allows. */
export function peakDemands(rule: Rule, demands: readonly Demand[], at: number): Observation[] {
  return demands.map(({ entry, contractKw, quarters }) => {
    const known = quarters.filter((kw) => kw !== null)
    const highest = known.length === 0 ? null : Math.max(...known)
    const share = highest === null ? Number.NaN : highest / contractKw
    const name = called(entry)
    const from = at - quarters.length * QUARTER_MS
    const course: Course = {
      unit: 'kW',
      from,
      stepMs: QUARTER_MS,
      values: [...quarters],
      high: quarters.map(() => contractKw),
    }
    // One quarter that is known to be above is enough; that none was needs all of them.
    const judged = highest === null ? 'unknown' : against(share, rule)
    return {
      subject: `meter:${entry.meter.id}`,
      site: entry.site.id,
      utility: entry.meter.utility,
      seen: judged === 'clear' && known.length < quarters.length ? 'unknown' : judged,
      at,
      since: from,
      value: highest,
      limit: contractKw * (rule.above as number),
      unit: 'kW',
      summary: {
        en: `${name.en} drew ${round(highest ?? Number.NaN)} kW over a quarter of an hour: ${percent(share)} of the ${round(contractKw)} kW of its contract.`,
        zh: `${name.zh} 15 分钟平均需量达 ${round(highest ?? Number.NaN)} kW，为合同需量 ${round(contractKw)} kW 的 ${percent(share)}。`,
      },
      advice: {
        en: 'Put off what can wait, such as charging and cooling ahead; a peak costs for the whole month.',
        zh: '请推迟可延后的负荷（充电、蓄冷等）；一次超限按全月计费。',
      },
      cost: {},
      ...(judged === 'breach' && { course }),
    }
  })
}
