import { expect } from 'vitest'
import { DAY_MS } from '../../../core/calendar.ts'
import type { Json } from '../json.ts'
import { named } from './names.ts'
import type { ApiWorld, SeriesCheck } from './series.ts'

const VERDICTS = ['on-track', 'at-risk', 'off-track', 'insufficient-data']

/** Ascending: a later year knows more of the path. */
async function* rowsOf({ get, years, targetsFrom, calendarOf }: ApiWorld) {
  for (const year of years) {
    for (const row of (await get(`/targets?year=${year}`)).rows) {
      if (year < (targetsFrom?.get(row.id) ?? Number.NEGATIVE_INFINITY)) {
        expect(row.actual, `${row.id} has a figure of ${year}, and none is written`).toBeNull()
        continue
      }
      const startOf = (y: number) => calendarOf(row.scope).startOfDay(Date.UTC(y, 0, 1) / DAY_MS)
      yield { year, row, startOf, tags: { target: row.id, scope: row.scope, unit: row.unit } }
    }
  }
}

export const target: SeriesCheck = {
  measurement: 'target',
  known: 'projected',
  async *points(world) {
    for await (const { year, row, startOf, tags } of rowsOf(world)) {
      const fields = {
        ...named(row.id, row.name),
        ...scopeNames(world, row.scope),
        verdict: VERDICTS.indexOf(row.verdict),
        actual: row.actual,
        projected: row.projected,
        low: row.low,
        high: row.high,
        path: row.pathValue,
        limit: row.limit,
        baseline: row.baseline,
        progress: row.progress,
        allowance: row.allowanceRest,
        coverage: row.coverage,
      }
      yield { tags, at: startOf(year), fields }
    }
  },
}

export const targetPath: SeriesCheck = {
  measurement: 'target_path',
  known: 'actual',
  async *points(world) {
    for await (const { row, startOf, tags } of rowsOf(world)) {
      for (const { year, pathValue, actual } of row.path)
        yield { tags, at: startOf(year), fields: { year, path: pathValue, actual } }
    }
  },
}

function scopeNames({ sites, boundaries }: ApiWorld, scope: string) {
  const [, kind, id, area] = /^(\w+):([^/]+)(?:\/(.+))?$/.exec(scope) ?? []
  const site = sites.find((one) => one.id === id)
  const of =
    kind === 'boundary'
      ? boundaries.find((one) => one.scope === scope)
      : area === undefined
        ? site
        : site.areas.find((one: Json) => one.id === area)
  const { name_en, name_zh } = named(area ?? id ?? '', of?.name)
  return { scope_en: name_en, scope_zh: name_zh }
}
