import type { alerting as en } from './alerting-en.ts'

/** What the page says of alerts everywhere, in Chinese. */
export const alerting: typeof en = {
  alerts: '告警',
  severities: { info: '提示', warning: '警告', critical: '严重' },
  now: '当前告警',
  quiet: '一切正常：没有未解除的告警。',
  seen: (n) => `${n} 条已确认`,
  since: (ago) => `始于${ago}`,
  all: '全部告警',
}
