import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonical } from '../../core/canonical.ts'
import { HOUR_MS } from '../../core/window.ts'
import { FigureSource } from '../../figures/figure-source.ts'
import { sha256 } from '../../reports/sha256.ts'
import { verify } from '../../reports/verify.ts'
import { type TestApi, testApi } from '../support/api.ts'
import { factorBook } from '../support/factors.ts'
import type { Json } from '../support/json.ts'
import { incomer, organisation, site } from '../support/organisation.ts'
import { publicationsIn } from '../support/publications.ts'

const START = Date.parse('2024-12-31T00:00:00Z')
const NOW = Date.parse('2026-03-10T04:30:00Z')
const STEP_H = 6
/** Of the meter `f` nothing comes between these. */
const LATE_FROM = Date.parse('2025-12-20T00:00:00Z')
const LATE_TO = Date.parse('2026-01-10T00:00:00Z')

const org = organisation(
  [
    site({
      id: 'park',
      grid: 'CN-NORTH',
      zone: 'Asia/Shanghai',
      areas: [{ id: 'tower', floorArea: [{ from: '2019-01-01', m2: 1000 }] }],
      employees: [{ from: '2020-01-01', fullTime: 10 }],
      meters: [incomer('e'), { id: 'w', utility: 'tap-water', role: 'import', register: { unit: 'm3' } }],
    }),
    site({
      id: 'works',
      grid: 'CN-EAST',
      kind: 'factory',
      employees: [{ from: '2020-01-01', fullTime: 5 }],
      meters: [incomer('f')],
    }),
  ],
  [
    { id: 'group', sites: 'all' },
    { id: 'own', sites: ['park'] },
  ],
)

const FACTORS = {
  factors: ['CN-NORTH', 'CN-EAST'].map((region) => ({
    of: 'electricity',
    region,
    from: '2025-01-01',
    to: '2025-12-31',
    value: 0.6,
    unit: 'kgCO2e/kWh',
    source: 'a made-up grid',
    published: '2026-01',
  })),
}

let api: TestApi
beforeAll(async () => {
  api = await testApi(org, NOW, { factors: FACTORS })
  const steps = Math.floor((NOW - START) / HOUR_MS / STEP_H)
  const isLate = (at: number) => at > LATE_FROM && at < LATE_TO
  for (const [meter, perHour] of [
    ['e', 10],
    ['f', 7],
    ['w', 0.5],
  ] as const) {
    const rows = Array.from({ length: steps }, (_, i) => {
      const at = START + i * STEP_H * HOUR_MS
      return [meter, at, i * STEP_H * perHour] as const
    })
    await api.take(rows.filter(([, at]) => meter !== 'f' || !isLate(at)))
  }
})
afterAll(() => api.close())

describe('publications', () => {
  it('freezes every figure that is possible, and gives the undefined ones with their reasons', async () => {
    const { status, body } = await api.post('/publications', { year: 2025, boundary: 'group', by: 'Li' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ id: '2025-group-1', year: 2025, boundary: 'group', by: 'Li' })
    expect(body.figures).toBeGreaterThan(20)
    expect(body.undefined).toContainEqual({
      indicator: 'energy-per-revenue',
      reason: expect.stringContaining('revenue'),
    })
    const today = await api.get('/kpis?indicator=energy,ghg-per-employee&scope=boundary:group&from=2025')
    const { body: kept } = await api.get('/publications/2025-group-1')
    for (const { indicator, value } of today.body.rows) {
      expect(value).not.toBeNull()
      expect(kept.rows).toContainEqual(
        expect.objectContaining({ indicator, asPublished: value, asKnownToday: value, difference: 0 }),
      )
    }
    expect(kept.restatements).toEqual([])
  })

  it('is a bundle whose hashes anybody can check, and that recomputes', async () => {
    const answer = await api.app.inject({ url: '/api/v1/publications/2025-group-1/bundle' })
    expect(answer.headers['content-disposition']).toBe('attachment; filename="2025-group-1.zip"')
    const files = unzipSync(answer.rawPayload)
    const manifest = strFromU8(files['manifest.json'] as Uint8Array)
    for (const { path, sha256: hash, bytes } of JSON.parse(manifest).files) {
      expect(sha256(files[path] as Uint8Array)).toBe(hash)
      expect(files[path]?.length).toBe(bytes)
    }
    expect(canonical(JSON.parse(manifest))).toBe(manifest)
    const { body } = await api.get('/publications')
    expect(body.rows[0].hash).toBe(sha256(manifest))
    expect(JSON.parse(strFromU8(files['publication.json'] as Uint8Array)).notRecombined).toEqual([])
    expect(verify(answer.rawPayload)).toMatchObject({ differences: [], figures: body.rows[0].figures })
    expect(await readFile(join(api.folder, 'publications/2025-group-1.zip'))).toEqual(answer.rawPayload)
  })

  it('never alters what was published: what changes later is restated with its cause', async () => {
    const before = await api.get('/publications/2025-group-1')
    const published = (indicator: string) =>
      before.body.rows.find((row: Json) => row.indicator === indicator).asPublished
    const bundle = await readFile(join(api.folder, 'publications/2025-group-1.zip'))
    api.clock.now += HOUR_MS
    // A late reading: of what the gap holds, more was used in 2025.
    const face = ((LATE_FROM - START) / HOUR_MS) * 7
    await api.take([['f', Date.parse('2025-12-31T00:00:00Z'), face + 2500]])
    const { body: afterReading } = await api.get('/restatements?publication=2025-group-1')
    expect(afterReading.rows).toEqual([
      expect.objectContaining({ cause: 'late-data', detail: ['consumption of f in 2025'] }),
    ])
    api.clock.now += HOUR_MS
    await api.post('/entries', {
      scope: 'site:park',
      quantity: 'employees-fulltime-yearend',
      period: '2025',
      value: 12,
      unit: 'person',
      source: 'the register of staff',
    })
    const { body } = await api.get('/publications/2025-group-1')
    expect(body.restatements.map(({ cause }: Json) => cause)).toEqual(['late-data', 'correction'])
    expect(body.restatements[1].detail).toEqual([
      'employees-fulltime-yearend of site:park in 2025: 12 person',
    ])
    for (const row of body.rows) expect(row.asPublished).toBe(published(row.indicator))
    const perEmployee = body.rows.find((row: Json) => row.indicator === 'energy-per-employee')
    const [late, corrected] = body.restatements.map(({ figures }: Json) =>
      figures.find((one: Json) => one.indicator === 'energy-per-employee'),
    )
    expect(late.old).toBe(published('energy-per-employee'))
    expect(corrected).toMatchObject({ old: late.new, new: perEmployee.asKnownToday, material: true })
    expect(corrected.percent).toBeCloseTo((15 / 17 - 1) * 100, 9)
    expect(perEmployee.material).toBe(true)
    const energy = body.restatements[1].figures.find((one: Json) => one.indicator === 'energy')
    expect(energy).toBeUndefined()
    expect(await readFile(join(api.folder, 'publications/2025-group-1.zip'))).toEqual(bundle)
    const [today] = (await api.get('/kpis?indicator=energy-per-employee&scope=boundary:group&from=2025')).body
      .rows
    expect(today.value).toBe(perEmployee.asKnownToday)
  })

  it('tells a declared correction of a meter from late data', async () => {
    api.clock.now += HOUR_MS
    const declared = await api.post('/meter-events', {
      meter: 'e',
      kind: 'correction',
      at: '2025-03-01T00:00:00Z',
      to: '2025-03-02T00:00:00Z',
      value: 5000,
    })
    expect(declared.status).toBe(201)
    await api.take([])
    const { body } = await api.get('/restatements')
    expect(body.rows.at(-1)).toMatchObject({
      cause: 'correction',
      detail: ['consumption of e in 2025'],
      publication: '2025-group-1',
    })
  })

  it('finds nothing more where nothing has changed, also after a start', async () => {
    const ledger = () => readFile(join(api.folder, 'publications/2025-group-1.ledger.jsonl'), 'utf8')
    const before = await ledger()
    await api.get('/publications')
    const figures = new FigureSource(api.store, org, factorBook(FACTORS))
    await publicationsIn(api.folder, figures, () => api.clock.now).look()
    expect(await ledger()).toBe(before)
  })

  it('restates for a changed factor and for another boundary, each by its own', async () => {
    const publications = publicationsIn(
      api.folder,
      new FigureSource(
        api.store,
        organisation([org.file.sites[0] as never], org.file.boundaries.slice(0, 1)),
        factorBook({ factors: FACTORS.factors.map((one) => ({ ...one, value: 0.5 })) }),
      ),
      () => api.clock.now,
    )
    await publications.look()
    const [kept] = await publications.all()
    const ledger = await publications.ledger(kept as never)
    const [factor, boundary, ...rest] = ledger.slice(-2)
    expect(rest).toEqual([])
    expect(factor?.cause).toBe('factor')
    expect(factor?.detail).toContain('now emission/electricity/region:CN-NORTH/2025-01-01: 0.5 kgCO2e/kWh')
    expect(factor?.figures.map(({ indicator }) => indicator)).not.toContain('energy')
    const ghg = factor?.figures.find(({ indicator }) => indicator === 'ghg-scope2')
    expect(ghg?.percent).toBeCloseTo((0.5 / 0.6 - 1) * 100, 9)
    expect(boundary?.cause).toBe('boundary')
    expect(boundary?.detail).toContain('now without site works')
    const published = await publications.publishedFigures('group', 2025)
    expect(published.get('energy')).toMatchObject({ publication: '2025-group-1', restated: true })
  })

  it('begins again with what was published where the state of the last look is lost', async () => {
    const folder = join(api.folder, 'publications')
    for (const name of await readdir(folder)) if (name.endsWith('.known')) await rm(join(folder, name))
    const figures = new FigureSource(api.store, org, factorBook(FACTORS))
    const publications = publicationsIn(api.folder, figures, () => api.clock.now)
    await publications.look()
    const [kept] = await publications.all()
    const ledger = await publications.ledger(kept as never)
    const fresh = ledger.filter(({ superseded }) => !superseded)
    expect(fresh.map(({ cause }) => cause)).toEqual(['late-data', 'correction', 'correction'])
    expect(ledger.length).toBeGreaterThan(fresh.length)
  })
})

describe('what cannot be published', () => {
  it('is refused with the boundaries that there are', async () => {
    const { status, body } = await api.post('/publications', { year: 2025, boundary: 'grup', by: 'Li' })
    expect(status).toBe(404)
    expect(body.errors[0]).toMatchObject({ field: 'boundary', accepted: ['group', 'own'] })
  })

  it('is a year to come, and one that runs unless it is marked', async () => {
    const future = await api.post('/publications', { year: 2027, boundary: 'own', by: 'Li', interim: true })
    expect(future).toMatchObject({ status: 400, body: { errors: [{ field: 'year' }] } })
    const running = await api.post('/publications', { year: 2026, boundary: 'own', by: 'Li' })
    expect(running).toMatchObject({ status: 400, body: { errors: [{ field: 'year' }] } })
    const interim = await api.post('/publications', { year: 2026, boundary: 'own', by: 'Li', interim: true })
    expect(interim).toMatchObject({ status: 201, body: { id: '2026-own-1', interim: true } })
    const answer = await api.app.inject({ url: '/api/v1/publications/2026-own-1/bundle' })
    expect(verify(answer.rawPayload)?.differences).toEqual([])
  })

  it('is a year of which readings wait to be reckoned', async () => {
    const from = Date.parse('2025-06-01T00:00:00Z')
    await api.store.touch([{ meter: 'e', from, to: from + HOUR_MS }])
    const { status, body } = await api.post('/publications', { year: 2025, boundary: 'own', by: 'Li' })
    expect(status).toBe(409)
    expect(body.detail).toContain('Try again')
    await api.take([])
    expect((await api.post('/publications', { year: 2025, boundary: 'own', by: 'Li' })).status).toBe(201)
  })

  it('is nothing that nobody publishes', async () => {
    const { status, body } = await api.post('/publications', { year: 2025, boundary: 'group' })
    expect(status).toBe(400)
    expect(body.errors[0].field).toBe('by')
  })
})
