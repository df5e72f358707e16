import { ruleOf } from '../core/meter-rule.ts'
import { type Organisation, type Scope, sitesOf } from '../core/organisation-index.ts'
import type { FigurePoint } from '../store/store.ts'
import { labels } from './labels.ts'

/** Where the points of what there is lie: they say so whenever they are asked. */
const LISTED_AT = Date.UTC(2020, 0, 1)

/** What there is to choose from, with its names: scopes, the sites of each boundary, and meters. */
export function listedPoints(organisation: Organisation): FigurePoint[] {
  return [...scopePoints(organisation), ...memberPoints(organisation), ...meterPoints(organisation)]
}

/** Where people find the page. */
export function pagePoint(address: string): FigurePoint {
  return { measurement: 'page', tags: {}, fields: { address, known: 1 }, at: LISTED_AT }
}

function scopePoints({ file }: Organisation): FigurePoint[] {
  const point = (tags: Record<string, string>, names: ReturnType<typeof labels>): FigurePoint => ({
    measurement: 'scope',
    tags,
    fields: { ...names, known: 1 },
    at: LISTED_AT,
  })
  return [
    ...file.boundaries.map((boundary) =>
      point({ scope: `boundary:${boundary.id}`, kind: 'boundary' }, labels(boundary)),
    ),
    ...file.sites.flatMap((site) => [
      point({ scope: `site:${site.id}`, kind: site.kind, site: site.id }, labels(site)),
      ...site.areas.map((area) => {
        const id = `${site.id}/${area.id}`
        return point({ scope: `area:${id}`, kind: 'area', site: site.id }, labels(area, id))
      }),
    ]),
  ]
}

/** Which sites a boundary is made of. */
function memberPoints(organisation: Organisation): FigurePoint[] {
  return organisation.file.boundaries.flatMap(({ id }) =>
    sitesOf(organisation.scope(`boundary:${id}`) as Scope).map(
      ({ site }): FigurePoint => ({
        measurement: 'member',
        tags: { boundary: id, scope: `site:${site.id}` },
        fields: { site: site.id, known: 1 },
        at: LISTED_AT,
      }),
    ),
  )
}

/** Where each meter stands and what it measures. */
function meterPoints(organisation: Organisation): FigurePoint[] {
  return [...organisation.meters.values()].flatMap(({ site, meter, calendar }) => {
    const unit = ruleOf(meter, calendar)?.unit
    if (unit === undefined) return []
    const tags = { meter: meter.id, site: site.id, utility: meter.utility, role: meter.role, unit }
    return [{ measurement: 'meter', tags, fields: { ...labels(meter), known: 1 }, at: LISTED_AT }]
  })
}
