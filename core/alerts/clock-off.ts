import { against, type Rule } from '../alert-rules.ts'
import type { Observation } from '../observation.ts'
import type { MeterEntry } from '../organisation-index.ts'
import { HOUR_MS } from '../window.ts'
import { called, round } from './watched.ts'

const MINUTE_MS = 60_000
/** A reading that came longer ago says nothing of the clock now. */
const FRESH_MS = 2 * HOUR_MS

/** The newest reading of a meter: what its clock said, and when it came. */
export interface Newest {
  readonly entry: MeterEntry
  readonly at: number
  readonly receivedAt: number
}

/**
 * Clocks of devices that are more than `above` minutes off: the newest reading states an instant that far from
 * its arrival. Of what was kept back and came together the newest is new all the same.
 */
export function clocksOff(rule: Rule, meters: readonly Newest[], now: number): Observation[] {
  return meters.map(({ entry, at, receivedAt }) => {
    const minutes = (at - receivedAt) / MINUTE_MS
    const fresh = now - receivedAt <= FRESH_MS && receivedAt <= now
    const name = called(entry)
    const off = round(Math.abs(minutes))
    return {
      subject: `meter:${entry.meter.id}`,
      site: entry.site.id,
      utility: entry.meter.utility,
      seen: fresh ? against(Math.abs(minutes), rule) : 'unknown',
      at: now,
      value: minutes,
      limit: rule.above,
      unit: 'min',
      summary: {
        en: `The clock of ${name.en} is ${off} min ${minutes > 0 ? 'ahead' : 'behind'}: its newest reading states another instant than that of its arrival.`,
        zh: `${name.zh}的时钟${minutes > 0 ? '快' : '慢'}约 ${off} 分钟：最新读数的时间与到达时间不符。`,
      },
      advice: {
        en: 'Set the clock of the device or its gateway by NTP; a wrong clock puts consumption into the wrong hour.',
        zh: '请用 NTP 校准表计或网关时钟；时钟不准会把用量计入错误的时段。',
      },
      cost: {},
    }
  })
}
