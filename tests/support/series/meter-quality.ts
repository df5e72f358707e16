import type { Json } from '../json.ts'
import { QUALITIES, type SeriesCheck } from './series.ts'

const STATES = ['live', 'late', 'silent', 'never-heard']

/** How well each meter that is read knows its days and months. */
export const meterQuality: SeriesCheck = {
  measurement: 'meter_quality',
  known: 'value',
  running: ['coverage', 'quality'],
  async *points({ get, from, to, wants }) {
    for (const { id: meter, site, utility, state } of (await get('/meters')).rows) {
      if (state === 'computed') continue
      for (const grain of ['day', 'month']) {
        if (!wants({ meter, site, utility, grain })) continue
        const span = `from=${from}&to=${to}&limit=5000`
        const { rows } = await get(`/consumption?scope=meter:${meter}&grain=${grain}&${span}`)
        for (const { start, value, coverage, estimated, quality } of rows) {
          const fields = { value, coverage, estimated, quality: QUALITIES.indexOf(quality) }
          yield { tags: { meter, site, utility, grain }, at: Date.parse(start), fields }
        }
      }
    }
  },
}

/** What the newest point of a meter says of it. */
export function stateOfApi({ state, last }: Json): Record<string, number | null> {
  return {
    state: STATES.indexOf(state),
    heard: last === null ? 0 : 1,
    last_at: last === null ? null : Date.parse(last.at),
    last_value: last?.value ?? null,
  }
}

export const meterState: SeriesCheck = {
  measurement: 'meter_state',
  async value({ field }, { meter }, _range, get) {
    const { rows } = await get('/meters')
    return stateOfApi(rows.find(({ id }: Json) => id === meter))[field] as number
  },
}
