import type { Rule } from '../alert-rules.ts'
import type { Observation } from '../observation.ts'
import { HOUR_MS } from '../window.ts'
import { round } from './watched.ts'

/** The disk of the spool is full in less than `below` hours, at the rate of the last minute. `lastsSeconds`: null where nothing comes in. */
export function spoolFilling(
  rule: Rule,
  spool: { readonly lastsSeconds: number | null } | null,
  now: number,
): Observation[] {
  if (spool === null) return []
  const hours = spool.lastsSeconds === null ? null : (spool.lastsSeconds * 1000) / HOUR_MS
  const short = hours !== null && hours < (rule.below as number)
  return [
    {
      subject: 'installation',
      site: null,
      utility: null,
      seen: hours === null ? 'unknown' : short ? 'breach' : hours < rule.clear ? 'between' : 'clear',
      at: now,
      value: hours,
      limit: rule.below,
      unit: 'h',
      summary: {
        en: `The disk that readings are kept on is full in ${round(hours ?? Number.NaN)} h if they go on as in the last minute.`,
        zh: `按最近一分钟的速度，存放读数的磁盘将在 ${round(hours ?? Number.NaN)} 小时后写满。`,
      },
      advice: {
        en: 'Look whether the store takes readings (health call), and make room on the disk; nothing is lost until it is full.',
        zh: '请查看存储是否正常（健康检查），并清理磁盘空间；写满之前不会丢失读数。',
      },
      cost: {},
    },
  ]
}
