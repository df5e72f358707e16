import type { ConsumptionRow, Utility } from '../answers.ts'
import { get } from '../api.ts'
import { WHOLE } from '../quality.ts'
import type { Scope } from '../scopes.ts'

/** Below this a figure is not judged by, and above that much estimated neither. */
export const LEAST_COVERAGE = 0.95
export const MOST_ESTIMATED = 0.1

/** How much is known of a scope, by utility and then by span: a year `2026` or a month `2026-03`. */
export type Covered = ReadonlyMap<string, ConsumptionRow>

export function coveredKey(scope: string, utility: Utility, span: string): string {
  return `${scope} ${utility} ${span}`
}

/** Years or months of many scopes at once; a scope that does not meter the utility is left out. */
export async function fetchCovered(
  scopes: readonly Scope[],
  utility: Utility,
  grain: 'month' | 'year',
  [from, to]: readonly [number, number],
  signal: AbortSignal,
): Promise<[string, ConsumptionRow][]> {
  const asked = scopes.filter((one) => one.utilities.includes(utility))
  if (asked.length === 0) return []
  const list = asked.map(({ scope }) => encodeURIComponent(scope)).join(',')
  const path = `consumption?scope=${list}&utility=${utility}&grain=${grain}&from=${from}&to=${to}`
  const { rows } = await get<{ rows: ConsumptionRow[] }>(path, signal)
  return rows.map((row) => {
    const scope = row.scope ?? (asked[0] as Scope).scope
    return [coveredKey(scope, utility, spanOf(row, grain)), row]
  })
}

/** The local month or year that begins at a row's start: half a day on it is that everywhere. */
function spanOf({ start }: ConsumptionRow, grain: 'month' | 'year'): string {
  return new Date(Date.parse(start) + 36 * 3_600_000).toISOString().slice(0, grain === 'month' ? 7 : 4)
}

export type Grade = 'whole' | 'nearly' | 'low' | 'missing' | 'none'

/** How a cell looks; `none` where nothing is metered or the span is to come. */
export function gradeOf(row: ConsumptionRow | undefined): Grade {
  if (row === undefined) return 'none'
  if (row.value === null || row.coverage === 0) return 'missing'
  if (row.coverage < LEAST_COVERAGE) return 'low'
  return row.coverage < WHOLE ? 'nearly' : 'whole'
}

/** Whether targets may be judged by it. */
export function isSound({ value, coverage, estimated }: ConsumptionRow): boolean {
  return value !== null && coverage >= LEAST_COVERAGE && estimated <= MOST_ESTIMATED
}
