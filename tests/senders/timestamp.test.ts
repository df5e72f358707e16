import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { Timestamps } from '../../senders/timestamp.ts'

const QUARTER_MS = 900_000
const local = (at: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })

describe('a timestamp', () => {
  const at = (text: string, zone: string | null = null) => new Timestamps(zone).read(text)

  it.each([
    ['2026-01-31T13:00:00+08:00', '2026-01-31T05:00:00.000Z'],
    ['2026-01-31 13:00-0530', '2026-01-31T18:30:00.000Z'],
    ['31.01.2026 13:00 Z', '2026-01-31T13:00:00.000Z'],
    ['2026-01-31T13:00:00.1239Z', '2026-01-31T13:00:00.123Z'],
  ])('%s has its own offset', (text, instant) => {
    expect(at(text)).toEqual({ at: Date.parse(instant) })
  })

  it('without an offset is local, and where no zone is given it is refused', () => {
    expect(at('31.01.2026 13:00', 'Asia/Shanghai')).toEqual({ at: Date.parse('2026-01-31T05:00:00Z') })
    expect(at('2026-01-31 13:00')).toEqual({ problem: expect.stringContaining('give --zone') })
  })

  it.each([
    '2026-02-30 13:00',
    '2026-13-01 00:00',
    '30.02.2026 00:00',
    '2026-01-01 24:00',
    '2026-01-01 00:60',
  ])('%s is refused', (text) => {
    expect(at(text, 'UTC')).toEqual({ problem: 'is not on any calendar or clock' })
  })

  it.each(['yesterday', '01/31/2026 13:00', '2026-01-31', '1767225600', ''])(
    '"%s" is not one, and what would be is said',
    (text) => {
      expect(at(text, 'UTC')).toEqual({ problem: expect.stringContaining('is not a timestamp such as') })
    },
  )

  it('that no clock has shown is refused', () => {
    expect(at('2025-03-30 02:30', 'Europe/Berlin')).toEqual({
      problem: expect.stringContaining('does not exist in Europe/Berlin'),
    })
    // The whole day was left out when the date line was moved.
    expect(at('2011-12-30 12:00', 'Pacific/Apia')).toEqual({
      problem: expect.stringContaining('does not exist'),
    })
  })
})

describe('local times in a row', () => {
  it('are the instants that they were written from, forwards and backwards, over every change of the clock', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'UTC']
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2010, 0, 1) / QUARTER_MS, max: Date.UTC(2027, 0, 1) / QUARTER_MS }),
        fc.constantFrom(1, 2, 4),
        fc.boolean(),
        (zone, quarter, step, backwards) => {
          const instants = Array.from(
            { length: (400 * 96) / step },
            (_, i) => (quarter + i * step) * QUARTER_MS,
          )
          // A row that comes first within the hour that comes twice could be either.
          const from = instants.findIndex((_, i) => local(instants[i] as number, zone).slice(11, 13) === '12')
          const rows = instants.slice(from)
          const ordered = backwards ? rows.toReversed() : rows
          if (backwards) ordered.splice(0, 96)
          const timestamps = new Timestamps(zone)
          const read = ordered.map((at) => timestamps.read(local(at, zone)))
          const wrong = read.filter((one, i) => !('at' in one) || one.at !== ordered[i])
          expect(wrong).toEqual([])
        },
      ),
      { numRuns: 3 },
    )
  })

  it('may stand in no order, except within the hour that comes twice', () => {
    const timestamps = new Timestamps('Europe/Berlin')
    const read = ['2025-10-26 12:00', '2025-06-01 00:00', '2025-10-27 00:00'].map((text) =>
      timestamps.read(text),
    )
    expect(read).toEqual([
      { at: Date.parse('2025-10-26T11:00:00Z') },
      { at: Date.parse('2025-05-31T22:00:00Z') },
      { at: Date.parse('2025-10-26T23:00:00Z') },
    ])
  })
})
