import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rounded } from '../../reports/rounding.ts'
import type { TestApi } from '../support/api.ts'
import type { Json } from '../support/json.ts'
import { reportedApi } from '../support/reported.ts'

let api: TestApi
beforeAll(async () => {
  api = await reportedApi()
})
afterAll(() => api.close())

const asked = (path: string) => api.app.inject({ url: `/api/v1/reports/${path}` })
const rowsOf = (report: Json): Json[] => report.sections.flatMap(({ rows }: Json) => rows)
const rowOf = (report: Json, id: string): Json => rowsOf(report).find((row) => row.id === id)

describe('GET /reports/{year}', () => {
  it('has the figures of /kpis, unrounded, and beside each what the table shows', async () => {
    const { status, body } = await api.get('/reports/2025?years=2')
    expect(status).toBe(200)
    expect([body.years, body.boundary, body.asOf]).toEqual([
      [2025, 2024],
      { id: 'own', name: 'Own sites' },
      '2026-02-10T04:30:00.000Z',
    ])
    let compared = 0
    for (const id of ['energy', 'energy-per-employee', 'tap-water-per-area', 'reclaimed-water-share']) {
      const kpis = await api.get(`/kpis?indicator=${id}&scope=boundary:own&from=2024&to=2026`)
      const { cells, unit } = rowOf(body, id)
      for (const { year, value, shown, coverage, quality } of cells) {
        const kpi = kpis.body.rows.find(
          ({ start }: Json) => Date.parse(start) === Date.UTC(year, 0, 1) - 28_800_000,
        )
        expect([value, unit, coverage, quality]).toEqual([kpi.value, kpi.unit, kpi.coverage, kpi.quality])
        expect(value).toBeGreaterThan(0)
        expect(shown).toBe(rounded(value, 2, id.endsWith('share') ? 2 : 0))
        compared += 1
      }
    }
    expect(compared).toBe(8)
    expect(rowOf(body, 'employees').cells.map(({ value }: Json) => value)).toEqual([900, 700])
  })

  it('says of a year that still runs that it does, and of an undefined figure why', async () => {
    const { body } = await api.get('/reports/2026?years=1&boundary=group')
    const [cell] = rowOf(body, 'energy').cells
    expect(cell).toMatchObject({ year: 2026, value: null, shown: null, partial: true })
    expect(cell.reason).toBe('no readings from s in this span')
    expect(rowOf(body, 'water-withdrawal').cells[0].reason).toBe('no meter measures water-withdrawal at shop')
  })

  it('speaks both languages', async () => {
    const { body } = await api.get('/reports/2025?lang=zh')
    expect([body.organisation.name, body.boundary.name]).toEqual(['示例', '自有场所'])
    expect(rowOf(body, 'energy')).toMatchObject({ name: '综合能源消耗量', unit: 'MWh', unitText: '兆瓦时' })
  })

  it('is a file by the name of organisation, boundary and year', async () => {
    const csv = await asked('2025?format=csv&boundary=area:park/tower')
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="wattwell-demo-area-park-tower-2025.csv"',
    })
    const xlsx = await asked('2025?format=xlsx')
    expect(xlsx.headers).toMatchObject({
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': 'attachment; filename="wattwell-demo-own-2025.xlsx"',
    })
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
  })

  it('is the same file each time while nothing has changed', async () => {
    const [first, second] = [await asked('2025?format=xlsx&lang=zh'), await asked('2025?format=xlsx&lang=zh')]
    expect(first.rawPayload.equals(second.rawPayload)).toBe(true)
  })

  it('as CSV shows what the JSON shows', async () => {
    const { body } = await api.get('/reports/2025?lang=zh')
    const [, ...lines] = parse((await asked('2025?format=csv&lang=zh')).rawPayload, {
      bom: true,
    }) as string[][]
    expect(lines.map(([, name, id, unit, ...years]) => [name, id, unit, years.slice(0, 3)])).toEqual(
      rowsOf(body).map(({ name, id, unitText, cells }) => [
        name,
        id,
        unitText,
        cells.map(({ shown }: Json) => shown ?? ''),
      ]),
    )
  })

  it.each([
    ['2027', 400, 'year', '2027 has not begun'],
    ['never', 400, 'year', ''],
    [
      '2025?boundary=x',
      404,
      'boundary',
      'There are: boundary:own, boundary:group, site:park, area:park/tower, site:shop',
    ],
    ['2025?boundary=meter:e', 404, 'boundary', 'There is no boundary "meter:e"'],
    ['2025?format=pdf', 400, 'format', 'xlsx'],
    ['2025?lang=de', 400, 'lang', 'zh'],
    ['2025?years=11', 400, 'years', ''],
  ])('refuses /reports/%s with %i and names %s', async (path, status, field, detail) => {
    const { status: found, body } = await api.get(`/reports/${path}`)
    expect([found, body.errors[0].field]).toEqual([status, field])
    expect(body.detail).toContain(detail)
  })

  it('asks which scope where there are no boundaries', async () => {
    const unbounded = await reportedApi(false)
    const { status, body } = await unbounded.get('/reports/2025')
    expect([status, body.errors[0].accepted]).toEqual([400, ['site:park', 'area:park/tower', 'site:shop']])
    expect((await unbounded.get('/reports/2025?boundary=site:park')).body.boundary.name).toBe('Park')
    await unbounded.close()
  })
})
