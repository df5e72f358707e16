import type { Utility } from '../answers.ts'
import { linesOf } from '../csv.ts'
import type { Scope } from '../scopes.ts'
import { type Covered, coveredKey } from './coverage.ts'

/** A column of the matrix: one utility over one span. */
export interface Column {
  readonly utility: Utility
  /** `2026` or `2026-03`. */
  readonly span: string
  readonly label: string
  /** The year before, shown beneath. */
  readonly before?: string
  /** Where a click leads to the meters of that month. */
  readonly opens: boolean
}

/** All utilities by the year; or of one the year and its months. */
export function columnsOf(
  utility: Utility | undefined,
  utilities: readonly Utility[],
  shown: number,
  year: number,
  names: Readonly<Record<Utility, string>>,
  monthName: (month: string) => string,
): Column[] {
  if (utility === undefined) {
    return utilities.flatMap((one) => [
      { utility: one, span: String(year), before: String(year - 1), label: names[one], opens: false },
    ])
  }
  const months = Array.from({ length: 12 }, (_, i) => `${shown}-${String(i + 1).padStart(2, '0')}`)
  return [
    { utility, span: String(shown), label: String(shown), opens: false },
    ...months.map((span) => ({ utility, span, label: monthName(span), opens: true })),
  ]
}

/** Every cell as a line, unrounded; what is not metered or is to come is left out. */
export function matrixCsv(rows: readonly Scope[], columns: readonly Column[], covered: Covered): string {
  const spans = columns.flatMap(({ utility, span, before }) =>
    [span, ...(before === undefined ? [] : [before])].map((one) => [utility, one] as const),
  )
  return linesOf([
    ['scope', 'utility', 'span', 'coverage', 'estimated', 'quality', 'reason'],
    ...rows.flatMap(({ scope }) =>
      spans.flatMap(([utility, span]) => {
        const row = covered.get(coveredKey(scope, utility, span))
        return row === undefined
          ? []
          : [[scope, utility, span, row.coverage, row.estimated, row.quality, row.reason]]
      }),
    ),
  ])
}
