import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Compared,
  campusFolder,
  campusIsThere,
  compareCampus,
  relativeError,
} from '../support/campus.ts'

const name = `three years of four real buildings, replayed over MQTT${campusIsThere ? '' : ` (skipped: no data in ${campusFolder})`}`

describe.skipIf(!campusIsThere)(name, () => {
  let all: Compared[] = []
  beforeAll(async () => {
    all = await compareCampus()
  }, 300_000)

  const of = (what: string, length: number) =>
    all.filter((row) => row.what === what && row.period.length === length)

  it('give the files’ own sums by year and month', () => {
    for (const utility of ['electricity', 'natural-gas']) {
      expect([of(utility, 4).length, of(utility, 7).length]).toEqual([12, 144])
      for (const row of [...of(utility, 4), ...of(utility, 7)]) {
        if (row.fromFiles === null) expect(row).toMatchObject({ building: 'b62', fromService: null })
        else expect(relativeError(row), `${row.building} ${utility} ${row.period}`).toBeLessThanOrEqual(1e-9)
      }
    }
  })

  it('give energy per area as sum over floor area', () => {
    const known = of('energy-per-area', 4).filter((row) => row.fromFiles !== null)
    expect(known.length).toBe(11)
    for (const row of known)
      expect(relativeError(row), `${row.building} ${row.period}`).toBeLessThanOrEqual(1e-9)
  })

  it('leave the year without an electricity file without a figure, and say why', () => {
    const [row] = of('energy-per-area', 4).filter(
      ({ building, period }) => building === 'b62' && period === '2020',
    )
    expect(row).toMatchObject({ fromService: null, reason: expect.stringContaining('b62-e') })
  })
})
