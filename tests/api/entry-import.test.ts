import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Entry } from '../../core/entry.ts'
import { type TestApi, testApi } from '../support/api.ts'
import type { Json } from '../support/json.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-07-10T04:30:00Z')
const org = organisation([site({ id: 'park', meters: [incomer('e')] })], [{ id: 'group', sites: 'all' }])
const HEADER = 'scope,quantity,kind,item,period,value,unit,source,note,by'

let api: TestApi
let told: readonly Entry[][]
beforeEach(async () => {
  told = []
  api = await testApi(org, NOW, {
    entered: (entries) => {
      told = [...told, [...entries]]
    },
  })
})
afterEach(() => api.close())

const send = async (text: string | Buffer, query = '', type = 'text/csv') => {
  const answer = await api.app.inject({
    method: 'POST',
    url: `/api/v1/entries/import${query}`,
    headers: { 'content-type': type },
    payload: text,
  })
  return { status: answer.statusCode, body: answer.json() as Json }
}
const dry = async (text: string | Buffer) => {
  const { status, body } = await send(text, '?dryRun=true')
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const listed = async () => (await api.get('/entries?inForce=true')).body.rows
/** A file whose only row differs in some cells from one that is taken. */
const withCells = (cells: Record<string, string>) => {
  const row = {
    scope: 'site:park',
    quantity: 'packaging',
    period: '2025',
    value: '5',
    unit: 't',
    source: 'scale',
    ...cells,
  }
  return `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`
}

describe('a file of entries', () => {
  const file = [
    HEADER,
    'site:park,refrigerant,R-410A,chiller 2,2025-06-12,12.5,kg,work order 88,refill,facility office',
    'site:park,waste-hazardous,,,2025,1.43,t,manifest,,',
    '',
    'boundary:group,employees-total,gender:female,,2025,1200,person,"HR, 31 December",,',
  ].join('\n')

  it('is entered with all of its rows', async () => {
    const { status, body } = await send(file, '?by=Anna')
    expect([status, body]).toEqual([
      200,
      { dryRun: false, rows: 3, accepted: 3, entered: 3, unchanged: 0, problems: [], warnings: [] },
    ])
    expect(await listed()).toMatchObject([
      {
        scope: 'site:park',
        quantity: 'refrigerant',
        kind: 'R-410A',
        item: 'chiller 2',
        period: '2025-06-12',
        value: 12.5,
        unit: 'kg',
        source: 'work order 88',
        note: 'refill',
        by: 'facility office',
        version: 1,
      },
      { quantity: 'waste-hazardous', kind: '', value: 1.43, by: 'Anna' },
      { source: 'HR, 31 December', by: 'Anna' },
    ])
    expect(told).toEqual([expect.objectContaining({ length: 3 })])
  })

  it('is entered by no dry run', async () => {
    expect(await dry(file)).toMatchObject({ dryRun: true, rows: 3, accepted: 3, entered: 0, unchanged: 0 })
    expect([await listed(), told]).toEqual([[], []])
  })

  it('enters nothing a second time, and what has changed as the next version', async () => {
    await send(file)
    expect((await send(file)).body).toMatchObject({ accepted: 3, entered: 0, unchanged: 3 })
    expect(told).toHaveLength(1)
    const { body } = await send(file.replace('1.43', '1.34'))
    expect(body).toMatchObject({ accepted: 3, entered: 1, unchanged: 2 })
    expect(await listed()).toContainEqual(expect.objectContaining({ value: 1.34, version: 2 }))
    expect(await dry(file)).toMatchObject({ entered: 0, unchanged: 2 })
  })

  it.each([
    [
      'semicolons, a byte order mark and lines that end in CR LF',
      `\ufeff${file.replaceAll(',', ';').replace('"HR; 31', '"HR, 31').replaceAll('\n', '\r\n')}`,
    ],
    ['tabs', file.replaceAll(',', '\t')],
    [
      'capitals in the header and empty columns at the end',
      file.replace(HEADER, `${HEADER.toUpperCase()},,`),
    ],
  ])('may have %s', async (_, text) => {
    expect(await dry(text)).toMatchObject({ rows: 3, accepted: 3, problems: [] })
  })

  it('may have its columns in another order and leave some out', async () => {
    const text = 'unit,value,source,period,quantity,scope\nt,5,scale,2025,packaging,site:park\n'
    expect((await send(text)).body).toMatchObject({ entered: 1 })
    expect(await listed()).toMatchObject([{ value: 5, kind: '', by: '' }])
  })

  it('of ten thousand rows takes seconds', async () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, i) => `site:park,packaging,,lot ${i},2025,${i},kg,scale,,`,
    )
    const began = performance.now()
    expect((await send([HEADER, ...rows].join('\n'))).body).toMatchObject({ entered: 10_000 })
    expect((await send([HEADER, ...rows].join('\n'))).body).toMatchObject({ entered: 0, unchanged: 10_000 })
    expect(performance.now() - began).toBeLessThan(20_000)
  }, 30_000)

  it('warns of what does not fit together, by its rows', async () => {
    const text = [
      HEADER,
      'boundary:group,water-withdrawal,,,2023,683906.94,t,ESG report,,',
      'boundary:group,tap-water,,,2023,523100.75,t,ESG report,,',
      'boundary:group,reclaimed-water,,,2023,164353.00,t,ESG report,,',
    ].join('\n')
    const { warnings } = await dry(text)
    expect(warnings).toMatchObject([{ code: 'parts-differ', expected: 687_453.75, rows: [2, 3, 4] }])
    expect((await send(text)).body).toMatchObject({ entered: 3, warnings })
  })
})

describe('a file with faults', () => {
  const faulty = [
    HEADER,
    'site:park,packaging,,,2025,5,t,scale,,',
    'site:park,packaging,,,2024,5,MWh,scale,,',
    '',
    'site:nowhere,packaging,,,2025-13,"1,234.5",t,,,',
  ].join('\n')

  it('names row, column and reason, and enters nothing', async () => {
    const { problems, ...counts } = await dry(faulty)
    expect(counts).toEqual({ dryRun: true, rows: 3, accepted: 1, entered: 0, unchanged: 0, warnings: [] })
    expect(problems).toEqual([
      {
        row: 3,
        column: 'unit',
        value: 'MWh',
        message: 'packaging is not in "MWh".',
        accepted: ['t', 'kg'],
      },
      { row: 5, column: 'source', value: '', message: 'It is missing.' },
      expect.objectContaining({ row: 5, column: 'value', value: '1,234.5' }),
    ])
    const { status, body } = await send(faulty)
    expect([status, body.type, body.status]).toEqual([400, 'urn:wattwell:problem:bad-row', 400])
    expect(body.detail).toBe(
      'Nothing was entered. The first of 3: row 3, column unit: packaging is not in "MWh".',
    )
    expect(body.errors).toEqual(problems)
    expect([await listed(), told]).toEqual([[], []])
  })

  it.each([
    [{ scope: 'site:x' }, 'scope', /no scope "site:x"/],
    [{ scope: 'meter:e' }, 'scope', /A meter has readings/],
    [{ scope: '' }, 'scope', /missing/],
    [{ quantity: 'love' }, 'quantity', /cannot be entered/],
    [{ quantity: 'water-saved' }, 'quantity', /POST \/savings/],
    [{ quantity: 'refrigerant', unit: 'kg' }, 'kind', /needs a kind/],
    [{ period: '2025-13' }, 'period', /no year, month or day/],
    [{ period: '2027' }, 'period', /has not begun/],
    [{ unit: 'MWh' }, 'unit', /not in "MWh"/],
    [{ unit: '' }, 'unit', /missing/],
    [{ source: '' }, 'source', /missing/],
    [{ source: 'x'.repeat(501) }, 'source', /500/],
    [{ value: '' }, 'value', /missing.*leave the row out/],
    [{ value: '-5' }, 'value', />=0/],
    [{ value: '"5,5"' }, 'value', /decimal comma/],
    [{ value: '"1,234"' }, 'value', /A comma may be/],
    [{ value: '"1,234.5"' }, 'value', /separators of thousands/],
    [{ value: '1 234' }, 'value', /separators of thousands/],
    [{ value: '1.234.567' }, 'value', /separators of thousands/],
    [{ value: 'n/a' }, 'value', /no number/],
    [{ value: '0x10' }, 'value', /no number/],
    [{ value: '1e999' }, 'value', /./],
  ])('%j is a fault of its column', async (cells, column, message) => {
    const { problems, accepted } = await dry(withCells(cells as unknown as Record<string, string>))
    expect(problems.map((problem: Json) => [problem.row, problem.column])).toEqual([[2, column]])
    expect(problems[0].message).toMatch(message)
    expect(accepted).toBe(0)
  })

  it('in the header says which columns there are', async () => {
    const { problems } = await dry('scope,quantity,Wert,period,unit,unit\nsite:park,packaging,1,2025,t,t\n')
    expect(problems.map(({ row, column }: Json) => [row, column])).toEqual([
      [1, 'wert'],
      [1, 'unit'],
      [1, 'value'],
      [1, 'source'],
    ])
    expect(problems[0].accepted).toContain('period')
    expect((await dry('')).problems[0].message).toContain('empty')
  })

  it('that says the same twice names both rows', async () => {
    const { problems } = await dry(
      `${HEADER}\nsite:park,packaging,,,2025,5,t,scale,,\nsite:park,packaging,,,2025,6,t,scale,,\n`,
    )
    expect(problems).toMatchObject([
      { row: 3, column: 'period', message: expect.stringContaining('Row 2 has the same') },
    ])
  })

  it('of thousands of faulty rows is told the first thousand faults', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `site:x,packaging,,lot ${i},2025,1,t,scale,,`)
    const { problems, rows: length, accepted } = await dry([HEADER, ...rows].join('\n'))
    expect([length, accepted, problems.length, problems.at(-1).row]).toEqual([3000, 0, 1000, 1001])
  })

  it('has rows as a spreadsheet numbers them, also after a cell of two lines', async () => {
    const text = `${HEADER}\nsite:park,packaging,,,2025,5,t,scale,"two\nlines",\n,,,,,,,,,\nsite:park,packaging,,,2024,x,t,scale,,\n`
    expect((await dry(text)).problems).toMatchObject([{ row: 4, column: 'value' }])
  })

  it('with a number that was cut at its separator says so', async () => {
    const { problems } = await dry(`${HEADER}\nsite:park,packaging,,,2025,1,234,t,scale,,\n`)
    expect(problems[0].message).toContain('11 cells, and the header 10')
  })

  it.each([
    [
      'GBK',
      Buffer.concat([
        Buffer.from(`${HEADER}\nsite:park,packaging,`),
        Buffer.from([0xb7, 0xcf, 0xd6, 0xbd]),
        Buffer.from(',,2025,5,t,scale,,\n'),
      ]),
      2,
    ],
    ['UTF-16', Buffer.from(`\ufeff${HEADER}\n`, 'utf16le'), 1],
  ])('that is %s is told to be saved as UTF-8', async (_, text, row) => {
    const { problems } = await dry(text)
    expect(problems).toMatchObject([{ row, message: expect.stringContaining('UTF-8') }])
  })

  it('that is no CSV says where', async () => {
    const { problems } = await dry(`${HEADER}\nsite:park,"packaging,,,2025,5,t,scale,,\n`)
    expect(problems).toMatchObject([{ message: expect.stringContaining('not CSV') }])
  })

  it('of more than five million bytes is too large', async () => {
    const { status, body } = await send('x'.repeat(5_000_001))
    expect([status, body.type]).toEqual([413, 'urn:wattwell:problem:too-large'])
    expect(body.detail).toContain('5000000 bytes')
  })

  it('of another type is refused', async () => {
    expect((await send('{"a": 1}', '', 'application/json')).body.errors[0]).toMatchObject({ field: 'body' })
    expect((await send('a=1', '', 'application/x-www-form-urlencoded')).status).toBe(415)
    expect((await send(HEADER, '?dryrun=true')).body.errors[0].message).toContain('dryrun')
  })
})
