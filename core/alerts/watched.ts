import type { Words } from '../alert.ts'
import type { ClockHours, HourSeries } from '../hour-series.ts'
import type { Indicator } from '../indicator.ts'
import type { MeterRule } from '../meter-rule.ts'
import { nameIn } from '../organisation.ts'
import type { MeterEntry } from '../organisation-index.ts'
import { unitText } from '../unit-text.ts'

/** A meter with its latest hours. */
export interface Watched {
  readonly entry: MeterEntry
  readonly rule: MeterRule
  readonly series: HourSeries
}

/** Meters of one zone with what its clocks showed, up to the end of the last hour of all series. */
export interface WatchedZone {
  readonly clock: ClockHours
  readonly meters: readonly Watched[]
}

/** How a meter is called in a sentence. */
export function called({ meter, site }: MeterEntry): Words {
  const by = (lang: 'en' | 'zh') => `${nameIn(lang, meter)} (${meter.id})`
  return { en: `${by('en')} at ${nameIn('en', site)}`, zh: `${nameIn('zh', site)}${by('zh')}` }
}

/** A number for a sentence: three figures that count, thousands apart. */
export function round(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const places = Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1))))
  const [whole = '', part] = String(Number(value.toFixed(places))).split('.')
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return part === undefined ? apart : `${apart}.${part}`
}

export function percent(share: number): string {
  return `${round(share * 100)} %`
}

/** The unit that a figure of an indicator is read with: `1` of a share in per cent, none of a ratio. */
export function unitRead({ unit, ratio }: Pick<Indicator, 'unit' | 'ratio'>): string {
  return ratio ? '' : unit
}

/** A figure with its unit for a sentence; a dash where it is not known. */
export function amountText(value: number | null, unit: string, lang: keyof Words): string {
  const known = value ?? Number.NaN
  return unit === '1' ? percent(known) : `${round(known)} ${unitText(unit, lang)}`.trimEnd()
}
