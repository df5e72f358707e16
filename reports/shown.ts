import type { ReportRow } from './annual.ts'
import { rounded } from './rounding.ts'
import type { Lang } from './text.ts'
import { unitText } from './unit-text.ts'

type Kind = Pick<ReportRow, 'shown' | 'decimals'>

/** A value of a row as the report shows it: rounded, a share in percent. Null stays null. */
export function shown({ shown: kind, decimals }: Kind, value: number | null): string | null {
  return value === null ? null : rounded(value, decimals, kind === 'percent' ? 2 : 0)
}

/** The same number for a spreadsheet: a share stays a share, which the cell's format shows in percent. */
export function shownNumber({ shown: kind, decimals }: Kind, value: number): number {
  return Number(rounded(value, kind === 'percent' ? decimals + 2 : decimals))
}

/** The unit that a row is shown in. */
export function rowUnit({ shown: kind, unit }: Pick<ReportRow, 'shown' | 'unit'>, lang: Lang): string {
  return unitText(kind === 'percent' ? '%' : unit, lang)
}
