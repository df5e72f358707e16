import { issueCodes } from '../../../core/issue.ts'
import type { Json } from '../json.ts'
import type { SeriesCheck } from './series.ts'

/** So many days before the start are counted at it. */
const DAYS = 31

export const quarantined: SeriesCheck = {
  measurement: 'quarantined',
  async *points({ get, calendarOf }) {
    const { rows } = await get('/quarantine?limit=10000')
    const calendar = calendarOf('boundary:')
    const today = calendar.dayAt(Date.now())
    for (let day = today - DAYS; day <= today; day += 1) {
      const { start, end } = calendar.spanOf('day', day)
      const came = rows.filter(({ receivedAt }: Json) => {
        const at = Date.parse(receivedAt)
        return at >= start && at < end
      })
      for (const reason of issueCodes) {
        const count = came.filter(({ code }: Json) => code === reason).length
        yield { tags: { reason }, at: start, fields: { count } }
      }
    }
  },
}
