import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { compare } from '../../bench/accuracy-compare.ts'
import { tell } from '../../bench/accuracy-scenario.ts'
import { DAY_MS, QUARTER_MS } from '../../core/calendar.ts'
import { Organisation } from '../../core/organisation-index.ts'
import type { FaultRates } from '../../simulators/fault-rates.ts'
import { Truth } from '../../simulators/truth.ts'
import { day, demo, SEED } from '../simulators/support/demo.ts'

const sites = demo.sites.filter(({ id }) => ['wuhan-hq', 'munich-office'].includes(id))
const organisation = new Organisation({ ...demo, sites, boundaries: [] })
const span = organisation.calendar.spanOf('month', day('2025-03-01'))
const told = { start: span.start - DAY_MS, end: span.end + DAY_MS }
const METERS = sites.flatMap(({ meters }) => meters.filter(({ role }) => role !== 'virtual')).length
/** Every meter, every quarter hour. */
const CLEAN = (METERS * (told.end - told.start)) / QUARTER_MS
const truth = new Truth(organisation, SEED, told)

async function accuracyUnder(rates: FaultRates) {
  const folder = mkdtempSync(join(tmpdir(), 'accuracy-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const scenario = { organisation, seed: SEED, rates, span: told, say: () => {} }
  const { store, readings } = await tell(folder, scenario)
  const accuracy = await compare(store, organisation, truth, span)
  await store.close()
  return { accuracy, readings }
}

test('without faults every indicator is the truth', async () => {
  const { accuracy, readings } = await accuracyUnder({})
  expect(readings).toBe(CLEAN)
  expect(accuracy.given.worst).toBeLessThan(1e-9)
  expect(accuracy.energy.worst).toBeLessThan(1e-9)
  expect(accuracy).toMatchObject({ impossible: 0, withheld: { share: 0 }, hours: { wrong: 0 } })
})

test('neither the order of arrival nor repetition makes a difference', async () => {
  const { accuracy, readings } = await accuracyUnder({ late: 0.1, shuffled: 0.3, duplicates: 0.1 })
  expect(readings).toBeGreaterThan(CLEAN)
  expect(accuracy.given.worst).toBeLessThan(1e-9)
  expect(accuracy.hours.wrong).toBe(0)
})

test('no fault gives a figure that cannot be', async () => {
  const { accuracy } = await accuracyUnder({
    outages: 0.05,
    stuck: 0.02,
    spikes: 0.005,
    resets: 0.02,
    rollovers: 1,
    replacements: 0.02,
    'clock-drift': 1,
    'unstated-units': 0.002,
  })
  expect(accuracy.impossible).toBe(0)
  expect(accuracy.hours.wrong).toBeGreaterThan(0)
  expect(accuracy.hours.flagged).toBeGreaterThan(0)
})
