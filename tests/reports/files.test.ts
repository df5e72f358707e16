import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LookedUp } from '../../core/basis.ts'
import { consumptionFile, readConsumption } from '../../reports/consumption-file.ts'
import { readRecords, recordFile } from '../../reports/record-file.ts'
import { unzipped, zipped } from '../../reports/zip.ts'

const instant = fc.integer({ min: 0, max: 4e12 })
const amount = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const row: fc.Arbitrary<LookedUp> = fc.record({
  meter: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,10}$/),
  grain: fc.constantFrom('day', 'month', 'year'),
  start: instant,
  found: fc.option(
    fc.record({
      start: instant,
      end: instant,
      value: amount,
      coveredMs: fc.nat(),
      head: amount,
      tail: amount,
      estimated: amount,
      flags: fc.nat(127),
    }),
  ),
})

describe('the files of a bundle', () => {
  it('have numbers that read back to the last bit', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { selector: (one) => `${one.meter}${one.grain}${one.start}` }),
        (rows) => {
          const same = rows.map((one) => ({ ...one, found: one.found && { ...one.found, start: one.start } }))
          const { rows: read, unread } = readConsumption(consumptionFile(same))
          expect(unread).toEqual([])
          expect(new Set(read.map((one) => JSON.stringify(one)))).toEqual(
            new Set(same.map((one) => JSON.stringify(one))),
          )
        },
      ),
    )
  })

  it('lose no more than the line that was damaged', () => {
    const text = recordFile({ year: 2025 }, [{ a: 1 }, { b: 2 }, { c: 3 }])
    expect(JSON.parse(text)).toEqual({ year: 2025, rows: [{ a: 1 }, { b: 2 }, { c: 3 }] })
    expect(readRecords(text)).toEqual({
      head: { year: 2025, rows: [] },
      records: [
        { line: 2, record: { a: 1 } },
        { line: 3, record: { b: 2 } },
        { line: 4, record: { c: 3 } },
      ],
    })
    const damaged = readRecords(text.replace('"b":2', '"b":~')).records
    expect(damaged.map(({ record }) => record)).toEqual([{ a: 1 }, undefined, { c: 3 }])
    expect(JSON.parse(recordFile({}, []))).toEqual({ rows: [] })
    expect(readRecords(recordFile({}, [])).records).toEqual([])
  })

  it('are the same bytes whenever they are packed', () => {
    const files = new Map([
      ['a.txt', 'one'],
      ['b/c.txt', '二'],
    ])
    expect(zipped(files)).toEqual(zipped(new Map(files)))
    const read = unzipped(zipped(files)) ?? new Map()
    expect([...read].map(([path, bytes]) => [path, Buffer.from(bytes ?? []).toString()])).toEqual([...files])
  })
})
