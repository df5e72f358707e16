import type { LocalDay } from './calendar.ts'
import { residualGas } from './emissions.ts'
import { quantities } from './indicator.ts'
import { ruleOf } from './meter-rule.ts'
import type { Measurand } from './organisation.ts'
import type { Scope, SiteEntry } from './organisation-index.ts'
import type { Plan } from './plan.ts'
import { ofGas, type Rate } from './rate.ts'

/**
 * To whom each factor applies: by its key the scopes of which a meter, or an entry in force, is counted by it on
 * some day, whether anything was read on that day or not.
 */
export function factorsApplied(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const applied = new Map<string, Set<string>>()
  const note = (scope: string, rate: Rate) => {
    for (const day of firstDays(rate)) {
      const worth = rate.at(day)
      for (const { key } of 'uses' in worth ? worth.uses : [])
        applied.set(key, (applied.get(key) ?? new Set()).add(scope))
    }
  }
  for (const entry of plan.organisation.sites.values()) noteMeters(entry, plan, note)
  noteEntries(plan, note)
  return applied
}

/** Those that are counted by factors of their own. */
const counted = [...quantities.values(), residualGas]

type Note = (scope: string, rate: Rate) => void

function noteMeters(entry: SiteEntry, plan: Plan, note: Note): void {
  const scope: Scope = { kind: 'site', id: `site:${entry.site.id}`, entry }
  for (const quantity of counted) {
    const { source } = quantity
    if (source.kind !== 'meters') continue
    for (const { meter, calendar } of plan.meters(quantity, scope)) {
      const unit = ruleOf(meter, calendar)?.unit
      if (unit !== undefined) note(scope.id, plan.rate(source.rate, unit, meter.utility, scope))
    }
  }
}

function noteEntries(plan: Plan, note: Note): void {
  const rates = counted.flatMap(({ source }) =>
    source.kind === 'meters' && source.entered !== undefined ? [[source.entered, source.rate] as const] : [],
  )
  const gases = new Set(
    counted.flatMap(({ id, source }) => (source.kind === 'entered' && source.gas ? [id] : [])),
  )
  for (const { id, quantity, scope: named, unit, kind } of plan.entries.all) {
    const scope = plan.scope(named)
    if (scope === undefined || plan.entries.entry(id) === undefined) continue
    for (const [entered, rate] of rates)
      if (entered === quantity) note(named, plan.rate(rate, unit, entered as Measurand, scope))
    if (gases.has(quantity) && !unit.endsWith('CO2e')) note(named, ofGas(kind, unit, plan.factors))
  }
}

/** One day of each stretch in which a rate does not change, from its first break on. */
function firstDays({ breaks }: Rate): readonly LocalDay[] {
  return [...new Set(breaks)]
}
