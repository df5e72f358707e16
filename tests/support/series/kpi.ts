import type { Json } from '../json.ts'
import { named } from './names.ts'
import { type Get, QUALITIES, type SeriesCheck } from './series.ts'

/** As far back as panels show years. */
const ENTERED_YEARS = 6

export const kpi: SeriesCheck = {
  measurement: 'kpi',
  known: 'value',
  running: ['coverage', 'quality'],
  unsettled: ['value', 'estimated', 'carried', 'category', 'numerator', 'denominator'],
  async *points({ get, scopes, from, to, wants }) {
    const indicators = (await get('/kpis?indicator=none&scope=none')).errors[0].accepted as string[]
    const names = await namesOf(get)
    for (const { id } of scopes) {
      if (id.startsWith('area:')) continue
      for (const grain of ['day', 'month', 'year']) {
        // Per person, area and revenue there are no series by the day.
        const asked = indicators.filter(
          (indicator) =>
            !(grain === 'day' && indicator.includes('-per-')) && wants({ scope: id, grain, indicator }),
        )
        if (asked.length === 0) continue
        // Of years long gone something may have been entered.
        const since = grain === 'year' ? Number(from.slice(0, 4)) - ENTERED_YEARS : from
        const { rows } = await get(
          `/kpis?indicator=${asked}&scope=${id}&grain=${grain}&from=${since}&to=${to}`,
        )
        const ofYear = grain === 'month' ? 12 : 1
        for (const [i, row] of rows.entries()) {
          const tags = { indicator: row.indicator, scope: id, unit: row.unit, grain }
          const before = grain === 'day' ? undefined : rows[i - ofYear]
          const { value, numerator, denominator, coverage, estimated, partial = false } = row
          const fields = {
            value,
            numerator,
            denominator,
            coverage,
            estimated,
            quality: QUALITIES.indexOf(row.quality),
            partial: partial ? 1 : 0,
            carried: row.carryForward === undefined ? 0 : 1,
            ...(grain === 'year' && named(row.indicator, names.get(row.indicator))),
            ...(row.indicator === 'pue' && { category: categoryIn(row.standard) }),
            ...(before?.indicator === row.indicator && { previous: before.value }),
          }
          yield { tags, at: Date.parse(row.start), fields }
        }
      }
    }
  },
}

async function namesOf(get: Get): Promise<Map<string, Json>> {
  return new Map((await get('/indicators')).rows.map(({ id, name }: Json) => [id, name]))
}

function categoryIn(standard: string | undefined): number | null {
  const [, category] = /category (\d)/.exec(standard ?? '') ?? []
  return category === undefined ? null : Number(category)
}
