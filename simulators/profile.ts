import type { Calendar } from '../core/calendar.ts'
import type { Meter, Site } from '../core/organisation.ts'
import { HOUR_MS } from '../core/window.ts'
import { type Conditions, type Disturbance, usual } from './conditions.ts'
import { defaultLoad } from './default-load.ts'
import { drivers, SiteDrivers } from './drivers.ts'
import { meterUnitsPerLoad } from './load-unit.ts'
import { demoLoads } from './loads.ts'
import { type Measure, savings } from './measures.ts'
import { type Network, networksOf } from './network.ts'
import { noise, smoothNoise, streamOf } from './noise.ts'
import { type Load, shapes } from './shapes.ts'
import { TwoWayFeed } from './two-way-feed.ts'

const HOURS_PER_YEAR = 8760
const QUARTERS = 4

/** What one meter's own load comes to for each driver, in units per hour. */
type Coefficients = readonly (readonly [driver: number, perHour: number])[]

/** One hour of a site: what each meter used, and how the hour's quarters share it. */
export interface SiteHour {
  readonly start: number
  /** By meter, in the order of the profile's `meters`; in the load's unit. What a sensor shows, in degC. */
  readonly amounts: Float64Array
  /** Cumulated shares 0, …, 1 at the quarters' bounds: one set for the whole site, so that what balances in an hour balances in its quarters. */
  readonly shares: Float64Array
}

/**
 * The loads of a site, hour by hour. Pure: neither clock nor randomness, the same seed always gives the
 * same hours. Meters hang together: a parent uses what its submeters use and an unmetered remainder.
 */
export class SiteProfile {
  /** The meters that measure something: all but virtual ones. */
  readonly meters: readonly Meter[]
  readonly hourPhaseMs: number
  readonly #drivers: SiteDrivers
  readonly #coefficients: readonly Coefficients[]
  readonly #streams: readonly number[]
  readonly #networks: readonly Network[]
  readonly #unspared: readonly Unspared[]
  readonly #feed: TwoWayFeed
  readonly #disturbances: readonly (Disturbance & { readonly m: number })[]
  readonly #quarters: number
  readonly #sensors: readonly number[]
  readonly #now = new Float64Array(drivers.length)

  constructor(
    site: Site,
    calendar: Calendar,
    seed: string,
    loads: Readonly<Record<string, Load>> = demoLoads,
    { without, twoWayFeed, disturbances = [] }: Conditions = usual,
  ) {
    this.meters = site.meters.filter((meter) => meter.role !== 'virtual')
    this.#drivers = new SiteDrivers(site, calendar, seed)
    this.hourPhaseMs = this.#drivers.hourPhaseMs
    this.#networks = networksOf(this.meters, (meter) => loads[meter.id] !== undefined)
    this.#streams = this.meters.map((meter) => streamOf(seed, meter.id))
    this.#quarters = streamOf(seed, `quarters ${site.id}`)
    const means = this.#drivers.yearlyMeans()
    const loaded = new Set(this.#networks.flatMap((network) => network.loaded))
    this.#sensors = this.meters.flatMap(({ role }, m) => (role === 'sensor' ? [m] : []))
    this.#coefficients = this.meters.map((meter, m) => {
      if (!loaded.has(m)) return []
      return coefficients(loads[meter.id] ?? defaultLoad(meter, site, limitPerYear(meter)), means)
    })
    this.#unspared = without.flatMap((measure) => unspared(this.meters, savings[measure], means))
    this.#disturbances = disturbances
      .map((one) => ({ ...one, m: indexOf(this.meters, one.meter) }))
      .filter(({ m }) => m !== -1)
    this.#feed = new TwoWayFeed(this.meters, calendar, streamOf(seed, `feed ${site.id}`), twoWayFeed)
  }

  /** The hour that begins at `start`. */
  hour(start: number): SiteHour {
    this.#drivers.read(start, this.#now)
    const n = Math.floor(start / HOUR_MS)
    const amounts = new Float64Array(this.meters.length)
    for (let m = 0; m < amounts.length; m += 1) amounts[m] = this.#own(m, n)
    this.#feed.rest(amounts, start)
    for (const { m, from, to, change } of this.#disturbances) {
      if (start >= from && start < to) amounts[m] = change(amounts[m] as number, start)
    }
    for (const network of this.#networks) network.settle(amounts, remainder(this.#quarters, n))
    for (const { path, driver, perHour } of this.#unspared) {
      const more = perHour * (this.#now[driver] as number)
      for (const m of path) amounts[m] = (amounts[m] as number) + more
    }
    for (const m of this.#sensors) amounts[m] = this.#drivers.outdoorC(start)
    return { start, amounts, shares: this.#shares(n) }
  }

  #own(m: number, n: number): number {
    let amount = 0
    for (const [driver, perHour] of this.#coefficients[m] as Coefficients) {
      amount += perHour * (this.#now[driver] as number)
    }
    if (amount === 0) return 0
    const stream = this.#streams[m] as number
    return amount * (0.96 + 0.08 * noise(stream, n)) * (1 + 0.04 * smoothNoise(stream, n / 36))
  }

  #shares(n: number): Float64Array {
    const shares = new Float64Array(QUARTERS + 1)
    for (let q = 0; q < QUARTERS; q += 1) {
      shares[q + 1] = (shares[q] as number) + 0.96 + 0.08 * noise(this.#quarters, n * QUARTERS + q)
    }
    const sum = shares[QUARTERS] as number
    for (let q = 1; q < QUARTERS; q += 1) shares[q] = (shares[q] as number) / sum
    shares[QUARTERS] = 1
    return shares
  }
}

/** Between 2 and 4 % of what is metered, drifting over days: cables, transformers, sockets in corridors. */
function remainder(stream: number, n: number): number {
  return 0.03 + 0.009 * smoothNoise(stream, n / 60)
}

function coefficients(load: Load, means: Float64Array): Coefficients {
  const perHour = load.perYear / HOURS_PER_YEAR
  return Object.entries(shapes[load.shape]).map(([name, share]) => {
    const driver = drivers.indexOf(name as (typeof drivers)[number])
    const mean = means[driver] as number
    // A driver that never stirs here, such as heating in Bengaluru: its share is always there instead.
    return mean > 0 ? [driver, (perHour * share) / mean] : [0, isSeasonal(name) ? 0 : perHour * share]
  })
}

/** What is nothing at all where its driver is: no heating season, no heat. */
function isSeasonal(driver: string): boolean {
  return driver === 'sun' || driver === 'rain' || driver === 'garden'
}

/** What a measure that is left out would have spared: on its meter and, to the same amount, on all that it hangs on. */
interface Unspared {
  readonly path: readonly number[]
  readonly driver: number
  readonly perHour: number
}

function unspared(
  meters: readonly Meter[],
  saving: (typeof savings)[Measure],
  means: Float64Array,
): Unspared[] {
  const path = pathOf(meters, saving.meter)
  const driver = drivers.indexOf(saving.driver)
  const mean = means[driver] as number
  return path.length === 0 || mean === 0
    ? []
    : [{ path, driver, perHour: saving.perYear / HOURS_PER_YEAR / mean }]
}

/** A meter, those that it hangs on, and the supply, by index. */
function pathOf(meters: readonly Meter[], id: string): number[] {
  const path: number[] = []
  for (let at = indexOf(meters, id); at !== -1; at = indexOf(meters, meters[at]?.parent)) path.push(at)
  const utility = meters[path[0] ?? -1]?.utility
  const supply = meters.findIndex((meter) => meter.role === 'import' && meter.utility === utility)
  return path.length === 0 || supply === -1 || path.includes(supply) ? path : [...path, supply]
}

function indexOf(meters: readonly Meter[], id: string | undefined): number {
  return id === undefined ? -1 : meters.findIndex((meter) => meter.id === id)
}

function limitPerYear(meter: Meter): number | undefined {
  return meter.limitPerHour === undefined
    ? undefined
    : (meter.limitPerHour / meterUnitsPerLoad(meter)) * HOURS_PER_YEAR
}
