import { named } from './names.ts'
import type { SeriesCheck } from './series.ts'

const at = Date.UTC(2020, 0, 1)

export const scope: SeriesCheck = {
  measurement: 'scope',
  async *points({ sites, boundaries }) {
    for (const { scope, name } of boundaries) {
      const id = scope.slice('boundary:'.length)
      yield { tags: { scope, kind: 'boundary' }, at, fields: named(id, name) }
    }
    for (const { id, kind, name, areas } of sites) {
      yield { tags: { scope: `site:${id}`, kind, site: id }, at, fields: named(id, name) }
      for (const area of areas)
        yield {
          tags: { scope: area.scope, kind: 'area', site: id },
          at,
          fields: named(`${id}/${area.id}`, area.name ?? area.id),
        }
    }
  },
}

export const member: SeriesCheck = {
  measurement: 'member',
  async *points({ boundaries }) {
    for (const { scope, sites } of boundaries) {
      for (const site of sites)
        yield {
          tags: { boundary: scope.slice('boundary:'.length), scope: `site:${site}` },
          at,
          fields: { site },
        }
    }
  },
}

export const meter: SeriesCheck = {
  measurement: 'meter',
  async *points({ get }) {
    for (const { id, name, site, utility, role, unit } of (await get('/meters')).rows) {
      if (role !== 'virtual')
        yield { tags: { meter: id, site, utility, role, unit }, at, fields: named(id, name) }
    }
  },
}
