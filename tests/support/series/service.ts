import { expect } from 'vitest'
import type { Json } from '../json.ts'
import type { SeriesCheck } from './series.ts'

const STATES: Readonly<Record<string, string>> = {
  meters_live: 'live',
  meters_late: 'late',
  meters_silent: 'silent',
  meters_never_heard: 'never-heard',
}

/** A minute is gone when the API is asked: compared is what stands still, and of the rest that it is a number. */
export const service: SeriesCheck = {
  measurement: 'service',
  async holds({ by, field, query }, answer, _range, get) {
    let seen = 0
    for (const { values, columns } of answer) {
      const numbers = values.map((row) => row[columns.length - 1]).filter((value) => value !== null)
      for (const value of numbers) expect(value, query).toBeGreaterThanOrEqual(0)
      seen += numbers.length
      if (by !== undefined && by !== 'last') continue
      const wanted = await stands(field, get)
      if (wanted !== null) expect(numbers.at(-1), query).toBe(wanted)
    }
    return seen
  },
}

async function stands(field: string, get: (path: string) => Promise<Json>): Promise<number | null> {
  if (field === 'quarantine') return (await get('/health')).quarantine
  const state = STATES[field]
  if (state === undefined) return null
  return (await get('/meters')).rows.filter((row: Json) => row.state === state).length
}
