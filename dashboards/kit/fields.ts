const KNOWN = '"known" = 1'
const JUDGED = '"verdict" >= 0'

/** What can be asked of the series of docs/series.md, and the condition under which a field counts. */
export const fields = {
  usage: { value: KNOWN, coverage: KNOWN, estimated: KNOWN, quality: KNOWN },
  kpi: {
    value: KNOWN,
    numerator: KNOWN,
    denominator: KNOWN,
    coverage: KNOWN,
    estimated: KNOWN,
    quality: KNOWN,
    carried: KNOWN,
    previous: '"previous_known" = 1',
  },
  target: {
    verdict: JUDGED,
    label_en: JUDGED,
    label_zh: JUDGED,
    coverage: JUDGED,
    projected: KNOWN,
    low: '"band_known" = 1',
    high: '"band_known" = 1',
    actual: '"actual_known" = 1',
    path: '"path_known" = 1',
    limit: '"path_known" = 1',
    baseline: '"baseline_known" = 1',
    progress: '"progress_known" = 1',
    allowance: '"allowance_known" = 1',
  },
  target_path: { year: '"path_known" = 1', path: '"path_known" = 1', actual: KNOWN },
  consumption: { value: '"covered_ms" > 0', covered_ms: '"covered_ms" > 0' },
  reading: { value: null },
  scope: { label_en: KNOWN, label_zh: KNOWN },
  meter: { label_en: KNOWN, label_zh: KNOWN },
  page: { address: KNOWN },
  balance: {
    supply: KNOWN,
    metered: '"unmetered_known" = 1',
    unmetered: '"unmetered_known" = 1',
    share: '"share_known" = 1',
  },
  night_flow: { value: KNOWN, share: '"share_known" = 1' },
  meter_quality: { coverage: null, estimated: KNOWN, quality: null },
  meter_state: { state: null, last_at: '"heard" = 1', last_value: '"heard" = 1' },
  alert: {
    open: null,
    severity: null,
    title_en: null,
    title_zh: null,
    since: null,
    acknowledged_after: '"acknowledged" = 1',
    acknowledged: null,
    lasted: '"ended" = 1',
    kwh: '"kwh_known" = 1',
    m3: '"m3_known" = 1',
    tco2e: '"tco2e_known" = 1',
  },
  quarantined: { count: null },
  service: {
    status: null,
    uptime: null,
    messages: null,
    readings: null,
    refused: null,
    spool_pending: null,
    spool_bytes: null,
    spool_free: null,
    spool_rate: null,
    spool_lasts: null,
    lag: null,
    newest_age: null,
    windows: null,
    hours: null,
    figures_waiting: null,
    figures_behind: null,
    quarantine: null,
    meters_live: null,
    meters_late: null,
    meters_silent: null,
    meters_never_heard: null,
    alerts_info: null,
    alerts_warning: null,
    alerts_critical: null,
  },
} as const satisfies Record<string, Record<string, string | null>>

export type Measurement = keyof typeof fields

/** A field of a measurement that has it. */
export type Asked = {
  [From in Measurement]: { readonly from: From; readonly field: keyof (typeof fields)[From] & string }
}[Measurement]
