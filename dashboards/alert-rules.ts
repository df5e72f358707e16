import type { Said } from './kit/language.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/** Something that Grafana watches for in the series: what is wrong with wattwell itself above all, which it can't say. */
export interface AlertRule {
  readonly uid: string
  readonly title: Said
  readonly severity: 'critical' | 'warning'
  /** Of an instance, with what it was found at: `$labels.…` are the query's tags, `$values.B.Value` its number. */
  readonly summary: Said
  /** InfluxQL; a series for each instance. */
  readonly query: string
  /** What is looked at, in seconds before now. */
  readonly range: { readonly from: number; readonly to: number }
  /** How the newest value of a series is judged. */
  readonly fires: { readonly type: 'gt' | 'lt' | 'within_range'; readonly params: readonly number[] }
  /** So long it has to last. */
  readonly for: string
  /** Where no series is found at all. */
  readonly noData: 'Alerting' | 'OK'
}

export const alertRules: readonly AlertRule[] = [
  {
    uid: 'wattwell-stopped',
    title: { en: 'wattwell has stopped writing', zh: 'wattwell 已停止写入' },
    severity: 'critical',
    summary: {
      en: 'No minute of {{ $labels.writer }} has come for 5 minutes and more: the process, its way to InfluxDB, or InfluxDB itself is down. Readings wait at the meters, the broker, or in the spool.',
      zh: '{{ $labels.writer }} 已有 5 分钟以上没有写入：进程、到 InfluxDB 的连接或 InfluxDB 本身中断。读数在表计、消息代理或缓冲队列中等待。',
    },
    query: 'SELECT count("status") FROM "service" WHERE $timeFilter GROUP BY time(5m), "writer" fill(0)',
    range: { from: 3 * HOUR, to: 0 },
    fires: { type: 'lt', params: [1] },
    for: '5m',
    noData: 'Alerting',
  },
  {
    uid: 'wattwell-spool',
    title: { en: 'The spool is filling', zh: '缓冲队列在增长' },
    severity: 'warning',
    summary: {
      en: '{{ $values.B.Value }} readings of {{ $labels.writer }} wait on its disk for the store: it is slower than the meters, or refuses.',
      zh: '{{ $labels.writer }} 的磁盘上有 {{ $values.B.Value }} 条读数等待入库：存储慢于表计，或拒绝写入。',
    },
    query: 'SELECT last("spool_pending") FROM "service" WHERE $timeFilter GROUP BY "writer"',
    range: { from: 600, to: 0 },
    fires: { type: 'gt', params: [100_000] },
    for: '10m',
    noData: 'OK',
  },
  {
    uid: 'wattwell-lag',
    title: { en: 'Readings are stored late', zh: '读数入库延迟' },
    severity: 'warning',
    summary: {
      en: 'What waits longest at {{ $labels.writer }} came in {{ humanizeDuration $values.B.Value }} ago.',
      zh: '{{ $labels.writer }} 上等待最久的读数已到达 {{ humanizeDuration $values.B.Value }}。',
    },
    query: 'SELECT last("lag") FROM "service" WHERE $timeFilter GROUP BY "writer"',
    range: { from: 600, to: 0 },
    fires: { type: 'gt', params: [900] },
    for: '5m',
    noData: 'OK',
  },
  {
    uid: 'wattwell-no-readings',
    title: { en: 'No meter is heard any more', zh: '收不到任何表计' },
    severity: 'critical',
    summary: {
      en: 'The newest reading of all meters is {{ humanizeDuration $values.B.Value }} old: look at the broker and the network.',
      zh: '所有表计中最新的读数已是 {{ humanizeDuration $values.B.Value }} 之前的：请检查消息代理与网络。',
    },
    query: 'SELECT last("newest_age") FROM "service" WHERE $timeFilter',
    range: { from: 600, to: 0 },
    fires: { type: 'gt', params: [2 * HOUR] },
    for: '10m',
    noData: 'OK',
  },
  {
    uid: 'wattwell-target',
    title: { en: 'A target is off track', zh: '目标偏离' },
    severity: 'warning',
    summary: {
      en: 'The target {{ $labels.target }} will be missed by the projection of its complete months.',
      zh: '按完整月份推算，目标 {{ $labels.target }} 将无法达成。',
    },
    // A year's point lies at its start in the scope's own zone.
    query: 'SELECT last("verdict") FROM "target" WHERE "verdict" >= 0 AND $timeFilter GROUP BY "target"',
    range: { from: 368 * DAY, to: 0 },
    fires: { type: 'within_range', params: [1.5, 2.5] },
    for: '1h',
    noData: 'OK',
  },
  {
    uid: 'wattwell-coverage',
    title: { en: 'A site is not fully covered', zh: '站点数据不完整' },
    severity: 'warning',
    summary: {
      en: 'Of yesterday, {{ humanizePercentage $values.B.Value }} of {{ $labels.utility }} of {{ $labels.scope }} is known; figures need 95 %.',
      zh: '{{ $labels.scope }} 的 {{ $labels.utility }} 昨日数据覆盖率为 {{ humanizePercentage $values.B.Value }}，计算指标需要 95 %。',
    },
    // The newest day that is over wherever the site is; one without any reading has a coverage of 0 as well.
    query:
      'SELECT last("coverage") FROM "usage" WHERE "grain" = \'day\' AND "scope" =~ /^site:/ AND $timeFilter GROUP BY "scope", "utility"',
    range: { from: 50 * HOUR, to: 25 * HOUR },
    fires: { type: 'lt', params: [0.95] },
    for: '2h',
    noData: 'OK',
  },
  {
    uid: 'wattwell-critical',
    title: { en: 'A critical alert is open', zh: '存在未处理的严重告警' },
    severity: 'critical',
    summary: {
      en: '{{ $values.B.Value }} critical alerts of wattwell are open; its page and the dashboard of alerts say which.',
      zh: 'wattwell 有 {{ $values.B.Value }} 条严重告警未结束，详见网页与告警仪表板。',
    },
    query: 'SELECT last("alerts_critical") FROM "service" WHERE $timeFilter',
    range: { from: 600, to: 0 },
    fires: { type: 'gt', params: [0] },
    for: '2m',
    noData: 'OK',
  },
]
