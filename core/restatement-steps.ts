import type { Basis, LookedUp } from './basis.ts'
import { canonical } from './canonical.ts'
import type { Meter, OrganisationFile, Site } from './organisation.ts'
import type { Cause } from './restatement.ts'
import {
  denominatorDetail,
  entryDetail,
  factorDetail,
  metersById,
  rowsDetail,
  sameRow,
  structureChange,
} from './restatement-detail.ts'

/** Everything but the rows: those are looked up as they are by now, except of some meters. */
export type Inputs = Pick<Basis, 'organisation' | 'factors' | 'entries'>

/** From one state to the next: what figures are reckoned from with one more group of inputs replaced. */
export interface Step {
  readonly cause: Cause
  readonly detail: readonly string[]
  readonly inputs: Inputs
  /** Meters whose rows are still those of before. */
  readonly oldRowsOf: ReadonlySet<string>
}

export interface Now extends Inputs {
  /** The rows of before, as they are by now. */
  readonly rows: ReadonlyMap<string, LookedUp>
  readonly rules: number
  /** Meters of whose journal something was entered since. */
  readonly declared: ReadonlySet<string>
}

/**
 * What has changed between a known state and now, group by group: rows, factors, the boundary with its sites and
 * meters, what figures are divided by, entries. The last step has everything as it is now. Empty where
 * nothing has changed.
 */
export function stepsBetween(before: Basis, now: Now, boundary: string): Step[] {
  const steps: Step[] = []
  let inputs: Inputs = before
  let oldRowsOf: ReadonlySet<string> = changedMeters(before, now)
  for (const [cause, meters] of byCause(oldRowsOf, before, now)) {
    oldRowsOf = new Set([...oldRowsOf].filter((meter) => !meters.includes(meter)))
    steps.push({
      cause,
      detail: meters.map((meter) => rowsDetail(meter, before, now.rows)),
      inputs,
      oldRowsOf,
    })
  }
  const take = (cause: Cause, detail: readonly string[], more: Partial<Inputs>) => {
    if (canonical(more) === canonical(pick(inputs, Object.keys(more) as (keyof Inputs)[]))) return
    inputs = { ...inputs, ...more }
    steps.push({ cause, detail, inputs, oldRowsOf })
  }
  const { factors, organisation, entries } = now
  take('factor', factorDetail(before, now), { factors: listsOf(factors) })
  const { cause, detail } = structureChange(before.organisation, organisation, boundary)
  take(cause, detail, { organisation: withDenominators(organisation, before.organisation) })
  take('correction', denominatorDetail(before.organisation, organisation), { organisation })
  take('correction', entryDetail(before, now), { entries })
  return steps
}

function listsOf({ own, published }: Inputs['factors']): Inputs['factors'] {
  return { own, published }
}

function pick({ organisation, factors, entries }: Inputs, keys: readonly (keyof Inputs)[]): Partial<Inputs> {
  const all: Inputs = { organisation, factors: listsOf(factors), entries }
  return Object.fromEntries(keys.map((key) => [key, all[key]]))
}

/** The meters whose rows have changed, in order. */
function changedMeters(before: Basis, now: Now): ReadonlySet<string> {
  const changed = [...before.rows].filter(([key, row]) => !sameRow(row, now.rows.get(key)))
  return new Set(changed.map(([, { meter }]) => meter).sort())
}

/**
 * Why rows have changed: somebody declared something of the meter or changed its settings; the rules are
 * others; else readings came.
 */
function byCause(meters: Iterable<string>, before: Basis, now: Now): [Cause, string[]][] {
  const was = metersById(before.organisation)
  const is = metersById(now.organisation)
  const groups = new Map<Cause, string[]>([
    ['method', []],
    ['late-data', []],
    ['correction', []],
  ])
  for (const meter of meters) {
    const reset = canonical(ruleParts(was.get(meter))) !== canonical(ruleParts(is.get(meter)))
    const cause =
      reset || now.declared.has(meter) ? 'correction' : before.rules === now.rules ? 'late-data' : 'method'
    groups.get(cause)?.push(meter)
  }
  return [...groups].filter(([, list]) => list.length > 0)
}

/** What of a meter tells how its readings become consumption. */
function ruleParts(found: { meter: Meter; site: Site } | undefined) {
  if (found === undefined) return null
  const { register, gauge, from, to, limitPerHour, minimumPerHour } = found.meter
  return { register, gauge, from, to, limitPerHour, minimumPerHour, zone: found.site.zone }
}

/** An organisation with the people, floor areas and revenue that another states of the same sites. */
function withDenominators(file: OrganisationFile, from: OrganisationFile): OrganisationFile {
  return {
    ...file,
    sites: file.sites.map((site) => {
      const stated = from.sites.find(({ id }) => id === site.id)
      if (stated === undefined) return site
      const { employees, revenue } = stated
      const areas = site.areas.map((area) => {
        const { floorArea } = stated.areas.find(({ id }) => id === area.id) ?? area
        return { ...area, floorArea }
      })
      return { ...site, employees, revenue, areas }
    }),
  }
}
