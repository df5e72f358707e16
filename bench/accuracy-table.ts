import type { Accuracy } from './accuracy-compare.ts'

export interface Row {
  readonly name: string
  readonly rate: string
  readonly accuracy: Accuracy
}

const HEADS = [
  'fault',
  'rate',
  'site energy, worst',
  'median',
  'site water, worst',
  'median',
  'KPIs given, worst',
  'median',
  'KPIs withheld',
  'their known part, worst',
  'beyond limits',
  'coverage, mean',
  'lowest',
  'estimated, mean',
  'highest',
  'hours off',
  'of them flagged',
  'of the lack told',
]

/** The accuracies of several scenarios as a Markdown table. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ name, rate, accuracy }) => {
    const { energy, water, given, withheld, impossible, coverage, estimated, hours } = accuracy
    return [
      name,
      rate,
      ...[energy.worst, energy.median, water.worst, water.median, given.worst, given.median].map(percent),
      percent(withheld.share),
      percent(withheld.worst),
      impossible.toLocaleString('en'),
      ...[coverage.mean, coverage.lowest, estimated.mean, estimated.highest].map(percent),
      ...[hours.wrong, hours.flagged, hours.told].map(percent),
    ]
  })
  return [HEADS, HEADS.map((_, i) => (i === 0 ? '---' : '--:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}

/** 0.01234 as `1.23 %`; nothing to compare as a dash. */
function percent(share: number): string {
  if (!Number.isFinite(share)) return '–'
  if (share === 0) return '0'
  const parts = share * 100
  if (Math.abs(parts) < 1e-7) return '< 1e-9'
  if (Math.abs(parts) < 0.001) return `${parts.toExponential(0)} %`
  return parts >= 1000 ? `${Math.round(parts).toLocaleString('en')} %` : `${Number(parts.toPrecision(3))} %`
}
