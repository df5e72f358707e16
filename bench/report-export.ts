/*
 * What the annual table of five years costs for 200 sites with 2,000 meters, from stored rollups to the bytes of
 * a spreadsheet, against plainly reading the rollups that it rests on.
 */
import { join } from 'node:path'
import { buildApp } from '../api/app.ts'
import { Stream } from '../api/stream.ts'
import { Calendar, type Grain } from '../core/calendar.ts'
import { FactorBook } from '../core/factor.ts'
import { factorsSchema } from '../core/factor-file.ts'
import { organisationSchema } from '../core/organisation.ts'
import { Organisation } from '../core/organisation-index.ts'
import { publishedFactors } from '../core/published-factors.ts'
import type { Rollup } from '../core/rollup.ts'
import { FigureSource } from '../figures/figure-source.ts'
import { PublicationFolder } from '../reports/publication-folder.ts'
import { Publications } from '../reports/publications.ts'
import { DuckDbStore } from '../store/duckdb.ts'
import { median, print, timed, withFolder } from './measure.ts'

const SITES = 200
const YEARS = [2021, 2022, 2023, 2024, 2025]
const ROUNDS = 7
const NOW = Date.UTC(2026, 10, 21)
const ZONE = 'Asia/Shanghai'
const GRIDS = ['CN-NORTH', 'CN-EAST', 'CN-CENTRAL', 'CN-SOUTH', 'IN'] as const

/** Ten meters a site: what a site buys, makes, burns and drinks, and what hangs on its supply. */
function meters(site: string): object[] {
  const meter = (name: string, utility: string, unit: string, more: object = {}) => ({
    id: `${site}-${name}`,
    utility,
    role: 'import',
    register: { unit },
    ...more,
  })
  const below = { role: 'submeter', parent: `${site}-e` }
  return [
    meter('e', 'electricity', 'kWh'),
    meter('out', 'electricity', 'kWh', { role: 'export' }),
    meter('pv', 'electricity', 'kWh', { role: 'generation', renewable: true }),
    meter('heat', 'heat', 'GJ'),
    meter('gas', 'natural-gas', 'm3'),
    meter('w', 'tap-water', 'm3'),
    meter('r', 'reclaimed-water', 'm3'),
    meter('waste', 'wastewater', 'm3'),
    meter('it', 'electricity', 'kWh', { ...below, use: 'it' }),
    meter('hvac', 'electricity', 'kWh', { ...below, use: 'hvac' }),
  ]
}

const organisation = new Organisation(
  organisationSchema.parse({
    organisation: { id: 'bench', zone: ZONE },
    sites: Array.from({ length: SITES }, (_, i) => ({
      id: `site-${i}`,
      kind: i % 20 === 0 ? 'data-center' : 'office',
      zone: ZONE,
      grid: GRIDS[i % GRIDS.length],
      areas: [{ id: 'floor', floorArea: [{ from: '2019-01-01', m2: 5000 }] }],
      employees: [{ from: '2019-01-01', fullTime: 200 }],
      revenue: YEARS.map((year) => ({ from: `${year}-01-01`, to: `${year}-12-31`, millions: 90 })),
      meters: meters(`site-${i}`),
    })),
    boundaries: [{ id: 'group', sites: 'all' }],
  }),
)
const factors = new FactorBook(
  factorsSchema.parse({
    factors: ['CN-NORTH', 'CN-EAST', 'CN-CENTRAL', 'CN-SOUTH'].map((region) => ({
      ...{ of: 'electricity', region, from: '2023-01-01', to: '2023-12-31', value: 0.55, unit: 'kgCO2/kWh' },
      ...{ source: 'bench', published: '2025', carryForward: true },
    })),
  }),
  publishedFactors,
)

await withFolder(async (folder) => {
  const store = await filled(join(folder, 'report.duckdb'))
  const figures = new FigureSource(store, organisation, factors)
  const app = await buildApp(
    {
      store,
      figures,
      publications: new Publications({
        source: figures,
        folder: new PublicationFolder(join(folder, 'publications')),
        clock: () => NOW,
        version: 'bench',
        log: { info() {}, warn() {} },
      }),
      organisation,
      configReadAt: NOW,
      targets: [],
      stream: new Stream(),
      clock: () => NOW,
      scratch: join(folder, 'scratch'),
      health: async () => ({}) as never,
      forgottenYears: async () => [],
      entered() {},
      wake() {},
    },
    { version: 'bench', keys: [], webRoot: '' },
  )
  const plain: number[] = []
  const exports: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    plain.push(await timed(() => readPlainly(store)))
    exports.push(
      await timed(async () => {
        const answer = await app.inject({ url: '/api/v1/reports/2025?format=xlsx&boundary=group&years=5' })
        if (answer.statusCode !== 200)
          throw new Error(`the report answers ${answer.statusCode}: ${answer.body}`)
      }),
    )
  }
  const what = `five years of ${SITES} sites and ${organisation.meters.size} meters as XLSX`
  print(
    'report-export',
    what,
    median(exports),
    'ms',
    'reading the same rollups plainly',
    median(exports) / median(plain),
  )
  await app.close()
  await store.close()
})

/** All grains that are kept of five years but hours, as a service of that age has them. */
async function filled(path: string): Promise<DuckDbStore> {
  const store = await DuckDbStore.open(path)
  const calendar = new Calendar(ZONE)
  const [from, to] = [calendar.startOfDay(dayOf(2021)), calendar.startOfDay(dayOf(2026))]
  for (const grain of ['year', 'month', 'day'] as const) {
    const spans = calendar.spans(grain, from, to)
    let rows: Rollup[] = []
    for (const meter of organisation.meters.keys()) {
      for (const { start, end } of spans) {
        const coveredMs = end - start
        rows.push({
          meter,
          grain,
          start,
          end,
          value: coveredMs / 3.6e6,
          coveredMs,
          head: 0,
          tail: 0,
          estimated: 0,
          flags: 0,
        })
      }
      if (rows.length > 100_000) {
        await store.putRollups(rows, [])
        rows = []
      }
    }
    await store.putRollups(rows, [])
  }
  await store.close()
  return DuckDbStore.open(path)
}

/** The years of all meters, and the months of those whose factor changes in April. */
async function readPlainly(store: DuckDbStore): Promise<void> {
  const calendar = new Calendar(ZONE)
  const read = (meters: string[], grain: Exclude<Grain, '15m'>) =>
    store.rollups(meters, grain, calendar.startOfDay(dayOf(2021)), calendar.startOfDay(dayOf(2026)))
  await read([...organisation.meters.keys()], 'year')
  const india = [...organisation.meters.values()].filter(
    ({ site, meter }) => site.grid === 'IN' && meter.id.endsWith('-e'),
  )
  await read(
    india.map(({ meter }) => meter.id),
    'month',
  )
}

function dayOf(year: number): number {
  return Date.UTC(year, 0, 1) / 86_400_000
}
