import fc from 'fast-check'
import { strFromU8, unzipSync, type Zippable, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonical } from '../../core/canonical.ts'
import { HOUR_MS } from '../../core/window.ts'
import { sha256 } from '../../reports/sha256.ts'
import { verify } from '../../reports/verify.ts'
import { MemoryStore } from '../../store/memory.ts'
import { type TestApi, testApi } from '../support/api.ts'
import type { Json } from '../support/json.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const NOW = Date.parse('2026-02-10T00:00:00Z')
const START = Date.parse('2024-12-30T00:00:00Z')

const org = organisation(
  [
    site({
      id: 'park',
      zone: 'Asia/Shanghai',
      grid: 'CN-NORTH',
      employees: [{ from: '2020-01-01', fullTime: 10 }],
      meters: [incomer('e'), { id: 'w', utility: 'tap-water', role: 'import', register: { unit: 'm3' } }],
    }),
  ],
  [{ id: 'group', sites: 'all' }],
)

let api: TestApi
let bundle: Uint8Array
let files: Record<string, Uint8Array>

beforeAll(async () => {
  api = await testApi(org, NOW, {
    store: new MemoryStore(),
    // The factor changes within a month, so days are looked up as well.
    factors: {
      factors: [
        factor('2025-01-01', '2025-06-14', 0.61),
        { ...factor('2025-06-15', '2025-12-31', 0.58), source: '电网排放因子' },
      ],
    },
  })
  for (const [meter, perHour] of [
    ['e', 10 / 3],
    ['w', 0.1],
  ] as const) {
    const hours = Array.from({ length: (NOW - START) / HOUR_MS / 8 }, (_, i) => i * 8)
    await api.take(hours.map((hour) => [meter, START + hour * HOUR_MS, hour * perHour]))
  }
  await api.post('/entries', {
    scope: 'site:park',
    quantity: 'waste-hazardous',
    period: '2025',
    value: 1.25,
    unit: 't',
    source: 'invoice 17 废物',
  })
  const { status } = await api.post('/publications', { year: 2025, boundary: 'group', by: '李' })
  expect(status).toBe(201)
  bundle = (await api.app.inject({ url: '/api/v1/publications/2025-group-1/bundle' })).rawPayload
  files = unzipSync(bundle)
})
afterAll(() => api.close())

function factor(from: string, to: string, value: number) {
  return {
    of: 'electricity',
    region: 'CN-NORTH',
    from,
    to,
    value,
    unit: 'kgCO2e/kWh',
    source: 'a grid',
    published: '2026-01',
  }
}

/** Where lines of a file that hold a text are: from the first byte to the last before the line ends. */
function linesWith(path: string, text: string): [first: number, last: number][] {
  let at = 0
  return strFromU8(files[path] as Uint8Array)
    .split('\n')
    .flatMap((line) => {
      const first = at
      at += Buffer.byteLength(line) + 1
      return line.includes(text) ? [[first, at - 2]] : []
    })
}

/** A byte somewhere in spans of a file, and what it is turned into. */
function flipIn(spans: readonly (readonly [number, number])[]) {
  return fc
    .tuple(
      fc.constantFrom(...spans).chain(([first, last]) => fc.integer({ min: first, max: last })),
      fc.integer({ min: 1, max: 255 }),
    )
    .map(([at, flip]) => ({ at, flip }))
}

function flipped(path: string, { at, flip }: { at: number; flip: number }): Record<string, Uint8Array> {
  const bytes = Uint8Array.from(files[path] as Uint8Array)
  bytes[at] = (bytes[at] as number) ^ flip
  return { ...files, [path]: bytes }
}

function packed(content: Record<string, Uint8Array>): Uint8Array {
  return zipSync(content as Zippable, { level: 0 })
}

/** As somebody would who hides what he did: with a manifest that fits. */
function withManifest(content: Record<string, Uint8Array>): Record<string, Uint8Array> {
  const listed = Object.entries(content)
    .filter(([path]) => path !== 'manifest.json')
    .map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256(bytes) }))
  return { ...content, 'manifest.json': Buffer.from(canonical({ files: listed })) }
}

const NAMED = /^[a-z0-9-]+ of boundary:group, 2025$/

describe('a bundle as it was published', () => {
  it('verifies', () => {
    const found = verify(bundle)
    expect(found?.differences).toEqual([])
    expect(found?.figures).toBeGreaterThan(25)
    expect(verify(packed(files))?.differences).toEqual([])
  })

  it('has days, months and a year of consumption, and every figure with what it rests on', () => {
    const rows = strFromU8(files['inputs/consumption.csv'] as Uint8Array).split('\n')
    for (const grain of ['day', 'month', 'year'])
      expect(rows.some((row) => row.startsWith(`e,${grain},`))).toBe(true)
    const { rows: figures } = JSON.parse(strFromU8(files['figures.json'] as Uint8Array))
    const waste = figures.find((one: Json) => one.indicator === 'waste-hazardous-per-employee')
    expect(waste.value).toBe(125)
    expect(new Set(figures.map((one: Json) => one.inputs)).size).toBeGreaterThan(8)
  })
})

describe('a bundle of which one byte was changed', () => {
  const cases: [what: string, path: string, line: string][] = [
    ['an input', 'inputs/consumption.csv', 'Z'],
    ['a day that an input is made of', 'inputs/days.csv', 'Z'],
    ['an entry', 'inputs/entries.json', 'waste'],
    ['a factor', 'factors.json', 'CN-NORTH","source":"a grid'],
    ['a factor whose source is Chinese', 'factors.json', '电网'],
    ['a value', 'figures.json', '"indicator"'],
  ]
  it.each(cases)('fails with the name of a figure: %s', (_, path, line) => {
    fc.assert(
      fc.property(flipIn(linesWith(path, line)), fc.boolean(), (flip, hidden) => {
        const changed = flipped(path, flip)
        const found = verify(packed(hidden ? withManifest(changed) : changed))
        expect(found?.differences[0]?.figure).toMatch(NAMED)
        if (!hidden) expect(found?.differences[0]?.where[0]).toBe(`${path} is not as the manifest has it`)
      }),
      { numRuns: 60, seed: 20251121 },
    )
  })

  it('fails wherever it is, at least with the name of the file', () => {
    const path = fc.constantFrom(...Object.keys(files))
    fc.assert(
      fc.property(
        path.chain((one) => fc.tuple(fc.constant(one), flipIn([[0, (files[one] as Uint8Array).length - 1]]))),
        ([one, flip]) => {
          const [first] = verify(packed(flipped(one, flip)))?.differences ?? []
          expect(first?.figure ?? first?.where.join()).toMatch(/./)
        },
      ),
      { numRuns: 100, seed: 20251121 },
    )
  })

  it('is told to be none, or to differ, where the byte is one of the ZIP', () => {
    fc.assert(
      fc.property(flipIn([[0, bundle.length - 1]]), ({ at, flip }) => {
        const bytes = Uint8Array.from(bundle)
        bytes[at] = (bytes[at] as number) ^ flip
        const found = verify(bytes)
        if (found === undefined || found.differences.length > 0) return
        // A date, a checksum or the like: what is in it is what was published.
        expect(unzipSync(bytes)).toEqual(files)
      }),
      { numRuns: 60, seed: 20251121 },
    )
  })

  it('names the figure whose value it was, and both values', () => {
    const text = strFromU8(files['figures.json'] as Uint8Array)
    const changed = text.replace('"value":125}', '"value":124}')
    expect(changed).not.toBe(text)
    const found = verify(packed({ ...files, 'figures.json': Buffer.from(changed) }))
    expect(found?.differences[0]).toMatchObject({
      figure: 'waste-hazardous-per-employee of boundary:group, 2025',
      field: 'value',
      published: 124,
      recomputed: 125,
    })
  })

  it('names the row where days no longer come to what they were', () => {
    const text = strFromU8(files['inputs/consumption.csv'] as Uint8Array)
    const year = text.split('\n').find((line) => line.startsWith('w,year,')) as string
    const changed = text.replace(year, year.replace(/,876/, ',877'))
    expect(changed).not.toBe(text)
    const found = verify(packed({ ...files, 'inputs/consumption.csv': Buffer.from(changed) }))
    expect(found?.differences[0]?.figure).toBe('water-withdrawal of boundary:group, 2025')
    expect(found?.differences[0]?.where.at(-1)).toContain('w, the year from 2024-12-31T16:00:00.000Z')
  })
})

describe('what is no bundle', () => {
  it('is told as such: cut off, empty, or something else', () => {
    for (const bytes of [bundle.slice(0, -30), bundle.slice(0, 1000), new Uint8Array(), Buffer.from('PK no')])
      expect(verify(bytes)).toBeUndefined()
  })

  it('differs where a file is missing, or one too many', () => {
    for (const path of Object.keys(files)) {
      const { [path]: _, ...rest } = files
      expect(verify(packed(rest))?.differences.length).toBeGreaterThan(0)
    }
    const more = verify(packed({ ...files, 'more.txt': Buffer.from('more') }))
    expect(more?.differences).toMatchObject([{ figure: null, where: [expect.stringContaining('more.txt')] }])
  })
})
