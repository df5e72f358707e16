import type { Name, SitesAnswer, Utility } from './answers.ts'

/** A site or a boundary, as something that figures are asked for. */
export interface Scope {
  readonly scope: string
  readonly name: Name
  readonly zone: string
  readonly sites: readonly string[]
  readonly utilities: readonly Utility[]
  readonly kind: SitesAnswer['rows'][number]['kind'] | 'boundary'
}

/** All sites, then all boundaries. */
export function scopesOf(answer: SitesAnswer): Scope[] {
  const sites = answer.rows.map(
    (site): Scope => ({
      scope: `site:${site.id}`,
      name: site.name,
      zone: site.zone,
      sites: [site.id],
      utilities: site.utilities,
      kind: site.kind,
    }),
  )
  const boundaries = answer.boundaries.map(
    (boundary): Scope => ({
      scope: boundary.scope,
      name: boundary.name,
      zone: answer.organisation.zone,
      sites: boundary.sites,
      utilities: [
        ...new Set(answer.rows.filter((s) => boundary.sites.includes(s.id)).flatMap((s) => s.utilities)),
      ],
      kind: 'boundary',
    }),
  )
  return [...sites, ...boundaries]
}
