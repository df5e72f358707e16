import type { Pause } from '../alert.ts'
import { against, type Rule } from '../alert-rules.ts'
import type { LocalDay } from '../calendar.ts'
import { METERED } from '../hour-series.ts'
import type { Observation } from '../observation.ts'
import { isPlanned, outagesOf } from '../pause.ts'
import { perHour } from '../quantity.ts'
import { median, spread } from '../robust.ts'
import { HOUR_MS } from '../window.ts'
import type { Price } from './excess.ts'
import { amountText, called, percent, round, type Watched, type WatchedZone } from './watched.ts'

/** It must have flowed in each of so many nights. */
const NIGHTS = 3
const BEFORE = 28
const LEAST = 10
const SPREADS = 4
/** The small hours, as of `core/night-flow.ts`. */
const FROM_HOUR = 2
const TO_HOUR = 4

const water = ['tap-water', 'reclaimed-water']

/**
 * A leak: in each of the last three nights the least flow between two and four lay so far above what was usual in
 * the four weeks before that it is more than `above` of the meter's mean flow, and above all of those nights.
 * A leak that is older than the history is usual here; the night flow in the API shows it.
 */
export function nightFlows(
  rule: Rule,
  zone: WatchedZone,
  day: LocalDay,
  { at, pauses, price }: { at: number; pauses: readonly Pause[]; price: Price },
): Observation[] {
  const meters = zone.meters.filter(({ entry: { meter } }) => water.includes(meter.utility))
  const flows = meters.map((watched) => ({ watched, ...flowOf(watched, zone, day) }))
  return flows.map((flow) => {
    const { watched, now, usual, mean } = flow
    const { entry, rule: own } = watched
    const rise = (now - usual) / mean
    const planned = isPlanned(
      outagesOf(pauses, entry.site.id, entry.meter.id),
      at - NIGHTS * 24 * HOUR_MS,
      at,
    )
    const known = Number.isFinite(rise) && !planned
    const judged = known ? against(rise, rule) : 'unknown'
    const record = now > flow.highest * 1.03 && now > usual + SPREADS * flow.spread
    const name = called(entry)
    const unit = perHour(own.unit)
    return {
      subject: `meter:${entry.meter.id}`,
      site: entry.site.id,
      utility: entry.meter.utility,
      seen: judged === 'breach' && !record ? 'between' : judged,
      at,
      since: at - NIGHTS * 24 * HOUR_MS,
      value: Number.isNaN(now) ? null : now,
      limit: known ? usual + mean * (rule.above as number) : null,
      unit,
      summary: {
        en: `${name.en} lets through at least ${amountText(now, unit, 'en')} in each of the last ${NIGHTS} nights; ${round(usual)} was usual. That is ${percent(rise)} of its mean flow more.`,
        zh: `${name.zh}近 ${NIGHTS} 夜最小流量均不低于 ${amountText(now, unit, 'zh')}，平时为 ${round(usual)}，多出平均流量的 ${percent(rise)}。`,
      },
      advice: {
        en: 'A flow that never falls is probably a leak: close sections one by one at night, and look at cisterns, make-up valves and irrigation first.',
        zh: '夜间流量不回落很可能是漏水：请夜间分段关阀排查，优先检查水箱、补水阀与灌溉。',
      },
      cost: known && rise > 0 ? price(entry, (now - usual) * NIGHTS * 24, own.unit, at) : {},
    }
  })
}

/** The least flow of the last nights, what was usual before, and the mean flow over all. */
function flowOf({ series }: Watched, { clock }: WatchedZone, last: LocalDay) {
  const least = new Array<number>(NIGHTS + BEFORE).fill(Number.NaN)
  let sum = 0
  let count = 0
  for (let i = 0; i < series.values.length; i += 1) {
    if (series.marks[i] !== METERED) continue
    const value = series.values[i] as number
    sum += value
    count += 1
    const hour = clock.clock[i] as number
    const back = last - (clock.day[i] as number)
    if (hour < FROM_HOUR || hour >= TO_HOUR || back < 0 || back >= least.length) continue
    const known = least[back] as number
    least[back] = Number.isNaN(known) ? value : Math.min(known, value)
  }
  const late = least.slice(0, NIGHTS)
  const before = least.slice(NIGHTS).filter((flow) => !Number.isNaN(flow))
  const usual = before.length < LEAST ? Number.NaN : median(before)
  return {
    now: late.some(Number.isNaN) ? Number.NaN : Math.min(...late),
    usual,
    spread: spread(before, usual),
    highest: Math.max(...before),
    mean: sum / count,
  }
}
