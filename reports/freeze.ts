import { type Basis, type LookedUp, recorded } from '../core/basis.ts'
import { factsOf } from '../core/facts.ts'
import { possibleIndicators } from '../core/indicator.ts'
import { figure } from '../core/intensity.ts'
import { type Scope, sitesOf } from '../core/organisation-index.ts'
import type { Plan } from '../core/plan.ts'
import { RULES_VERSION } from '../core/rules-version.ts'
import type { LocalPeriod } from '../core/usage.ts'
import type { Consumptions } from '../figures/consumptions.ts'
import type { FigureSource } from '../figures/figure-source.ts'

/** Everything that the figures of a boundary in a year rest on, as it is stored now. */
export async function frozenBasis(
  source: FigureSource,
  boundary: Scope,
  year: LocalPeriod,
  now: number,
  atHand: { readonly consumptions?: Consumptions; readonly plan?: Plan } = {},
): Promise<Basis> {
  const plan = atHand.plan ?? (await source.plan())
  const rows = await source.reckon(
    now,
    (facts) => {
      const seen = new Map<string, LookedUp>()
      const noting = factsOf(facts.plan, recorded(facts.lookup, seen), now)
      for (const indicator of possibleIndicators(boundary, plan)) figure(indicator, boundary, year, noting)
      return seen
    },
    { ...atHand, plan },
  )
  return {
    organisation: source.organisation.file,
    factors: source.factors,
    entries: entriesAbout(boundary, plan),
    rows,
    now,
    rules: RULES_VERSION,
  }
}

/** All versions of what is entered for a boundary, for what lies in it, and for what shares a site with it. */
export function entriesAbout(boundary: Scope, plan: Plan): Basis['entries'] {
  const inside = new Set(sitesOf(boundary).map(({ site }) => site.id))
  return plan.entries.all.filter((entry) => {
    const scope = plan.scope(entry.scope)
    return scope !== undefined && sitesOf(scope).some(({ site }) => inside.has(site.id))
  })
}

/** By meter, the days of a year that there are of the meters of a basis. */
export async function daysOf(
  { store, organisation }: FigureSource,
  { rows }: Basis,
  year: LocalPeriod,
): Promise<Map<string, LookedUp[]>> {
  const meters = [...new Set([...rows.values()].map(({ meter }) => meter))].sort()
  const spans = new Map(
    meters.flatMap((meter) => {
      const calendar = organisation.meters.get(meter)?.calendar
      return calendar === undefined ? [] : [[meter, { calendar, ...year.spanAt(calendar) }] as const]
    }),
  )
  const days = new Map(meters.map((meter) => [meter, [] as LookedUp[]]))
  if (spans.size === 0) return days
  const from = Math.min(...[...spans.values()].map(({ start }) => start))
  const to = Math.max(...[...spans.values()].map(({ end }) => end))
  for (const { meter, grain, ...found } of await store.rollups(meters, 'day', from, to)) {
    const span = spans.get(meter)
    const { start } = found
    if (span === undefined || start < span.start || start >= span.end) continue
    // A meter that changed its zone has days of the old one, which no longer count.
    if (span.calendar.spanAt('day', start).start !== start) continue
    days.get(meter)?.push({ meter, grain, start, found })
  }
  return days
}
