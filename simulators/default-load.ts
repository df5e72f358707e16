import type { Measurand, Meter, Site } from '../core/organisation.ts'
import type { Load, Shape } from './shapes.ts'

/** What a square metre uses in a year, by kind of site: kWh of electricity, GJ of heat, m3 of gas and water. */
const PER_M2: Readonly<
  Record<Site['kind'], { kWh: number; heatGJ: number; gasM3: number; waterM3: number }>
> = {
  campus: { kWh: 130, heatGJ: 0.17, gasM3: 6, waterM3: 0.45 },
  office: { kWh: 120, heatGJ: 0.2, gasM3: 7, waterM3: 0.4 },
  'data-center': { kWh: 1600, heatGJ: 0.05, gasM3: 0, waterM3: 2 },
  factory: { kWh: 160, heatGJ: 0.15, gasM3: 10, waterM3: 0.7 },
  store: { kWh: 320, heatGJ: 0.2, gasM3: 4, waterM3: 0.7 },
  warehouse: { kWh: 40, heatGJ: 0.08, gasM3: 2, waterM3: 0.07 },
}

/** Where a site states no floor area. */
const UNSTATED_M2 = 5000

/** The part of a site's utility that a submeter of a use takes. */
const SHARE: Readonly<Record<NonNullable<Meter['use']>, number>> = {
  it: 0.22,
  cooling: 0.16,
  ups: 0.03,
  lighting: 0.14,
  hvac: 0.3,
  process: 0.3,
  canteen: 0.07,
  'domestic-hot-water': 0.05,
  'ev-charging': 0.05,
  other: 0.06,
}

const SHAPE: Readonly<Record<NonNullable<Meter['use']>, Shape>> = {
  it: 'it',
  cooling: 'chillers',
  ups: 'always',
  lighting: 'lighting',
  hvac: 'hvac',
  process: 'process',
  canteen: 'canteen',
  'domestic-hot-water': 'domesticWater',
  'ev-charging': 'charging',
  other: 'office',
}

/** The share of a meter's limit that a made-up load has on average, so that its peaks stay inside. */
const OF_LIMIT = 0.2
/** The part of a site's electricity that made-up panels give. */
const OF_SUN = 0.1

/**
 * A sensible load for a meter that nobody described: by utility, use, and the site's kind and floor area.
 * `limitPerYear` is the meter's own limit in the load's unit; the load keeps well below it.
 */
export function defaultLoad(meter: Meter, site: Site, limitPerYear: number | undefined): Load {
  const per = PER_M2[site.kind]
  const m2 = floorArea(meter, site)
  if (meter.role === 'generation' && meter.utility === 'electricity') {
    return capped({ perYear: per.kWh * m2 * OF_SUN, shape: 'sun' }, limitPerYear)
  }
  const share = meter.role === 'submeter' ? SHARE[meter.use ?? 'other'] : 1
  return capped(
    { perYear: amount(meter.utility, per) * m2 * share, shape: shapeOf(meter, site) },
    limitPerYear,
  )
}

function capped(load: Load, limitPerYear: number | undefined): Load {
  if (limitPerYear === undefined) return load
  return { ...load, perYear: Math.min(load.perYear, limitPerYear * OF_LIMIT) }
}

function floorArea(meter: Meter, site: Site): number {
  const areas = site.areas.filter((area) => meter.area === undefined || area.id === meter.area)
  const m2 = areas.reduce((sum, area) => sum + (area.floorArea.at(-1)?.m2 ?? 0), 0)
  return m2 > 0 ? m2 : UNSTATED_M2
}

function amount(utility: Measurand, per: (typeof PER_M2)[Site['kind']]): number {
  switch (utility) {
    case 'electricity':
      return per.kWh
    case 'chilled-water':
      return per.kWh * 0.4
    case 'heat':
      return per.heatGJ
    case 'natural-gas':
      return per.gasM3
    case 'diesel':
    case 'petrol':
      return 0.3
    case 'tap-water':
      return per.waterM3
    case 'wastewater':
      return per.waterM3 * 0.9
    case 'reclaimed-water':
      return per.waterM3 * 0.4
    case 'rainwater':
      return per.waterM3 * 0.06
    case 'outdoor-temperature':
      return 0
  }
}

function shapeOf(meter: Meter, site: Site): Shape {
  const production = site.kind === 'factory' || meter.use === 'process'
  switch (meter.utility) {
    case 'electricity':
      if (meter.use !== undefined) return SHAPE[meter.use]
      return site.kind === 'data-center' ? 'racks' : production ? 'process' : 'office'
    case 'chilled-water':
      return 'chillers'
    case 'heat':
      return meter.role === 'generation' ? 'sun' : 'heating'
    case 'natural-gas':
      return production ? 'gasProcess' : 'heating'
    case 'diesel':
    case 'petrol':
      return 'generator'
    case 'tap-water':
    case 'wastewater':
      return production ? 'processWater' : site.kind === 'data-center' ? 'towerWater' : 'domesticWater'
    case 'reclaimed-water':
      return production ? 'processWater' : 'greyWater'
    case 'rainwater':
      return 'rain'
    case 'outdoor-temperature':
      return 'always'
  }
}
