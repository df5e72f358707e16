/*
 * How near the figures come to the truth when meters have faults: a year of the demo organisation, every
 * 15 minutes, under each fault alone and all together.
 *
 *   npm run accuracy [-- --month] [-- --only spikes,late] [-- --write]
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { DAY_MS, type LocalDay, localDay, type Span } from '../core/calendar.ts'
import { Organisation } from '../core/organisation-index.ts'
import { readConfig } from '../read-config.ts'
import { type Fault, type FaultRates, faultNames } from '../simulators/fault-rates.ts'
import { Truth } from '../simulators/truth.ts'
import { compare } from './accuracy-compare.ts'
import { pageOf } from './accuracy-page.ts'
import { tell } from './accuracy-scenario.ts'
import { type Row, tableOf } from './accuracy-table.ts'
import { withFolder } from './measure.ts'

const SEED = 'accuracy'
/** Readings begin so long before the span and go on so long after it. */
const AROUND_MS = 3 * DAY_MS

const RATES: Readonly<Record<Fault, number>> = {
  dropouts: 0.02,
  outages: 0.02,
  duplicates: 0.02,
  shuffled: 0.1,
  late: 0.05,
  stuck: 0.01,
  spikes: 0.001,
  resets: 0.001,
  rollovers: 0.5,
  replacements: 0.001,
  'clock-drift': 0.5,
  units: 0.02,
  'unstated-units': 0.0005,
  'two-way-feed': 0.1,
}

const { values: options } = parseArgs({
  options: {
    month: { type: 'boolean', default: false },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const { organisation: file } = await readConfig('config')
const organisation = new Organisation(file)
const span = organisation.calendar.spanOf(
  options.month ? 'month' : 'year',
  localDay('2025-01-01') as LocalDay,
)
const told: Span = { start: span.start - AROUND_MS, end: span.end + AROUND_MS }

const scenarios: readonly (readonly [string, string, FaultRates])[] = [
  ['none', '', {}],
  ...faultNames.map((fault) => [fault, String(RATES[fault]), { [fault]: RATES[fault] }] as const),
  ['all together', 'each as above', RATES],
]
const wanted = options.only?.split(',')
for (const name of wanted ?? []) {
  if (scenarios.some(([known]) => known === name)) continue
  process.stderr.write(`there is no scenario "${name}"; there are ${scenarios.map(([n]) => n).join(', ')}\n`)
  process.exit(1)
}

const page = options.month ? 'docs/accuracy.md' : 'docs/accuracy-year.md'
const usual = new Truth(organisation, SEED, told)
const rows: Row[] = []
for (const [name, rate, rates] of scenarios) {
  if (wanted !== undefined && !wanted.includes(name)) continue
  const began = performance.now()
  const twoWayFeed = rates['two-way-feed'] ?? 0
  const truth = twoWayFeed === 0 ? usual : new Truth(organisation, SEED, told, { without: [], twoWayFeed })
  const accuracy = await withFolder(async (folder) => {
    const say = (text: string) => process.stderr.write(`\r${name}: ${text}   `)
    const { store, readings } = await tell(folder, { organisation, seed: SEED, rates, span: told, say })
    say(`${readings.toLocaleString('en')} readings`)
    const compared = await compare(store, organisation, truth, span)
    await store.close()
    return compared
  })
  process.stderr.write(
    `in ${Math.round((performance.now() - began) / 1000)} s; worst: ${accuracy.given.which}\n`,
  )
  rows.push({ name, rate, accuracy })
  // After each one: the whole takes its time, and may be called off.
  if (options.write) await writeFile(page, pageOf(rows, { seed: SEED, ...options }))
}
process.stdout.write(tableOf(rows))
if (rows.some(({ accuracy }) => accuracy.impossible > 0)) process.exitCode = 1
