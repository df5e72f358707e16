import { DAY_MS } from '../../../core/calendar.ts'
import type { SeriesCheck } from './series.ts'

const QUANTITIES = ['energy-saved', 'water-saved']

/** Of sites, by measure and year. Those of the demo are entered in the units of the series. */
export const saving: SeriesCheck = {
  measurement: 'saving',
  known: 'value',
  async *points({ get, sites, calendarOf }) {
    const { rows } = await get('/savings')
    const sums = new Map<string, number>()
    for (const { scope, quantity, item, period, value } of rows) {
      if (!QUANTITIES.includes(quantity) || !sites.some(({ id }) => scope === `site:${id}`)) continue
      const key = JSON.stringify([scope, quantity, item, period.slice(0, 4)])
      sums.set(key, (sums.get(key) ?? 0) + value)
    }
    for (const [key, value] of sums) {
      const [scope, quantity, measure, year] = JSON.parse(key) as [string, string, string, string]
      const unit = quantity === 'energy-saved' ? 'MWh' : 't'
      const at = calendarOf(scope).startOfDay(Date.UTC(Number(year), 0, 1) / DAY_MS)
      yield { tags: { scope, measure, quantity, unit }, at, fields: { value } }
    }
  },
}
