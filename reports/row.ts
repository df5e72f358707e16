import type { Text } from './text.ts'

/** Where standards ask for a figure. */
export interface Standards {
  /** Appendix C2 to the Main Board Listing Rules of HKEX: key performance indicators of part C, paragraphs of part D. */
  readonly hkex?: readonly string[]
  /** GRI: 301 and 302 of 2016, 303 of 2018, 305 of 2016, 306 of 2020. */
  readonly gri?: readonly string[]
  readonly iso?: readonly string[]
}

/** What a row shows of its indicator. */
export type Shown =
  /** Its value. */
  | 'value'
  /** Its value, a share, in percent. */
  | 'percent'
  /** What it is divided by. */
  | 'denominator'

/** A row of the table, before it is asked for. */
export interface RowLayout {
  readonly id: string
  readonly indicator: string
  readonly shown: Shown
  readonly name: Text
  readonly decimals: number
  readonly standards: Standards
  readonly method: Text
  /** Of a denominator: its unit; a figure brings its own. */
  readonly unit?: string
}

export interface SectionLayout {
  readonly id: string
  readonly name: Text
  readonly rows: readonly RowLayout[]
}

/** The decimals of the annual table (DOMAIN, section 4). */
const DECIMALS = 2

export function row(
  indicator: string,
  en: string,
  zh: string,
  standards: Standards,
  method: Text,
  shown: Exclude<Shown, 'denominator'> = 'value',
): RowLayout {
  return { id: indicator, indicator, shown, name: { en, zh }, decimals: DECIMALS, standards, method }
}

interface Parts {
  readonly en: string
  /** As it begins a name: 人均 stands before it. */
  readonly zh: string
  readonly standards: Standards
  /** Decimals per area and per revenue, where two would leave nothing of it. */
  readonly finerDecimals?: number
}

/** The four intensities of a quantity, in the order of the company's reports. */
export function intensityRows(
  quantity: string,
  { en, zh, standards, finerDecimals = DECIMALS }: Parts,
): RowLayout[] {
  const of = (suffix: string, enName: string, zhName: string, method: Text) =>
    row(`${quantity}-${suffix}`, enName, zhName, standards, method)
  const finer: typeof of = (...named) => ({ ...of(...named), decimals: finerDecimals })
  return [
    of('per-employee', `${en} per employee`, `人均${zh}`, {
      en: 'Total divided once by the full-time employees at the end of the year, the published method',
      zh: '总量除以年末全职员工人数，与已发布报告的方法一致',
    }),
    of('per-employee-average', `${en} per employee (average headcount)`, `人均${zh}（按平均人数）`, {
      en: 'Total divided once by the full-time employees weighted by time over the year',
      zh: '总量除以全年按时间加权的平均全职员工人数',
    }),
    finer('per-area', `${en} per floor area`, `单位面积${zh}`, {
      en: 'Total divided once by the floor area weighted by time over the year',
      zh: '总量除以全年按时间加权的建筑面积',
    }),
    finer('per-revenue', `${en} per RMB million of revenue`, `每百万元营收${zh}`, {
      en: 'Total divided once by the revenue of the year',
      zh: '总量除以当年营业收入',
    }),
  ]
}
