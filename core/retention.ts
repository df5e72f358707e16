import { type Calendar, DAY_MS, type Span } from './calendar.ts'
import { baselineOf, type Target } from './target-file.ts'
import { HOUR_MS } from './window.ts'

/** Nothing is taken from before this year. */
export const OLDEST_YEAR = 2000

/** So much of a forgotten year stays beside a year that is kept: its first and last hours hang on it, in every zone. */
const MARGIN_MS = 32 * DAY_MS
/** The last place on earth enters a year so much later than UTC. */
const LAST_ZONE_MS = 12 * HOUR_MS

/** What is kept of something that comes by the year. */
export interface KeepRule {
  /** Whole years before the running one; null: for ever. */
  readonly years: number | null
  /** Years that are kept however old they are. */
  readonly protectedYears: readonly number[]
}

export const keptForEver: KeepRule = { years: null, protectedYears: [] }

/** What is kept of readings and of hours. Hours are kept no shorter than the readings that they are made of. */
export interface KeepRules {
  readonly readings: KeepRule
  readonly hours: KeepRule
}

/** The rules of the settings, with the years that the targets need. */
export function keepRules(
  keep: { readonly readingYears: number | null; readonly hourYears: number | null },
  targets: readonly Target[],
): KeepRules {
  const protectedYears = baselineYears(targets)
  return {
    readings: { years: keep.readingYears, protectedYears },
    hours: { years: keep.hourYears, protectedYears },
  }
}

/** The years that a target's baseline is reckoned from: without their readings it could not be restated. */
export function baselineYears(targets: readonly Target[]): number[] {
  const years = targets.flatMap((target) => {
    const baseline = baselineOf(target)
    return baseline !== undefined && baseline.value === undefined ? [baseline.year] : []
  })
  return [...new Set(years)].sort((a, b) => a - b)
}

/** The years that may be forgotten at an instant, in order: those before the kept ones, without the protected. */
export function forgettableYears({ years, protectedYears }: KeepRule, now: number): number[] {
  if (years === null) return []
  const first = runningYear(now) - years
  const before = Array.from({ length: Math.max(0, first - OLDEST_YEAR) }, (_, i) => OLDEST_YEAR + i)
  return before.filter((year) => !protectedYears.includes(year))
}

/** The instant after `now` at which `forgettableYears` has another answer. */
export function nextTurn(now: number): number {
  return startOfYear(runningYear(now) + 1) + LAST_ZONE_MS
}

/** A span of forgotten years without the margins beside the years that are kept. */
export interface DroppedSpan extends Span {
  /** When the kept year before it has ended in every zone; null where there is none. */
  readonly keptUntil: number | null
  /** When the kept year after it begins in the first zone. */
  readonly keptFrom: number
}

/** What may go of forgotten years. */
export function droppedSpans(forgotten: readonly number[]): DroppedSpan[] {
  return runs(forgotten).map(({ first, next }) => ({
    start: first === OLDEST_YEAR ? 0 : startOfYear(first) + MARGIN_MS,
    end: startOfYear(next) - MARGIN_MS,
    keptUntil: first === OLDEST_YEAR ? null : startOfYear(first) + DAY_MS,
    keptFrom: startOfYear(next) - DAY_MS,
  }))
}

/** The years that are not forgotten, as spans of a calendar, in order; the last one has no end. */
export function keptSpans(forgotten: readonly number[], calendar: Calendar): Span[] {
  const spans: Span[] = []
  let start = Number.NEGATIVE_INFINITY
  for (const { first, next } of runs(forgotten)) {
    if (first > OLDEST_YEAR) spans.push({ start, end: localStart(first, calendar) })
    start = localStart(next, calendar)
  }
  return [...spans, { start, end: Number.POSITIVE_INFINITY }]
}

/** `2000 to 2018, 2020`, for messages. */
export function yearsText(years: readonly number[]): string {
  return runs(years)
    .map(({ first, next }) => (next === first + 1 ? `${first}` : `${first} to ${next - 1}`))
    .join(', ')
}

/** The year that is running somewhere on earth: the earlier one while it changes. */
function runningYear(now: number): number {
  return new Date(now - LAST_ZONE_MS).getUTCFullYear()
}

function startOfYear(year: number): number {
  return Date.UTC(year, 0, 1)
}

function localStart(year: number, calendar: Calendar): number {
  return calendar.startOfDay(startOfYear(year) / DAY_MS)
}

/** Years in a row, as the first of them and the one after the last. */
function runs(years: readonly number[]): { first: number; next: number }[] {
  const found: { first: number; next: number }[] = []
  for (const year of years) {
    const last = found.at(-1)
    if (last?.next === year) last.next += 1
    else found.push({ first: year, next: year + 1 })
  }
  return found
}
