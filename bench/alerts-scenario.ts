import { DAY_MS, QUARTER_MS, type Span } from '../core/calendar.ts'
import { factsOf, planOf } from '../core/facts.ts'
import { indicators } from '../core/indicator.ts'
import { figure } from '../core/intensity.ts'
import type { Organisation, Scope } from '../core/organisation-index.ts'
import type { Target } from '../core/target-file.ts'
import { periodOf } from '../core/usage.ts'
import { HOUR_MS } from '../core/window.ts'
import { Truth } from '../simulators/truth.ts'
import { Draw } from './alerts-draw.ts'
import { chooseIncidents, type Ground } from './alerts-incidents.ts'
import { chooseOddities } from './alerts-oddities.ts'
import type { YearPlan } from './alerts-plan.ts'
import { UsualYear } from './alerts-usual-year.ts'

/** Contracts and limits leave so much above what the year needs without incidents. */
const CONTRACT_MARGIN = 1.2
const PUE_MARGIN = 1.03
const TARGET_MARGIN = 1.1

export interface Scenario {
  readonly plan: YearPlan
  readonly truth: Truth
  /** `alerts.yaml` of this organisation: a limit of PUE that its usual year keeps. */
  readonly rules: object
}

/** What is planted in a span, by a seed; and contracts, targets and limits that its usual year keeps. */
export function scenarioOf(organisation: Organisation, seed: string, span: Span, share: number): Scenario {
  const before = Date.UTC(new Date(span.start + DAY_MS).getUTCFullYear() - 1, 0, 1) - DAY_MS
  const yearEnd = Date.UTC(new Date(span.start + DAY_MS).getUTCFullYear() + 1, 0, 1) + DAY_MS
  const truth = new Truth(organisation, seed, { start: before, end: yearEnd })
  const usual = new UsualYear(organisation, truth)
  const draw = new Draw(seed, 'incidents')
  const supplies = usual.meters(({ meter }) => meter.utility === 'electricity' && meter.role === 'import')
  const contracts = supplies.map((meter) => ({
    meter,
    with: [],
    kW: Math.ceil(peakOf(usual, meter, span) * CONTRACT_MARGIN),
  }))
  const pueLimit = Number((highestPue(organisation, truth, span) * PUE_MARGIN).toFixed(3))
  const targets = targetsOf(organisation, truth, span)
  const ground: Ground = {
    usual,
    draw,
    ...span,
    pueLimit,
    contractKw: (meter) => contracts.find((one) => one.meter === meter)?.kW as number,
    aims: targets.map(({ id }) => id),
  }
  const incidents = chooseIncidents(ground)
  const oddities = chooseOddities({ ...ground, draw: new Draw(seed, 'oddities') }, share)
  const pue = { id: 'pue', above: pueLimit, clear: Number((pueLimit * 0.985).toFixed(3)) }
  return { plan: { incidents, oddities, targets, contracts }, truth, rules: { rules: [pue] } }
}

function peakOf(usual: UsualYear, meter: string, { start, end }: Span): number {
  let highest = 0
  for (let at = start; at < end; at += QUARTER_MS)
    highest = Math.max(highest, usual.sum(meter, at, at + QUARTER_MS) * (HOUR_MS / QUARTER_MS))
  return highest
}

function highestPue(organisation: Organisation, truth: Truth, { start, end }: Span): number {
  const facts = factsOf(planOf(organisation), truth.lookup, truth.to)
  const scope = organisation.scope('site:own-dc') as Extract<Scope, { kind: 'site' }>
  const pue = indicators.get('pue')
  const { calendar } = scope.entry
  let highest = 0
  for (let day = calendar.dayAt(start) + 1; pue !== undefined && calendar.startOfDay(day) < end; day += 1)
    highest = Math.max(highest, figure(pue, scope, periodOf('day', day), facts).value ?? 0)
  return highest
}

/** A ceiling of the energy of each site that buys much: what its usual year needs, and a margin. */
function targetsOf(organisation: Organisation, truth: Truth, span: Span): Target[] {
  const facts = factsOf(planOf(organisation), truth.lookup, truth.to)
  const energy = indicators.get('energy')
  return ['yizhuang', 'wuhan-hq', 'own-dc', 'phone-factory', 'warehouse'].flatMap((id) => {
    const scope = organisation.scope(`site:${id}`)
    if (scope === undefined || energy === undefined) return []
    const year = organisation.calendar.yearAt(span.start)
    const period = periodOf('year', Date.UTC(year, 0, 1) / DAY_MS)
    const { value } = figure(energy, scope, period, facts)
    return value === null
      ? []
      : [
          {
            id,
            indicator: 'energy',
            scope: scope.id,
            kind: 'ceiling' as const,
            limit: value * TARGET_MARGIN,
            staticFactors: [],
          },
        ]
  })
}
