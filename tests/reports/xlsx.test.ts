import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { xlsxOf } from '../../reports/encode/xlsx.ts'
import { gridFactor, measured, reportOf } from './figures.ts'

const carried = gridFactor({ carriedForward: true, key: 'CN-SOUTH' })
const report = reportOf(
  {
    energy: { 2024: measured(2.675), 2025: measured(null, { reason: 'a < b & "c"', coverage: 0.5 }) },
    'pv-share': { 2024: measured(0.12855, { unit: '1' }), 2025: measured(0.5, { unit: '1' }) },
    ghg: {
      2024: measured(1, { factors: [gridFactor()] }),
      2025: measured(2, { factors: [carried], notes: ['=1+1'] }),
    },
  },
  {
    published: (id, year) =>
      id === 'energy' && year === 2024 ? { value: 2.5, publication: 'p' } : undefined,
  },
)

async function partsOf(lang: 'en' | 'zh') {
  const parts = unzipSync(await xlsxOf(report, lang))
  return (path: string) => strFromU8(parts[path] as Uint8Array)
}

/** The cells of a sheet that are numbers: not text that looks like one. */
const numbersIn = (sheet: string) =>
  [...sheet.matchAll(/<c r="[A-Z]+\d+"(?: s="\d+")?(?: t="n")?><v>([^<]*)<\/v>/g)].map(([, number]) =>
    Number(number),
  )

describe('the report as a workbook', () => {
  it('holds rounded figures as real numbers, a share as a share', async () => {
    const part = await partsOf('en')
    expect(numbersIn(part('xl/worksheets/sheet1.xml'))).toEqual([2.68, 2.5, 2, 1, 0.5, 0.1286])
    expect(part('xl/styles.xml')).toContain('formatCode="#,##0.00"')
    expect(part('xl/worksheets/sheet1.xml')).not.toContain('<f>')
  })

  it('keeps header and first column in sight, and repeats the header on every page as wide as the paper', async () => {
    const part = await partsOf('zh')
    const sheet = part('xl/worksheets/sheet1.xml')
    expect(sheet).toMatch(/<pane [^>]*ySplit="4"[^>]*xSplit="1"[^>]*state="frozen"/)
    expect(sheet).toMatch(/<pageSetup [^>]*fitToWidth="1"/)
    expect(sheet.indexOf('<sheetPr>')).toBeLessThan(sheet.indexOf('<sheetViews>'))
    expect(sheet.indexOf('<headerFooter>')).toBeGreaterThan(sheet.indexOf('<pageSetup'))
    expect(part('xl/workbook.xml')).toContain(
      '<definedName name="_xlnm.Print_Titles" localSheetId="0">\'年度数据\'!$4:$4</definedName>',
    )
  })

  it('tells why a figure is undefined and which factor was carried forward', async () => {
    const texts = (await partsOf('en'))('xl/sharedStrings.xml')
    expect(texts).toContain('2025: a &lt; b &amp; ')
    expect(texts).toContain('2025: factor CN-SOUTH of 2023 carried forward; =1+1')
    expect(texts).toContain('2024 as published')
  })
})
