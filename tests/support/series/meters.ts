import type { Json } from '../json.ts'
import type { SeriesCheck } from './series.ts'

/** The newest reading of a meter, as it was sent. */
export const reading: SeriesCheck = {
  measurement: 'reading',
  async value({ where }, tags, _range, get) {
    const meter = tags.meter ?? where.meter
    const { rows } = await get('/meters')
    return rows.find((row: Json) => row.id === meter).last.value
  },
}

/** What a meter used in the days of a range together; where they are not summed, in the newest span. */
export const consumption: SeriesCheck = {
  measurement: 'consumption',
  async value({ by, where }, tags, { from, to }, get) {
    const meter = tags.meter ?? where.meter
    const span = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`
    const { rows } = await get(`/consumption?scope=meter:${meter}&grain=${where.grain}&${span}`)
    const whole = rows.filter((row: Json) => Date.parse(row.start) >= from)
    const known = whole.filter((row: Json) => row.value !== null)
    if (by !== 'sum') return known.at(-1)?.value
    return whole.reduce((sum: number, row: Json) => sum + (row.value ?? 0), 0)
  },
}
