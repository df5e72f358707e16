import { type Basis, planOfBasis, rowKey } from '../core/basis.ts'
import { factsOf } from '../core/facts.ts'
import { possibleIndicators } from '../core/indicator.ts'
import { figure } from '../core/intensity.ts'
import { eventsOf, type JournalRecord } from '../core/meter-event.ts'
import type { Scope } from '../core/organisation-index.ts'
import type { Plan } from '../core/plan.ts'
import { type ReckonedStep, type Restatement, restatementsOf, type Values } from '../core/restatement.ts'
import { type Step, stepsBetween } from '../core/restatement-steps.ts'
import { RULES_VERSION } from '../core/rules-version.ts'
import type { LocalPeriod, Lookup } from '../core/usage.ts'
import { Consumptions } from '../figures/consumptions.ts'
import type { FigureSource } from '../figures/figure-source.ts'
import { entriesAbout, frozenBasis } from './freeze.ts'
import type { KnownState } from './known-state.ts'

/** A boundary in a year. */
export interface Place {
  readonly boundary: Extract<Scope, { kind: 'boundary' }>
  readonly year: LocalPeriod
}

/** What has changed since a known state, by cause, and the state by now; null where nothing has. */
export async function restated(
  source: FigureSource,
  known: KnownState,
  { boundary, year }: Place,
  now: number,
  version: string,
): Promise<{ readonly restatements: readonly Restatement[]; readonly state: KnownState } | null> {
  const plan = await source.plan()
  const consumptions = new Consumptions(source.store)
  const declared = declaredSince(known.basis.now, await source.store.journal())
  const steps = stepsBetween(
    known.basis,
    {
      organisation: source.organisation.file,
      factors: source.factors,
      entries: entriesAbout(boundary, plan),
      rows: await rowsNow(source, known.basis, now, { consumptions, plan }),
      rules: RULES_VERSION,
      declared,
    },
    boundary.boundary.id,
  )
  if (steps.length === 0 && known.version === version) return null
  const reckoned: ReckonedStep[] = []
  if (known.version !== version) reckoned.push(byThisVersion(known, { boundary, year }, version))
  for (const step of steps) {
    const values = await valuesAfter(step, source, known.basis, { boundary, year }, now, consumptions)
    reckoned.push({ cause: step.cause, detail: step.detail, values })
  }
  const basis = await frozenBasis(source, boundary, year, now, { consumptions, plan })
  const values = reckoned.at(-1)?.values ?? known.values
  return { restatements: restatementsOf(known.values, reckoned), state: { basis, values, version } }
}

/** The rows that a basis has, as they are stored by now. */
async function rowsNow(
  source: FigureSource,
  basis: Basis,
  now: number,
  atHand: { readonly consumptions: Consumptions; readonly plan: Plan },
): Promise<Basis['rows']> {
  return source.reckon(
    now,
    ({ lookup }) =>
      new Map(
        [...basis.rows].map(([key, { meter, grain, start }]) => [
          key,
          { meter, grain, start, found: lookup(meter, grain, start) ?? null },
        ]),
      ),
    atHand,
  )
}

/** The same inputs, by a program that is another than then. */
function byThisVersion({ basis, version: before }: KnownState, place: Place, version: string): ReckonedStep {
  const lookup: Lookup = (meter, grain, start) =>
    basis.rows.get(rowKey(meter, grain, start))?.found ?? undefined
  const values = valuesOf(planOfBasis(basis), lookup, place, basis.now)
  return { cause: 'method', detail: [`wattwell ${version} in place of ${before}`], values }
}

function valuesAfter(
  { inputs, oldRowsOf }: Step,
  source: FigureSource,
  { rows }: Basis,
  place: Place,
  now: number,
  consumptions: Consumptions,
): Promise<Values> {
  const plan = planOfBasis(inputs)
  return source.reckon(
    now,
    (facts) => {
      const lookup: Lookup = (meter, grain, start) =>
        oldRowsOf.has(meter)
          ? (rows.get(rowKey(meter, grain, start))?.found ?? undefined)
          : facts.lookup(meter, grain, start)
      return valuesOf(plan, lookup, place, now)
    },
    { consumptions, plan },
  )
}

function valuesOf(plan: Plan, lookup: Lookup, { boundary, year }: Place, now: number): Values {
  // The boundary as it is in this plan.
  const scope = plan.scope(boundary.id) ?? boundary
  const facts = factsOf(plan, lookup, now)
  return new Map(
    possibleIndicators(scope, plan).map((indicator) => [
      indicator.id,
      figure(indicator, scope, year, facts).value,
    ]),
  )
}

/** What the figures are by now. */
export async function valuesNow(source: FigureSource, place: Place, now: number): Promise<Values> {
  return source.reckon(now, (facts) => valuesOf(facts.plan, facts.lookup, place, now))
}

/** The meters of whose journal something was entered, or taken back, since an instant. */
function declaredSince(since: number, journal: readonly JournalRecord[]): Set<string> {
  return new Set(
    eventsOf(journal)
      .filter(({ enteredAt, reversed }) => Math.max(enteredAt, reversed?.enteredAt ?? 0) > since)
      .map(({ occurrence }) => occurrence.meter),
  )
}
