import type { Rule } from '../alert-rules.ts'
import { facesIn } from '../faces.ts'
import type { MeterRule } from '../meter-rule.ts'
import type { Observation } from '../observation.ts'
import type { MeterEntry } from '../organisation-index.ts'
import type { ReadingSeries } from '../reading.ts'
import { HOUR_MS } from '../window.ts'
import { called } from './watched.ts'

/** A face that falls and is back within so long was a wrong value and no reset. */
const BACK_WITHIN_MS = 3 * HOUR_MS

/** The instants at which a register fell though it cannot have rolled over, and did not come back. */
export function resetsIn(series: ReadingSeries, rule: MeterRule): number[] {
  if (rule.kind !== 'register') return []
  const face = facesIn(rule, series)
  const found: number[] = []
  for (let i = 1; i < face.length; i += 1) {
    const before = face[i - 1] as number
    const fell = before - (face[i] as number)
    if (!(fell > 0)) continue
    const hours = ((series.at[i] as number) - (series.at[i - 1] as number)) / HOUR_MS
    if (rule.modulus !== null && (rule.modulus - fell) * rule.multiplier <= rule.limitPerHour * hours)
      continue
    const spike = i >= 2 && (face[i] as number) >= (face[i - 2] as number)
    if (spike || isBack(series.at, face, i, before)) continue
    found.push(series.at[i] as number)
  }
  return found
}

function isBack(at: Float64Array, face: Float64Array, i: number, before: number): boolean {
  for (let k = i + 1; k < face.length && (at[k] as number) - (at[i] as number) <= BACK_WITHIN_MS; k += 1) {
    if ((face[k] as number) >= before) return true
  }
  return false
}

/** Registers that fell to another value more than `above` times within `within`. */
export function resetOften(
  rule: Rule,
  meters: readonly { readonly entry: MeterEntry; readonly resets: readonly number[] }[],
  at: number,
): Observation[] {
  const days = Math.round(rule.withinMs / (24 * HOUR_MS))
  return meters.map(({ entry, resets }) => {
    const name = called(entry)
    const count = resets.length
    return {
      subject: `meter:${entry.meter.id}`,
      site: entry.site.id,
      utility: entry.meter.utility,
      seen: count > (rule.above as number) ? 'breach' : count > rule.clear ? 'between' : 'clear',
      at,
      since: resets[0] ?? at,
      value: count,
      limit: rule.above,
      unit: '',
      summary: {
        en: `The register of ${name.en} began anew ${count} times in ${days} days; what was used up to each of them is lost.`,
        zh: `${name.zh}的读数在 ${days} 天内重置 ${count} 次，每次重置前的用量无法得知。`,
      },
      advice: {
        en: 'A register that keeps falling loses its memory with its power: look at supply and battery, and record a replacement in the journal.',
        zh: '读数反复归零多为掉电丢失：请检查供电与电池；如已换表请在日志中登记。',
      },
      cost: {},
    }
  })
}
