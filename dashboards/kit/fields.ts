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
} as const satisfies Record<string, Record<string, string | null>>

export type Measurement = keyof typeof fields

/** A field of a measurement that has it. */
export type Asked = {
  [From in Measurement]: { readonly from: From; readonly field: keyof (typeof fields)[From] & string }
}[Measurement]
