import type { Amount } from './amount.ts'
import { dateOf, nextDay } from './calendar.ts'
import { type Spans, withBranches } from './driver-branches.ts'
import { type Leaf, leavesOf, summed } from './driver-leaves.ts'
import { type Driver, driversOf, type Pair, pairs, type Sides } from './drivers.ts'
import type { Facts } from './facts.ts'
import type { Indicator } from './indicator.ts'
import { figure } from './intensity.ts'
import { type Scope, sitesOf } from './organisation-index.ts'
import type { Assessment } from './target.ts'
import type { Target } from './target-file.ts'
import { type LocalPeriod, periodOf } from './usage.ts'
import { monthStart } from './year-months.ts'

/** What drives a target's figure away from its path, or from last year's. */
export interface TargetDrivers {
  readonly against: 'path' | 'last-year'
  readonly value: number | null
  readonly reference: number | null
  /** value - reference, to which the parts add up. */
  readonly total: number | null
  /** Local days, half-open: what the parts were seen over. */
  readonly span: { readonly from: string; readonly to: string }
  readonly parts: readonly Driver[]
  readonly reason?: string
}

/** What is seen of a figure in several spans, and of the same ones a year before. */
interface Seen {
  readonly spans: Spans
  readonly now: readonly Leaf[]
  readonly before: readonly Leaf[]
}

/**
 * Which sites and meters a year's figure owes its distance to: from the path, and from the same span of last
 * year. The path has no sites of its own, so each part of last year is asked for the same cut; what a part
 * does beyond that is its contribution. A running year is seen over its complete months, whose parts are
 * carried to the year's end all alike.
 */
export function targetDrivers(
  target: Target,
  indicator: Indicator,
  scope: Scope,
  year: number,
  seen: Assessment,
  facts: Facts,
): TargetDrivers[] {
  const months = seen.outlook.actual.partial ? seen.outlook.monthsComplete : 12
  const inMonths = look(indicator, scope, facts, spansOf(year, months))
  const inYears = look(indicator, scope, facts, wholeYears(year))
  const isWhole = !seen.outlook.actual.partial
  // A ledger of last year may stand there as a whole only.
  const isLedger = indicator.numerator.source.kind === 'entered'
  const ofPath = isWhole || (isLedger && amountOfAll(inMonths.before) === null) ? inYears : inMonths
  return [
    againstPath(target, indicator, scope, year, seen, facts, ofPath),
    againstLastYear(indicator, scope, facts, isWhole ? inYears : inMonths),
  ]
}

function againstPath(
  target: Target,
  indicator: Indicator,
  scope: Scope,
  year: number,
  seen: Assessment,
  facts: Facts,
  looked: Seen,
): TargetDrivers {
  const { outlook, pathValue } = seen
  const { scale = 1, denominator } = indicator
  const value = target.kind === 'cumulative' ? null : outlook.projected
  const row = { against: 'path', value, reference: pathValue, span: spanOf(looked.spans) } as const
  const without = (reason: string): TargetDrivers => ({ ...row, total: null, parts: [], reason })
  if (target.kind === 'cumulative') return without('what several years come to together has no path by sites')
  if (value === null || pathValue === null) return without(seen.reason ?? 'there is no projection')
  const last = figureIn(indicator, scope, facts, wholeYears(year).before[0] as LocalPeriod)
  const divisor = denominator === undefined ? 1 : outlook.below
  const divisorBefore = denominator === undefined ? 1 : last.denominator
  if (divisor === null || divisorBefore === null || divisorBefore === 0)
    return without(`the denominator of ${year - 1} is not known`)
  const now = amountOfAll(looked.now)
  const before = amountOfAll(looked.before)
  const reason = [...looked.now, ...looked.before].find((leaf) => leaf.value === null)?.reason
  if (now === null || before === null || now === 0 || before === 0)
    return without(
      `what the same span of ${year - 1} was made of is not known: ${reason ?? 'it comes to nothing'}`,
    )
  const sides: Sides = {
    numerator: nested(indicator, scope, facts, looked),
    scale,
    weight: {
      now: (value * divisor) / scale / now,
      before: (pathValue * divisorBefore) / scale / before,
    },
    root: scope.id,
    ...(denominator !== undefined && {
      denominator: divisors(indicator, scope, facts, wholeYears(year), divisor, divisorBefore),
    }),
  }
  return { ...row, ...driversOf(sides) }
}

function againstLastYear(indicator: Indicator, scope: Scope, facts: Facts, looked: Seen): TargetDrivers {
  const { scale = 1, denominator } = indicator
  const { spans } = looked
  const row = { against: 'last-year', span: spanOf(spans) } as const
  if (spans.now.length === 0)
    return {
      ...row,
      value: null,
      reference: null,
      total: null,
      parts: [],
      reason: 'no month of the year is complete yet',
    }
  // People and floor area are those at the end of the span; what is metered or sold is that of all of it.
  const isStock = typeof denominator === 'string' && denominator !== 'revenue'
  const of = isStock ? { now: spans.now.slice(-1), before: spans.before.slice(-1) } : spans
  const under = (periods: readonly LocalPeriod[]) =>
    denominator === undefined
      ? 1
      : periods.reduce<number | null>((sum, period) => {
          const one = figureIn(indicator, scope, facts, period).denominator
          return sum === null || one === null ? null : sum + one
        }, 0)
  const [divisor, divisorBefore] = [under(of.now), under(of.before)]
  const quotient = (leaves: readonly Leaf[], below: number | null) => {
    const amount = amountOfAll(leaves)
    return amount === null || below === null || below === 0 ? null : (amount / below) * scale
  }
  const value = quotient(looked.now, divisor)
  const reference = quotient(looked.before, divisorBefore)
  const drivers = driversOf({
    numerator: nested(indicator, scope, facts, looked),
    scale,
    weight: { now: 1, before: 1 },
    root: scope.id,
    ...(denominator !== undefined && {
      denominator: divisors(indicator, scope, facts, of, divisor, divisorBefore),
    }),
  })
  const open = [...looked.now, ...looked.before].find((leaf) => leaf.value === null)
  // What nothing was measured of is not nothing.
  const isBlind = looked.now.length === 0 || looked.before.length === 0
  const reason =
    value !== null && reference !== null && !isBlind
      ? undefined
      : (open?.reason ?? 'a part of the span, or of last year’s, is not known')
  return {
    ...row,
    value: looked.now.length === 0 ? null : value,
    reference: looked.before.length === 0 ? null : reference,
    total: isBlind ? null : drivers.total,
    parts: isBlind ? [] : drivers.parts,
    ...(reason !== undefined && { reason }),
  }
}

function look(indicator: Indicator, scope: Scope, facts: Facts, spans: Spans): Seen {
  const leaves = (periods: readonly LocalPeriod[]) =>
    summed(periods.map((period) => leavesIn(figureIn(indicator, scope, facts, period).above, scope, facts)))
  return { spans, now: leaves(spans.now), before: leaves(spans.before) }
}

function leavesIn(amount: Amount, scope: Scope, facts: Facts): Leaf[] {
  const named = (id: string) => {
    const entry = facts.plan.entries.entry(id)
    return entry === undefined
      ? id
      : [entry.quantity, entry.kind, entry.item].filter((one) => one !== '').join('/')
  }
  const leaves = leavesOf(amount, scope.id, named)
  if (amount.value === null && !leaves.some((leaf) => leaf.value === null))
    leaves.push({
      ...{ kind: 'remainder', id: amount.id, place: scope.id, value: null },
      ...(amount.reason !== undefined && { reason: amount.reason }),
    })
  return leaves
}

function nested(
  indicator: Indicator,
  scope: Scope,
  facts: Facts,
  looked: Seen,
): Map<string, readonly Pair[]> {
  const entries = new Map(sitesOf(scope).map((entry) => [`site:${entry.site.id}`, entry]))
  const all = pairs(looked.now, looked.before)
  return new Map(
    [...all].map(([place, ofPlace]) => {
      const entry = entries.get(place)
      return [
        place,
        entry === undefined
          ? ofPlace
          : withBranches(indicator.numerator, entry, ofPlace, looked.spans, facts),
      ]
    }),
  )
}

/** The denominator by site, each part so weighed that they come to the totals. */
function divisors(
  indicator: Indicator,
  scope: Scope,
  facts: Facts,
  spans: Spans,
  now: number | null,
  before: number | null,
): NonNullable<Sides['denominator']> {
  const byPlace = (periods: readonly LocalPeriod[], to: number | null) => {
    const trees = periods.map((period) => figureIn(indicator, scope, facts, period).below)
    const leaves = summed(trees.map((tree) => (tree === null ? [] : leavesIn(tree, scope, facts))))
    const whole = amountOfAll(leaves)
    if (whole === null || whole === 0 || to === null) return undefined
    const places = new Map<string, number>()
    for (const { place, value } of leaves)
      places.set(place, (places.get(place) ?? 0) + ((value as number) * to) / whole)
    return places
  }
  const [a, b] = [byPlace(spans.now, now), byPlace(spans.before, before)]
  const places = a === undefined || b === undefined ? [] : [...new Set([...a.keys(), ...b.keys()])]
  const parts = places
    .filter((place) => place !== scope.id || scope.kind === 'boundary')
    .map((id): Pair => ({ kind: 'site', id, now: a?.get(id) ?? 0, before: b?.get(id) ?? 0 }))
  const { denominator } = indicator
  const id = typeof denominator === 'object' ? denominator.id : (denominator ?? '')
  return { id, now, before, parts }
}

function figureIn(indicator: Indicator, scope: Scope, facts: Facts, period: LocalPeriod) {
  return figure(indicator, scope, period, facts)
}

/** The sum of leaves; null where there are none, or one is not known. */
function amountOfAll(leaves: readonly Leaf[]): number | null {
  return leaves.length === 0
    ? null
    : leaves.reduce<number | null>(
        (sum, { value }) => (sum === null || value === null ? null : sum + value),
        0,
      )
}

function spansOf(year: number, months: number): Spans {
  const of = (y: number) => Array.from({ length: months }, (_, i) => periodOf('month', monthStart(y, i + 1)))
  return { now: of(year), before: of(year - 1) }
}

function wholeYears(year: number): Spans {
  const of = (y: number) => [periodOf('year', monthStart(y, 1))]
  return { now: of(year), before: of(year - 1) }
}

function spanOf({ now }: Spans): TargetDrivers['span'] {
  const [first, last] = [now[0], now.at(-1)]
  if (first === undefined || last === undefined) return { from: '', to: '' }
  return { from: dateOf(first.firstDay), to: dateOf(nextDay(last.grain, last.firstDay)) }
}
