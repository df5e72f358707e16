import type { Span } from '../core/calendar.ts'
import { factsOf, planOf } from '../core/facts.ts'
import { indicators } from '../core/indicator.ts'
import { type Figure, figure } from '../core/intensity.ts'
import { ruleOf } from '../core/meter-rule.ts'
import { calendarOf, type Organisation, type Scope } from '../core/organisation-index.ts'
import { type Consumption, flagsOf, type Rollup } from '../core/rollup.ts'
import { type LocalPeriod, type Lookup, type Period, periods } from '../core/usage.ts'
import type { Truth } from '../simulators/truth.ts'
import type { Store } from '../store/store.ts'
import { median } from './measure.ts'

/** An hour is wrong where it is off by more than this share of the truth, or of a tenth of the meter's mean hour where that is more. */
const WRONG = 0.005

/** How far a scenario's figures are from the truth. Errors are relative, 1 is 100 %; NaN where there is nothing to compare. */
export interface Accuracy {
  /** Of sites by month, whatever the coverage. */
  readonly energy: { readonly worst: number; readonly median: number }
  readonly water: { readonly worst: number; readonly median: number }
  /** Of all indicators, sites and boundaries, months and the year: of those that are given. */
  readonly given: { readonly worst: number; readonly median: number; readonly which: string }
  /** Of those that are not given because of their coverage: their share, and how far the known part is off. */
  readonly withheld: { readonly share: number; readonly worst: number }
  /** Hours below zero or above the meter's limit. */
  readonly impossible: number
  readonly coverage: { readonly mean: number; readonly lowest: number }
  readonly estimated: { readonly mean: number; readonly highest: number }
  readonly hours: {
    /** The share of the meter-hours that are wrong. */
    readonly wrong: number
    /** The share of the wrong ones whose quality is another than measured. */
    readonly flagged: number
    /** Of what wrong hours lack, the share that their coverage tells. */
    readonly told: number
  }
}

/** Compares everything that a store has of a span with the truth. */
export async function compare(
  store: Store,
  organisation: Organisation,
  truth: Truth,
  { start, end }: Span,
): Promise<Accuracy> {
  const stored = await storedLookup(store, organisation, truth)
  const scopes = [
    ...organisation.file.boundaries.map(({ id }) => `boundary:${id}`),
    ...organisation.file.sites.map(({ id }) => `site:${id}`),
  ].map((id) => organisation.scope(id) as Scope)
  const spans = (scope: Scope): LocalPeriod[] => {
    const calendar = calendarOf(scope, organisation)
    const inside = (period: Period) => {
      const span = period.spanAt(organisation.calendar)
      return span.start >= start && span.end <= end
    }
    return (['month', 'year'] as const).flatMap((grain) =>
      periods(grain, calendar, start, end).filter(inside),
    )
  }
  const plan = planOf(organisation)
  const facts = factsOf(plan, stored, truth.to)
  const trueFacts = factsOf(plan, truth.lookup, truth.to)
  const compared = scopes.flatMap((scope) =>
    spans(scope).flatMap((period) =>
      [...indicators.values()].flatMap((indicator): Compared[] => {
        const true_ = figure(indicator, scope, period, trueFacts)
        if (true_.value === null) return []
        const known = figure(indicator, scope, period, facts)
        const name = `${indicator.id} of ${scope.id}, ${nameOf(period, organisation)}`
        return [{ name, indicator: indicator.id, scope, period, known, off: offOf(known, true_) }]
      }),
    ),
  )
  const siteMonths = (indicator: string) =>
    compared.filter(
      (one) => one.indicator === indicator && one.scope.kind === 'site' && one.period.grain === 'month',
    )
  const given = compared.filter(({ known }) => known.value !== null)
  const withheld = compared.filter(({ known }) => known.value === null)
  const worst = given.toSorted((a, b) => b.off - a.off)[0]
  const energy = siteMonths('energy')
  return {
    energy: spread(energy.map(({ off }) => off)),
    water: spread(siteMonths('water-withdrawal').map(({ off }) => off)),
    given: { ...spread(given.map(({ off }) => off)), which: worst?.name ?? '' },
    withheld: {
      share: withheld.length / compared.length,
      worst: withheld.length === 0 ? Number.NaN : Math.max(...withheld.map(({ off }) => off)),
    },
    coverage: {
      mean: mean(energy.map(({ known }) => known.coverage)),
      lowest: Math.min(...energy.map(({ known }) => known.coverage)),
    },
    estimated: {
      mean: mean(energy.map(({ known }) => known.estimated)),
      highest: Math.max(...energy.map(({ known }) => known.estimated)),
    },
    ...(await compareHours(store, truth, { start, end })),
  }
}

interface Compared {
  readonly name: string
  readonly indicator: string
  readonly scope: Scope
  readonly period: Period
  readonly known: Figure
  readonly off: number
}

/** The relative error of a figure, or of the part of its numerator that is known. */
function offOf(known: Figure, true_: Figure): number {
  const value = known.value ?? asFar(known)
  const truth = true_.value as number
  if (value === null) return 1
  return truth === 0 ? (value === 0 ? 0 : 1) : Math.abs(value - truth) / Math.abs(truth)
}

function asFar({ numerator, denominator }: Figure): number | null {
  if (numerator === null) return null
  return denominator === null ? numerator : numerator / denominator
}

async function compareHours(
  store: Store,
  truth: Truth,
  { start, end }: Span,
): Promise<Pick<Accuracy, 'impossible' | 'hours'>> {
  let hours = 0
  let wrong = 0
  let flagged = 0
  let lacking = 0
  let told = 0
  let impossible = 0
  for (const { entry } of truth.meters()) {
    const { meter, calendar } = entry
    const rule = ruleOf(meter, calendar)
    // No consumption, and below zero in winter.
    if (rule?.isMean) continue
    const spans = calendar.spans('hour', start, end)
    const rows = await rowsOf(store, meter.id, 'hour', spans[0]?.start ?? start, end)
    const perHour = (truth.consumption(meter.id, { start, end })?.value as number) / spans.length
    for (const span of spans) {
      const row = rows.get(span.start)
      const right = truth.consumption(meter.id, span)?.value as number
      const value = row?.value ?? 0
      const coverage = (row?.coveredMs ?? 0) / (span.end - span.start)
      const off = Math.abs(value - right)
      hours += 1
      const most = (rule?.limitPerHour ?? Number.POSITIVE_INFINITY) * (1 + 1e-9)
      if (value < 0 || value > most) impossible += 1
      if (off <= WRONG * Math.max(right, perHour / 10)) continue
      wrong += 1
      if (row === undefined || coverage < 1 || flagsOf(row) !== 0) flagged += 1
      lacking += Math.max(0, right - value)
      told += Math.min(Math.max(0, right - value), right * (1 - Math.min(1, coverage)))
    }
  }
  return { impossible, hours: { wrong: wrong / hours, flagged: flagged / wrong, told: told / lacking } }
}

/** Months and years of all meters, as the store has them. */
async function storedLookup(store: Store, organisation: Organisation, truth: Truth): Promise<Lookup> {
  const rows = new Map<string, ReadonlyMap<number, Consumption>>()
  for (const id of organisation.meters.keys()) {
    for (const grain of ['month', 'year'] as const) {
      // A year that the span has only a part of begins before it.
      const from = organisation.calendar.spanOf('year', organisation.calendar.dayAt(truth.from)).start
      rows.set(`${grain} ${id}`, await rowsOf(store, id, grain, from, truth.to))
    }
  }
  return (meter, grain, start) => rows.get(`${grain} ${meter}`)?.get(start)
}

async function rowsOf(
  store: Store,
  meter: string,
  grain: Rollup['grain'],
  from: number,
  to: number,
): Promise<ReadonlyMap<number, Rollup>> {
  return new Map((await store.rollups([meter], grain, from, to)).map((row) => [row.start, row]))
}

function nameOf(period: Period, organisation: Organisation): string {
  const { start } = period.spanAt(organisation.calendar)
  const date = new Date(start + 43_200_000).toISOString()
  return period.grain === 'year' ? date.slice(0, 4) : date.slice(0, 7)
}

function spread(numbers: readonly number[]): { worst: number; median: number } {
  return { worst: Math.max(...numbers), median: median(numbers) }
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
