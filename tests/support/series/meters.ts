import type { Json } from '../json.ts'
import type { SeriesCheck } from './series.ts'

/** The newest reading of a meter, as it was sent. */
export const reading: SeriesCheck = {
  measurement: 'reading',
  async value(_asked, { meter }, _range, get) {
    const { rows } = await get('/meters')
    return rows.find((row: Json) => row.id === meter).last.value
  },
}

/** What a meter used in the days of a range. */
export const consumption: SeriesCheck = {
  measurement: 'consumption',
  async value(_asked, { meter }, { from, to }, get) {
    const span = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`
    const { rows } = await get(`/consumption?scope=meter:${meter}&grain=day&${span}`)
    const whole = rows.filter((row: Json) => Date.parse(row.start) >= from)
    return whole.reduce((sum: number, row: Json) => sum + (row.value ?? 0), 0)
  },
}
