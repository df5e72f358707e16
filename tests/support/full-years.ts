import { Calendar } from '../../core/calendar.ts'
import type { Lookup } from '../../core/usage.ts'

const utc = new Calendar('UTC')

/** Fully covered years of meters at sites in UTC that use the same in every year, evenly by the hour. */
export function fullYears(byMeter: Readonly<Record<string, number>>): Lookup {
  return (meter, grain, start) => {
    const ofYear = byMeter[meter]
    if (ofYear === undefined || grain === '15m' || grain === 'hour') return undefined
    const { end } = utc.spanAt(grain, start)
    const year = utc.spanAt('year', start)
    const value = (ofYear * (end - start)) / (year.end - year.start)
    return { start, end, value, coveredMs: end - start, head: 0, tail: 0, estimated: 0, flags: 0 }
  }
}
