import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { Calendar, type LocalDay, localDay } from '../../../core/calendar.ts'
import { type OrganisationFile, organisationSchema, type Site } from '../../../core/organisation.ts'
import { HOUR_MS } from '../../../core/window.ts'
import { SiteProfile } from '../../../simulators/profile.ts'

export const SEED = 'a seed'

/** The demo organisation as it ships. */
export const demo: OrganisationFile = organisationSchema.parse(
  parse(readFileSync(new URL('../../../config/organisation.yaml', import.meta.url), 'utf8')),
)

export function siteOf(id: string, organisation = demo): Site {
  const site = organisation.sites.find((candidate) => candidate.id === id)
  if (site === undefined) throw new Error(`no site ${id}`)
  return site
}

export function day(date: string): LocalDay {
  return localDay(date) as LocalDay
}

/** An organisation of one site, in as little as its schema takes. */
export function organisationOf(site: object): OrganisationFile {
  return organisationSchema.parse({
    organisation: { id: 'test', zone: 'Asia/Shanghai' },
    sites: [{ id: 'here', kind: 'office', zone: 'Asia/Shanghai', ...site }],
  })
}

/** What each meter of a site uses in each local hour of [from, to), two dates. */
export function hoursOf(site: Site, from: string, to: string, seed = SEED) {
  const calendar = new Calendar(site.zone)
  const profile = new SiteProfile(site, calendar, seed)
  const end = calendar.startOfDay(day(to))
  const hours: { start: number; day: LocalDay; hour: number; used: Record<string, number> }[] = []
  for (let start = calendar.startOfDay(day(from)); start < end; start += HOUR_MS) {
    const { amounts } = profile.hour(start)
    const local = calendar.dayAt(start)
    hours.push({
      start,
      day: local,
      hour: (start - calendar.startOfDay(local)) / HOUR_MS,
      used: Object.fromEntries(profile.meters.map((meter, m) => [meter.id, amounts[m] as number])),
    })
  }
  return hours
}

/** The sums of a local year, by meter. */
export function yearOf(site: Site, year: number, seed = SEED): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { used } of hoursOf(site, `${year}-01-01`, `${year + 1}-01-01`, seed)) {
    for (const [id, amount] of Object.entries(used)) sums[id] = (sums[id] ?? 0) + amount
  }
  return sums
}
