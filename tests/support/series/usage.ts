import type { Utility } from '../../../core/organisation.ts'
import { utilityNames } from '../../../core/utility-names.ts'
import { named } from './names.ts'
import { QUALITIES, type SeriesCheck } from './series.ts'

const GRAINS = ['hour', 'day', 'month', 'year'] as const

export const usage: SeriesCheck = {
  measurement: 'usage',
  known: 'value',
  running: ['coverage', 'quality'],
  async *points({ get, scopes, from, to, hoursFrom, wants }) {
    for (const { id, utilities } of scopes) {
      for (const utility of utilities) {
        for (const grain of GRAINS) {
          if (grain === 'hour' && !id.startsWith('site:')) continue
          if (!wants({ scope: id, utility, grain })) continue
          const span = `from=${grain === 'hour' ? hoursFrom : from}&to=${to}`
          const { rows } = await get(`/consumption?scope=${id}&utility=${utility}&grain=${grain}&${span}`)
          for (const { start, value, unit, coverage, estimated, quality } of rows) {
            const tags = { scope: id, utility, unit, grain }
            const fields = {
              value,
              coverage,
              estimated,
              quality: QUALITIES.indexOf(quality),
              ...(grain === 'year' && named(utility, utilityNames[utility as Utility])),
            }
            yield { tags, at: Date.parse(start), fields }
          }
        }
      }
    }
  },
}
