import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { LineFault } from '../../bench/alerts-faults.ts'
import type { Incident, Planted, YearPlan } from '../../bench/alerts-plan.ts'
import { score } from '../../bench/alerts-score.ts'
import { UsualYear } from '../../bench/alerts-usual-year.ts'
import { runYear } from '../../bench/alerts-year.ts'
import { DAY_MS } from '../../core/calendar.ts'
import { factorsSchema } from '../../core/factor-file.ts'
import { Organisation } from '../../core/organisation-index.ts'
import { HOUR_MS } from '../../core/window.ts'
import { Truth } from '../../simulators/truth.ts'
import { day, demo, SEED } from '../simulators/support/demo.ts'

const sites = demo.sites.filter(({ id }) => ['wuhan-hq', 'munich-office'].includes(id))
const organisation = new Organisation({ ...demo, sites, boundaries: [] })
const start = organisation.calendar.startOfDay(day('2025-02-17'))
const span = { start, end: start + 9 * DAY_MS }
const truth = new Truth(organisation, SEED, { start: start - 50 * DAY_MS, end: span.end + DAY_MS })
const usual = new UsualYear(organisation, truth)

function planted(meter: string, from: number, hours: number): Planted {
  const { site } = usual.entry(meter)
  const subjects = usual.above(meter)
  return { name: '', site: site.id, subjects, from, to: from + hours * HOUR_MS, size: '' }
}

function onLine(meter: string, from: number, hours: number, fault: object): Planted {
  const base = planted(meter, from, hours)
  return { ...base, faults: [{ meter, from, to: base.to, ...fault } as LineFault] }
}

const leaking = planted('wuhan-w-in', start + 2 * DAY_MS, 7 * 24)
const flow = usual.mean('wuhan-w-in', start) * 0.5 * usual.toLoad('wuhan-w-in')
const more = {
  meter: 'wuhan-w-in',
  from: leaking.from,
  to: leaking.to,
  change: (load: number) => load + flow,
}
const incidents: Incident[] = [
  { ...leaking, kinds: ['night-flow', 'consumption-band'], withinMs: 5 * DAY_MS, disturbances: [more] },
  {
    ...onLine('muc-e-it', start + 3 * DAY_MS, 20, { kind: 'silent' }),
    kinds: ['meter-silent'],
    withinMs: 5 * HOUR_MS,
  },
  {
    ...onLine('wuhan-e-it', start + 4 * DAY_MS, 30, { kind: 'stuck' }),
    kinds: ['meter-stuck'],
    withinMs: 9 * HOUR_MS,
  },
  {
    ...onLine('muc-e-hvac', start + 5 * DAY_MS, 20, { kind: 'clock', ms: -25 * 60_000 }),
    kinds: ['clock-off'],
    withinMs: 8 * HOUR_MS,
  },
]
const outage = planted('wuhan-e-light', start + 6 * DAY_MS, 9)
const oddities: Planted[] = [
  onLine('wuhan-e-hvac', start + DAY_MS, 2, { kind: 'silent' }),
  onLine('muc-e-hvac', start + 2 * DAY_MS, 2, { kind: 'late' }),
  onLine('wuhan-e-canteen', start + 3 * DAY_MS, 0.25, { kind: 'reset' }),
  onLine('wuhan-e-canteen', start + 5 * DAY_MS, 0.25, { kind: 'spike', times: 3 }),
  {
    ...outage,
    faults: [{ meter: 'wuhan-e-light', from: outage.from, to: outage.to, kind: 'silent' }],
    disturbances: [{ meter: 'wuhan-e-light', from: outage.from, to: outage.to, change: () => 0 }],
    pauses: [
      {
        id: 'p',
        kind: 'planned-outage',
        of: { meters: ['wuhan-e-light'] },
        from: outage.from,
        to: outage.to,
        by: '',
        note: '',
        enteredAt: outage.from,
      },
    ],
  },
]

test('what is planted is found in time, and of what is harmless nobody hears', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const plan: YearPlan = { incidents, oddities, targets: [], contracts: [] }
  const factors = factorsSchema.parse({})
  const ran = await runYear(folder, {
    organisation,
    factors,
    seed: SEED,
    span,
    plan,
    truth,
    rules: {},
    say: () => {},
  })
  const { outcomes, falseAlerts } = score(ran.notices, plan, sites.length, span)
  expect(outcomes.filter(({ inTime }) => !inTime).map(({ incident }) => incident.kinds)).toEqual([])
  expect(
    falseAlerts.filter(({ kind }) => kind !== 'factor-missing').map(({ summary }) => summary.en),
  ).toEqual([])
  expect(new Set(ran.notices.map(({ id }) => id)).size).toBe(ran.notices.length)
}, 60_000)
