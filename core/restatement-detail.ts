import type { Basis, LookedUp } from './basis.ts'
import { Calendar } from './calendar.ts'
import { canonical } from './canonical.ts'
import { entryKey } from './entry.ts'
import { type Factor, factorKey } from './factor-file.ts'
import type { Meter, OrganisationFile, Site } from './organisation.ts'
import { isSame } from './rollup.ts'
import { periodOf } from './usage.ts'

/** What a restatement says of its cause. */

/** More spans than this are counted and not named. */
const SHOWN = 12

export function metersById({ sites }: OrganisationFile): Map<string, { meter: Meter; site: Site }> {
  return new Map(sites.flatMap((site) => site.meters.map((meter) => [meter.id, { meter, site }] as const)))
}

export function sameRow({ found }: LookedUp, now: LookedUp | undefined): boolean {
  const later = now?.found ?? null
  return found === null || later === null ? found === later : isSame(found, later)
}

/** `consumption of park-e-in in 2025-03, 2025-07`: in the finest grain that it was looked up in. */
export function rowsDetail(meter: string, before: Basis, rows: ReadonlyMap<string, LookedUp>): string {
  const changed = [...before.rows].filter(([key, row]) => row.meter === meter && !sameRow(row, rows.get(key)))
  const finest = (['day', 'month', 'year'] as const).find((grain) =>
    changed.some(([, row]) => row.grain === grain),
  )
  const zone = metersById(before.organisation).get(meter)?.site.zone ?? 'UTC'
  const calendar = new Calendar(zone)
  const labels = changed
    .filter(([, { grain }]) => grain === finest)
    .map(([, { start }]) => periodOf(finest ?? 'day', calendar.dayAt(start)).label)
  const shown = labels.slice(0, SHOWN).join(', ')
  return `consumption of ${meter} in ${shown}${labels.length > SHOWN ? ` and ${labels.length - SHOWN} more` : ''}`
}

export function factorDetail(before: Pick<Basis, 'factors'>, now: Pick<Basis, 'factors'>): string[] {
  const all = ({ factors }: Pick<Basis, 'factors'>) => [...factors.own.factors, ...factors.published]
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
export function structureChange(before: OrganisationFile, now: OrganisationFile, boundary: string) {
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

export function denominatorDetail(before: OrganisationFile, now: OrganisationFile): string[] {
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

export function entryDetail(before: Pick<Basis, 'entries'>, now: Pick<Basis, 'entries'>): string[] {
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
