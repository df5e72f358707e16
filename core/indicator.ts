import { kwhPer } from './energy.ts'
import type { Utility } from './organisation.ts'
import { type CountedMeter, countedMeters, type Scope, sitesOf } from './organisation-index.ts'
import { conversion } from './quantity.ts'

/** An amount that meters give, for a scope. */
export interface Quantity {
  readonly id: string
  readonly unit: string
  readonly meters: (scope: Scope) => CountedMeter[]
  /** From a meter's unit to this quantity's. */
  readonly factor: (unit: string, utility: Utility) => number | undefined
  /** A boundary's total is not known while one of its sites has no meter for it. False where having none means using none. */
  readonly everySite: boolean
}

export type Denominator = 'employees' | 'employees-average' | 'floor-area'

/** A figure that can be asked for: a quantity, or one divided by something. */
export interface Indicator {
  readonly id: string
  readonly unit: string
  readonly numerator: Quantity
  readonly denominator?: Denominator | Quantity
}

const tonnesOfWater = (unit: string) => conversion(unit, 'm3')

function metered(
  id: string,
  unit: string,
  utilities: readonly Utility[],
  factor: Quantity['factor'],
  everySite = true,
): Quantity {
  return { id, unit, factor, everySite, meters: (scope) => countedMeters(scope, utilities) }
}

const energy = metered(
  'energy',
  'MWh',
  ['electricity', 'heat', 'natural-gas', 'diesel', 'petrol'],
  (unit, utility) => {
    const kwh = kwhPer(unit, utility)
    return kwh === undefined ? undefined : kwh / 1000
  },
)
const electricity = metered('electricity', 'MWh', ['electricity'], (unit) => conversion(unit, 'MWh'))
const tapWater = metered('tap-water', 't', ['tap-water'], tonnesOfWater)
const reclaimedWater = metered('reclaimed-water', 't', ['reclaimed-water'], tonnesOfWater, false)
const withdrawal = metered('water-withdrawal', 't', ['tap-water', 'reclaimed-water'], tonnesOfWater)

/** Own solar power that is used on site: generation less what is fed out. */
const selfConsumedPv: Quantity = {
  id: 'pv-self-consumed',
  unit: 'MWh',
  factor: (unit) => conversion(unit, 'MWh'),
  everySite: false,
  meters: (scope) =>
    countedMeters(scope, ['electricity']).filter(
      ({ meter }) => meter.role === 'export' || (meter.role === 'generation' && meter.renewable === true),
    ),
}

function withIntensities(quantity: Quantity): Indicator[] {
  const { id, unit } = quantity
  return [
    { id, unit, numerator: quantity },
    { id: `${id}-per-employee`, unit: `${unit}/person`, numerator: quantity, denominator: 'employees' },
    {
      id: `${id}-per-employee-average`,
      unit: `${unit}/person`,
      numerator: quantity,
      denominator: 'employees-average',
    },
    { id: `${id}-per-area`, unit: `${unit}/m2`, numerator: quantity, denominator: 'floor-area' },
  ]
}

const all: readonly Indicator[] = [
  ...withIntensities(energy),
  ...withIntensities(tapWater),
  ...withIntensities(withdrawal),
  { id: 'reclaimed-water', unit: 't', numerator: reclaimedWater },
  { id: 'reclaimed-water-share', unit: '1', numerator: reclaimedWater, denominator: withdrawal },
  { id: 'pv-share', unit: '1', numerator: selfConsumedPv, denominator: electricity },
]

/** Every indicator by its id. */
export const indicators: ReadonlyMap<string, Indicator> = new Map(
  all.map((indicator) => [indicator.id, indicator]),
)

/** The sites of a scope that have no meter for a quantity that every site must have. */
export function sitesWithout(quantity: Quantity, scope: Scope): string[] {
  if (!quantity.everySite || scope.kind === 'meter' || scope.kind === 'area') return []
  const metered = new Set(quantity.meters(scope).map(({ site }) => site.id))
  return sitesOf(scope)
    .map(({ site }) => site.id)
    .filter((id) => !metered.has(id))
}

/** The meters that an indicator of a scope asks for, above and below the line. */
export function metersOf({ numerator, denominator }: Indicator, scope: Scope): CountedMeter[] {
  const below = typeof denominator === 'object' ? denominator.meters(scope) : []
  return [...numerator.meters(scope), ...below]
}
