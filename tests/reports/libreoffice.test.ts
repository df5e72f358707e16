import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestApi } from '../support/api.ts'
import type { Json } from '../support/json.ts'
import { libreofficeInstalled, sheetsOf } from '../support/libreoffice.ts'
import { reportedApi } from '../support/reported.ts'

let api: TestApi
beforeAll(async () => {
  api = await reportedApi()
})
afterAll(() => api.close())

const file = async (query: string) =>
  (await api.app.inject({ url: `/api/v1/reports/2026?${query}` })).rawPayload
const jsonOf = async (lang: string): Promise<Json> => (await api.get(`/reports/2026?lang=${lang}`)).body
const rowsOf = (report: Json): Json[] => report.sections.flatMap(({ rows }: Json) => rows)

/** A cell as LibreOffice writes it, and a rounded figure, as the same number. */
function asNumber(text: string | null): number | null {
  return text === null || text === '–' || text === '' ? null : Number(text.replace('%', ''))
}

const SHEETS = {
  en: ['Annual table', 'Methods and factors', 'Coverage'],
  zh: ['年度数据', '方法与因子', '数据覆盖'],
} as const

const name = `the report in LibreOffice${libreofficeInstalled ? '' : ' (skipped: no LibreOffice)'}`

describe.skipIf(!libreofficeInstalled)(name, { timeout: 180_000 }, () => {
  it.each(['en', 'zh'] as const)(
    'as a workbook in %s has the numbers of the JSON in every cell',
    async (lang) => {
      const report = await jsonOf(lang)
      const sheets = await sheetsOf('xlsx', await file(`format=xlsx&lang=${lang}`))
      expect([...sheets.keys()].sort()).toEqual([...SHEETS[lang]].sort())
      const [table, methods, coverage] = SHEETS[lang].map((sheet) => sheets.get(sheet) as string[][])
      const found = (sheet: string[][] | undefined, of: string) =>
        sheet?.find(([first]) => first === of) ?? []

      expect(table?.[0]?.[0]).toContain('2026')
      expect(table?.[3]?.slice(2, 5)).toEqual(
        lang === 'zh' ? ['2026（至今）', '2025', '2024'] : ['2026 to date', '2025', '2024'],
      )
      let numbers = 0
      for (const { name: of, unitText, cells, method, standards } of rowsOf(report)) {
        const row = found(table, of)
        expect(row[1]).toBe(unitText)
        expect(row.slice(2, 5).map(asNumber)).toEqual(cells.map(({ shown }: Json) => asNumber(shown)))
        expect(row.slice(5, 8)).toEqual(
          [standards.hkex, standards.gri, standards.iso].map((ids) => ids.join(', ')),
        )
        expect(found(methods, of)[1]).toBe(method)
        numbers += row.slice(2, 5).filter((cell) => asNumber(cell) !== null).length
        const metered = cells.filter((cell: Json) => cell.coverage !== null)
        const shares = found(coverage, of).slice(1)
        for (const [i, cell] of metered.entries()) {
          expect(asNumber(shares[i * 3] as string)).toBeCloseTo(cell.coverage * 100, 2)
          expect(asNumber(shares[i * 3 + 1] as string)).toBeCloseTo(cell.estimated * 100, 2)
        }
      }
      expect(numbers).toBeGreaterThan(20)
      const reasons = rowsOf(report).flatMap(({ cells }) => cells.flatMap(({ reason }: Json) => reason ?? []))
      expect(reasons.length).toBeGreaterThan(0)
      const notes = table?.map(([first]) => first).join('\n')
      for (const reason of reasons) expect(notes).toContain(reason)
    },
  )

  it.each(['en', 'zh'] as const)('as CSV in %s has the same cells', async (lang) => {
    const report = await jsonOf(lang)
    const [sheet] = (await sheetsOf('csv', await file(`format=csv&lang=${lang}`))).values()
    const [, ...lines] = sheet as string[][]
    expect(lines.map(([, of, id, , ...years]) => [of, id, years.slice(0, 3).map(asNumber)])).toEqual(
      rowsOf(report).map(({ name: of, id, cells }) => [
        of,
        id,
        cells.map(({ shown }: Json) => asNumber(shown)),
      ]),
    )
  })
})
