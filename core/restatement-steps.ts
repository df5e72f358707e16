import { type Basis, type LookedUp, rowKey } from './basis.ts'
import { canonical } from './canonical.ts'
import { entryKey } from './entry.ts'
import { type Factor, factorKey } from './factor-file.ts'
import type { Meter, OrganisationFile, Site } from './organisation.ts'
import type { Cause } from './restatement.ts'
import { isSame } from './rollup.ts'

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
    steps.push({ cause, detail: meters.map((meter) => rowsDetail(meter, before, now)), inputs, oldRowsOf })
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

function sameRow({ found }: LookedUp, now: LookedUp | undefined): boolean {
  const later = now?.found ?? null
  return found === null || later === null ? found === later : isSame(found, later)
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

function metersById({ sites }: OrganisationFile): Map<string, { meter: Meter; site: Site }> {
  return new Map(sites.flatMap((site) => site.meters.map((meter) => [meter.id, { meter, site }] as const)))
}

/** `park-e-in: 2025-03, 2025-07`: of the longest grain that tells which months. */
function rowsDetail(meter: string, before: Basis, now: Now): string {
  const changed = [...before.rows.values()].filter(
    (row) => row.meter === meter && !sameRow(row, now.rows.get(rowKey(meter, row.grain, row.start))),
  )
  const finest = (['day', 'month', 'year'] as const).find((grain) =>
    changed.some((row) => row.grain === grain),
  )
  const rows = changed.filter(({ grain }) => grain === finest)
  const starts = rows.map(({ start }) => new Date(start).toISOString())
  const shown =
    starts.length <= 12
      ? starts.join(', ')
      : `${starts.slice(0, 12).join(', ')} and ${starts.length - 12} more`
  return `consumption of ${meter}, by ${finest} from ${shown}`
}

function factorDetail(before: Inputs, now: Inputs): string[] {
  const all = ({ factors }: Inputs) => [...factors.own.factors, ...factors.published]
  const old = new Set(all(before).map(canonical))
  const is = new Set(all(now).map(canonical))
  const named = (word: string, factors: readonly Factor[]) =>
    factors.map((factor) => `${word} ${factorKey(factor)}: ${factor.value} ${factor.unit}`)
  const [was, by] = [before.factors.own.assessmentReport, now.factors.own.assessmentReport]
  return [
    ...named(
      'now',
      all(now).filter((factor) => !old.has(canonical(factor))),
    ),
    ...named(
      'before',
      all(before).filter((factor) => !is.has(canonical(factor))),
    ),
    ...(was === by ? [] : [`warming potentials of ${by} in place of ${was}`]),
  ]
}

/** Other sites or meters are another boundary; another property of the same ones is a correction. */
function structureChange(before: OrganisationFile, now: OrganisationFile, boundary: string) {
  const was = membersOf(before, boundary)
  const is = membersOf(now, boundary)
  const detail = [
    ...[...is].filter((one) => !was.has(one)).map((one) => `now with ${one}`),
    ...[...was].filter((one) => !is.has(one)).map((one) => `now without ${one}`),
  ]
  return detail.length > 0
    ? { cause: 'boundary' as const, detail }
    : { cause: 'correction' as const, detail: ['properties of sites or meters in organisation.yaml'] }
}

/** The sites of a boundary and the meters that count at them. */
function membersOf({ sites, boundaries }: OrganisationFile, boundary: string): Set<string> {
  const listed = boundaries.find(({ id }) => id === boundary)?.sites ?? []
  const inside = sites.filter(({ id }) => listed === 'all' || listed.includes(id))
  return new Set(
    inside.flatMap(({ id, meters }) => [
      `site ${id}`,
      ...meters.map((meter) => `meter ${meter.id} (${meter.utility}, ${meter.role})`),
    ]),
  )
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

function denominatorDetail(before: OrganisationFile, now: OrganisationFile): string[] {
  return now.sites.flatMap((site) => {
    const was = before.sites.find(({ id }) => id === site.id)
    if (was === undefined) return []
    return [
      ...(canonical(was.employees) === canonical(site.employees) ? [] : [`employees of ${site.id}`]),
      ...(canonical(was.areas) === canonical(site.areas) ? [] : [`floor area of ${site.id}`]),
      ...(canonical(was.revenue) === canonical(site.revenue) ? [] : [`revenue of ${site.id}`]),
    ]
  })
}

function entryDetail(before: Inputs, now: Inputs): string[] {
  const known = new Set(before.entries.map(({ id }) => id))
  return now.entries
    .filter(({ id }) => !known.has(id))
    .map((entry) => {
      const { quantity, scope, period, value, unit } = entry
      const old = before.entries.findLast((one) => entryKey(one) === entryKey(entry))?.value
      const from = old === undefined || old === null ? '' : `, before ${old}`
      return `${quantity} of ${scope} in ${period}: ${value === null ? 'taken back' : `${value} ${unit}`}${from}`
    })
}
