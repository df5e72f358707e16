import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { strFromU8, unzipSync, type Zippable, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../support/json.ts'
import { home, type Program, run, startProgram } from '../support/program.ts'
import { publish } from '../support/publish.ts'

const HOUR_MS = 3_600_000
/** A year that is over, whenever this runs. */
const YEAR = new Date().getUTCFullYear() - 1
const START = Date.UTC(YEAR - 1, 11, 31)
const TOPIC = 'facility/works/in/reading'
const NAMED = /^different: [a-z0-9-]+ of boundary:group, \d{4}: /m

const organisation = {
  organisation: { id: 'test', zone: 'UTC' },
  sites: [
    {
      id: 'works',
      kind: 'factory',
      zone: 'UTC',
      grid: 'CN-NORTH',
      areas: [{ id: 'hall', floorArea: [{ from: '2019-01-01', m2: 500 }] }],
      employees: [{ from: '2019-01-01', fullTime: 20 }],
      meters: [{ id: 'in', utility: 'electricity', role: 'import', register: { unit: 'kWh', digits: 8 } }],
    },
  ],
  boundaries: [{ id: 'group', sites: 'all' }],
}

function factors(value: number) {
  return JSON.stringify({
    factors: [
      {
        of: 'electricity',
        region: 'CN-NORTH',
        from: `${YEAR}-01-01`,
        to: `${YEAR}-12-31`,
        value,
        unit: 'kgCO2e/kWh',
        source: 'a made-up grid',
        published: '2020',
      },
    ],
  })
}

let place: Awaited<ReturnType<typeof home>>
let program: Program
beforeAll(async () => {
  place = await home(organisation)
  await writeFile(join(place.folder, 'factors.yaml'), factors(0.6))
  program = await startProgram(place.folder)
})
afterAll(async () => {
  await program.end('SIGTERM')
  await place.remove()
})

async function post(path: string, body: object): Promise<Json> {
  const answer = await fetch(`${program.http}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, ...((await answer.json()) as object) }
}

function figure(rows: Json[], indicator: string): Json {
  return rows.find((one) => one.indicator === indicator)
}

describe('a year that was published', () => {
  let bundle: Buffer
  let before: Json

  it('is frozen with everything that it rests on', async () => {
    // 8 kWh an hour to the middle of December; what comes after that comes with a reading of the next year.
    const hours = Array.from({ length: (Date.UTC(YEAR, 11, 15) - START) / HOUR_MS + 1 }, (_, h) => h)
    const rows = hours.map((h) => ({ at: START + h * HOUR_MS, value: 1000 + h * 8 }))
    const last = { at: Date.UTC(YEAR + 1, 0, 5), value: 1000 + (hours.length - 1 + 21 * 24) * 8 }
    await publish(program.mqtt, [
      ...Array.from({ length: Math.ceil(rows.length / 2000) }, (_, i) => ({
        topic: TOPIC,
        payload: rows.slice(i * 2000, (i + 1) * 2000),
      })),
      { topic: TOPIC, payload: last },
    ])
    await program.settled()
    const made = await post('/publications', { year: YEAR, boundary: 'group', by: 'Li', note: 'the report' })
    expect(made).toMatchObject({
      status: 201,
      id: `${YEAR}-group-1`,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    before = await program.get(`/publications/${made.id}`)
    expect(figure(before.rows, 'energy-per-employee').asPublished).toBeCloseTo((8 * 24 * 365) / 1000 / 20, 1)
    const answer = await fetch(`${program.http}/api/v1/publications/${made.id}/bundle`)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    bundle = Buffer.from(await answer.arrayBuffer())
    await writeFile(join(place.folder, 'bundle.zip'), bundle)
  }, 120_000)

  it('stays as it is after a late reading, a changed factor and a corrected headcount, each of which is in the ledger', async () => {
    const at = Date.UTC(YEAR, 11, 31, 23)
    const face = 1000 + ((Date.UTC(YEAR, 11, 15) - START) / HOUR_MS) * 8
    await publish(program.mqtt, [{ topic: TOPIC, payload: { at, value: face + 4000 } }])
    await program.settled()
    expect((await program.get('/restatements')).rows).toMatchObject([
      { cause: 'late-data', detail: [`consumption of in in ${YEAR}`] },
    ])
    await program.end('SIGTERM')
    await writeFile(join(place.folder, 'factors.yaml'), factors(0.57))
    program = await startProgram(place.folder)
    await program.settled()
    const entered = await post('/entries', {
      scope: 'site:works',
      quantity: 'employees-fulltime-yearend',
      period: String(YEAR),
      value: 16,
      unit: 'person',
      source: 'the register of staff',
    })
    expect(entered.status).toBe(201)
    const { rows } = await program.get(`/restatements?publication=${YEAR}-group-1`)
    expect(rows.map(({ cause }: Json) => cause)).toEqual(['late-data', 'factor', 'correction'])

    const after = await program.get(`/publications/${YEAR}-group-1`)
    for (const [i, row] of after.rows.entries()) {
      expect({ ...row, asKnownToday: 0, difference: 0, percent: 0, material: false }).toEqual({
        ...before.rows[i],
        asKnownToday: 0,
        difference: 0,
        percent: 0,
        material: false,
      })
    }
    // Every figure is led from what was published to what is known today.
    for (const { indicator, asPublished, asKnownToday } of after.rows) {
      const steps = rows.flatMap(({ figures }: Json) => figure(figures, indicator) ?? [])
      expect(steps[0]?.old ?? asPublished).toBe(asPublished)
      expect(steps.at(-1)?.new ?? asPublished).toBe(asKnownToday)
      for (const [i, step] of steps.entries()) if (i > 0) expect(step.old).toBe(steps[i - 1].new)
    }
    const [late, factor, correction] = rows
    expect(figure(late.figures, 'energy').percent).toBeGreaterThan(0)
    expect(figure(factor.figures, 'energy')).toBeUndefined()
    expect(figure(factor.figures, 'ghg-scope2')).toMatchObject({ material: true })
    expect(figure(factor.figures, 'ghg-scope2').percent).toBeCloseTo(-5, 6)
    expect(figure(correction.figures, 'energy-per-employee').percent).toBeCloseTo(25, 9)
    const [today] = (await program.get(`/kpis?indicator=ghg-per-employee&scope=boundary:group&from=${YEAR}`))
      .rows
    expect(figure(after.rows, 'ghg-per-employee').asKnownToday).toBe(today.value)
    expect(await readFile(join(place.folder, 'data/publications', `${YEAR}-group-1.zip`))).toEqual(bundle)
  }, 120_000)

  it('is recomputed from its bundle alone', async () => {
    const path = join(place.folder, 'bundle.zip')
    // Neither a configuration nor a store is at hand.
    const away = { WATTWELL_CONFIG: '/nowhere', WATTWELL_DATA: '/nowhere' }
    const { code, out } = await run(place.folder, ['verify', path, '--hash', before.hash], away)
    expect(code).toBe(0)
    expect(out).toContain(
      `good: ${before.figures} figures of boundary:group in ${YEAR} recomputed, none differs`,
    )
    const json = await run(place.folder, ['verify', path, '--json'], away)
    expect(JSON.parse(json.out)).toMatchObject({ good: true, hash: before.hash, differences: [] })
    const other = await run(place.folder, ['verify', path, '--hash', 'ab'], away)
    expect(other.code).toBe(1)
    expect(other.out).toContain('this is another bundle')
  })

  it.each([
    ['an input', 'inputs/consumption.csv', 'in,year,'],
    ['a factor', 'factors.json', 'a made-up grid'],
    ['a value', 'figures.json', '"indicator":"energy-per-employee"'],
  ])('fails with the name of a figure after a byte is changed of %s', async (_, path, line) => {
    const files = unzipSync(bundle)
    const text = strFromU8(files[path] as Uint8Array)
    const at = text.indexOf(line)
    const start = text.lastIndexOf('\n', at) + 1
    const end = text.indexOf('\n', at)
    for (let i = 0; i < 4; i += 1) {
      const bytes = Uint8Array.from(files[path] as Uint8Array)
      const spot = start + Math.floor(((i + 0.5) / 4) * (end - start))
      bytes[spot] = (bytes[spot] as number) ^ 1
      const changed = join(place.folder, 'changed.zip')
      await writeFile(changed, zipSync({ ...files, [path]: bytes } as Zippable))
      const { code, out } = await run(place.folder, ['verify', changed])
      expect(code).toBe(1)
      expect(out).toMatch(NAMED)
      expect(out).toContain(`${path} is not as the manifest has it`)
    }
  })

  it('is refused by a clear word where the file is cut off or not there', async () => {
    const path = join(place.folder, 'cut.zip')
    await writeFile(path, bundle.subarray(0, bundle.length - 40))
    const cut = await run(place.folder, ['verify', path])
    expect(cut).toMatchObject({ code: 1, err: expect.stringContaining('is no whole ZIP file') })
    const gone = await run(place.folder, ['verify', 'gone.zip'])
    expect(gone).toMatchObject({ code: 1, err: expect.stringContaining('gone.zip cannot be read: ENOENT') })
  })
})
