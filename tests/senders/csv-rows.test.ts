import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type CsvRowsOptions, csvRows } from '../../senders/csv-rows.ts'
import { allRows, fileOf } from './support.ts'

const METERS = ['e', 'w']
const options: CsvRowsOptions = {
  layout: { kind: 'one-meter', meter: 'e' },
  meterOf: (name) => (METERS.includes(name) ? name : undefined),
  unit: '',
  zone: null,
  decimalComma: false,
}

const read = (lines: string[], given: Partial<CsvRowsOptions> = {}) =>
  allRows(csvRows(fileOf('a.csv', `${lines.join('\n')}\n`), { ...options, ...given }))
const readings = async (lines: string[], given: Partial<CsvRowsOptions> = {}) =>
  (await read(lines, given)).flatMap((row) =>
    row.readings.map(({ meter, at, value }) => [meter, new Date(at).toISOString().slice(0, 16), value]),
  )
const problems = async (lines: string[], given: Partial<CsvRowsOptions> = {}) =>
  (await read(lines, given)).flatMap((row) =>
    row.problems.map(({ kind, message }) => [row.line, kind, message] as const),
  )

describe('a file of one meter', () => {
  it('has a time and a value in each row; an empty cell is a time without a reading', async () => {
    const lines = ['time,kWh', '2026-01-01T00:00Z,1.5', '2026-01-01T00:15Z,', '', '2026-01-01T00:30Z,2e1']
    expect(await readings(lines)).toEqual([
      ['e', '2026-01-01T00:00', 1.5],
      ['e', '2026-01-01T00:30', 20],
    ])
  })

  it('may be of semicolons or tabs, in quotes, with a byte order mark, and packed', async () => {
    const rows = [['e', '2026-01-01T00:00', 1234.5]]
    const german = ['\ufeff"Zeit, lokal";"Wert, kWh"', '"01.01.2026 01:00";"1234,5"']
    expect(await readings(german, { decimalComma: true, zone: 'Europe/Berlin' })).toEqual(rows)
    expect(await readings(['t\tv', '2026-01-01T00:00Z\t1234.5'])).toEqual(rows)
    const packed = fileOf('a.csv.gz', gzipSync('t,v\n2026-01-01T00:00Z,1234.5\n'))
    expect((await allRows(csvRows(packed, options)))[0]?.readings).toHaveLength(1)
  })

  it('may have its columns anywhere', async () => {
    const lines = ['note,v,when', 'a,1,2026-01-01T00:00Z']
    const layout = { kind: 'one-meter', meter: 'e', value: 'v' } as const
    expect(await readings(lines, { time: 'when', layout })).toEqual([['e', '2026-01-01T00:00', 1]])
    await expect(read(lines, { time: 'when' })).rejects.toThrow(
      'which column holds the values? Say it with --value; there are "note", "v", "when"',
    )
    await expect(read(lines, { time: 'at' })).rejects.toThrow('no column "at"; there are "note", "v", "when"')
  })

  it('may count its times', async () => {
    const expected = [['e', '2026-01-01T00:00', 1]]
    expect(await readings(['t,v', '1767225600,1'], { precision: 's' })).toEqual(expected)
    expect(await readings(['t,v', '1767225600000,1'], { precision: 'ms' })).toEqual(expected)
  })
})

describe('a long file', () => {
  const layout = { kind: 'long', meterColumn: 'meter' } as const

  it('names the meter in each row', async () => {
    const lines = ['time,meter,face', '2026-01-01T00:00Z,e,1', '2026-01-01T00:00Z,w,2']
    expect(await readings(lines, { layout })).toEqual([
      ['e', '2026-01-01T00:00', 1],
      ['w', '2026-01-01T00:00', 2],
    ])
    expect(await problems([...lines, '2026-01-01T00:00Z,x,2'], { layout })).toEqual([
      [4, 'no-meter', '"x" is no meter of the configuration'],
    ])
  })

  it('has the hour that comes twice once for each meter', async () => {
    const stamps = ['02:00', '02:30', '02:00', '02:30', '03:00']
    const lines = stamps.flatMap((stamp) => ['e', 'w'].map((meter) => `2025-10-26 ${stamp},${meter},1`))
    const found = await readings(['time,meter,v', ...lines], { layout, zone: 'Europe/Berlin' })
    expect(found.filter(([meter]) => meter === 'w').map(([, at]) => String(at).slice(11))).toEqual([
      '00:00',
      '00:30',
      '01:00',
      '01:30',
      '02:00',
    ])
  })
})

describe('a wide file', () => {
  const lines = ['time,e,w', '2026-01-01T00:00Z,1,2', '2026-01-01T01:00Z,,3']

  it('has a column for each meter', async () => {
    expect(await readings(lines, { layout: { kind: 'wide', columns: 'all' } })).toEqual([
      ['e', '2026-01-01T00:00', 1],
      ['w', '2026-01-01T00:00', 2],
      ['w', '2026-01-01T01:00', 3],
    ])
    expect(await readings(lines, { layout: { kind: 'wide', columns: ['w'] } })).toHaveLength(2)
  })

  it('is refused where a column is no meter', async () => {
    const layout = { kind: 'wide', columns: 'all' } as const
    await expect(read(['time,e,temp', '2026-01-01T00:00Z,1,2'], { layout })).rejects.toThrow(
      '"temp": no such meter in the configuration; name the columns to take with --map',
    )
  })
})

describe('what is no reading', () => {
  it.each([
    ['2026-01-01 00:00,1', 'no-time', 'column "t": "2026-01-01 00:00" has no time zone; give --zone'],
    ['2026-02-30T00:00Z,1', 'no-time', 'is not on any calendar or clock'],
    ['1767225600,1', 'no-time', '--precision is not given; it looks like --precision s'],
    ['2026-01-01T00:00Z,n/a', 'no-number', 'column "v": "n/a" is no number; accepted is a number such as'],
    ['2026-01-01T00:00Z,"1,5"', 'no-number', 'a decimal comma needs --decimal-comma'],
    ['2026-01-01T00:00Z,1e999', 'no-number', 'is no number'],
    ['2026-01-01T00:00Z', 'no-number', 'the row has fewer cells than the header'],
  ])('%s says where and why', async (row, kind, message) => {
    const found = await problems(['t,v', '2026-01-01T00:00Z,1', row])
    expect(found).toEqual([[3, kind, expect.stringContaining(message)]])
  })

  it('is a separator of thousands, where commas are decimal', async () => {
    const found = await problems(['t;v', '2026-01-01T00:00Z;1.234,5'], { decimalComma: true })
    expect(found).toEqual([[2, 'no-number', expect.stringContaining('without separators of thousands')]])
  })

  it('may be the whole file', async () => {
    await expect(allRows(csvRows('/nowhere.csv', options))).rejects.toThrow(
      '/nowhere.csv: there is no such file',
    )
    await expect(allRows(csvRows('/tmp', options))).rejects.toThrow('/tmp: it is a folder')
    await expect(read([])).rejects.toThrow('empty; a header row')
    const utf16 = fileOf('a.csv', Buffer.from('\ufefft,v\n', 'utf16le'))
    await expect(allRows(csvRows(utf16, options))).rejects.toThrow('it is UTF-16; save it as UTF-8')
    await expect(read(['t,v', '2026-01-01T00:00Z,"1'])).rejects.toThrow(/a\.csv:\d+: not CSV/)
    const cut = fileOf('a.csv.gz', gzipSync('t,v\n2026-01-01T00:00Z,1\n').subarray(0, -9))
    await expect(allRows(csvRows(cut, options))).rejects.toThrow('it is no whole gzip file')
    const plain = fileOf('a.csv.gz', 't,v\n')
    await expect(allRows(csvRows(plain, options))).rejects.toThrow('it is no whole gzip file')
  })
})

describe('a row with more cells than the header', () => {
  it.each([
    [['time,kWh', '2026-01-01T00:00Z,12,5'], {}],
    [['time,e,w', '2026-01-01T00:00Z,12,5,13,7'], { layout: { kind: 'wide', columns: 'all' } as const }],
    [['time,kWh', '2026-01-01T00:00Z,12,5'], { decimalComma: true }],
  ])('is no row: a decimal comma would be cut off, %j', async (lines, given) => {
    expect(await readings(lines, given)).toEqual([])
    expect(await problems(lines, given)).toEqual([
      [2, 'no-row', expect.stringMatching(/\d cells.*in quotes/)],
    ])
  })

  it('is one where the row ends with delimiters', async () => {
    expect(await readings(['time,kWh', '2026-01-01T00:00Z,12,,'])).toEqual([['e', '2026-01-01T00:00', 12]])
  })
})

it('refuses a header with two columns of one name', async () => {
  const lines = ['time,e,e', '2026-01-01T00:00Z,1,2']
  await expect(read(lines, { layout: { kind: 'wide', columns: 'all' } })).rejects.toThrow(/two columns "e"/)
})
