import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { csvOf } from '../../reports/encode/csv.ts'
import { gridFactor, measured, reportOf } from './figures.ts'

const report = reportOf(
  {
    energy: {
      2024: measured(null, { reason: 'no meter at "north", or=none\nso far', coverage: 0 }),
      2025: measured(1234.005, { partial: true }),
    },
    'pv-share': { 2024: measured(0.12855, { unit: '1' }), 2025: measured(-0.5, { unit: '1' }) },
    ghg: {
      2024: measured(5, { unit: 'tCO2e', factors: [gridFactor({ key: '=x', carriedForward: true })] }),
      2025: measured(6, { unit: 'tCO2e', notes: ['=HYPERLINK("http://x")'] }),
    },
  },
  {
    published: (id, year) =>
      id === 'energy' && year === 2024 ? { value: 7.125, publication: 'p' } : undefined,
  },
)

describe('the report as CSV', () => {
  it('begins with a byte order mark, so that spreadsheets read 中文, and ends its lines as RFC 4180 says', () => {
    const bytes = Buffer.from(csvOf(report, 'zh'))
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(csvOf(report, 'en').replaceAll('\r\n', '')).not.toMatch(/\r/)
    expect(csvOf(report, 'zh')).toMatch(
      /^\uFEFF类别,指标,标识,单位,2025（至今）,2024,2024（已发布）,HKEX,GRI,ISO,备注\r\n/,
    )
  })

  it('is read back with every figure rounded half up, and empty where it is undefined', () => {
    const [header, ...rows] = parse(csvOf(report, 'en'), { bom: true }) as string[][]
    expect(header?.slice(3, 7)).toEqual(['Unit', '2025 to date', '2024', '2024 as published'])
    const of = (id: string) => rows.find((row) => row[2] === id) as string[]
    expect(of('energy').slice(3, 7)).toEqual(['MWh', '1234.01', '', '7.13'])
    expect(of('energy').at(-1)).toBe('2024: no meter at "north", or=none\nso far')
    expect(of('pv-share').slice(3, 7)).toEqual(['%', '-50.00', '12.86', ''])
    expect(of('ghg').slice(7, 10)).toEqual(['A1.2, D 28', '305-1, 305-2', 'ISO 14064-1'])
  })

  it('holds no text that a spreadsheet takes for a formula', () => {
    const hostile = reportOf({
      energy: { 2024: measured(-1), 2025: measured(1, { unit: '=cmd()' }) },
      ghg: { 2024: measured(-1), 2025: measured(1, { unit: '@x' }) },
    })
    const fields = (parse(csvOf(hostile, 'en'), { bom: true }) as string[][]).flat()
    expect(fields).toContain("'=cmd()")
    expect(fields).toContain("'@x")
    expect(fields).toContain('-1.00')
    expect(fields.filter((field) => /^[=+@\t\r]/.test(field))).toEqual([])
  })
})
