import type { Calendar } from '../core/calendar.ts'
import { QUARTER_MS } from '../core/calendar.ts'
import type { Meter, Site } from '../core/organisation.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Conditions } from './conditions.ts'
import { meterUnitsPerLoad } from './load-unit.ts'
import { demoLoads } from './loads.ts'
import { noise, streamOf } from './noise.ts'
import { type SiteHour, SiteProfile } from './profile.ts'

/** Faces are kept as whole thousandths: sums of whole numbers do not depend on how a span is split. */
const THOUSAND = 1000
const QUARTERS = 4

/** A face that was shown, from which a register goes on. */
export interface Shown {
  readonly at: number
  readonly thousandths: number
}

/**
 * The meters of a site as somebody who walks past them sees them, always forwards in time. A register
 * counts up from the face that it last showed; a gauge shows the power, flow or temperature of the moment.
 */
export class SiteMeters {
  readonly site: Site
  readonly meters: readonly Meter[]
  readonly hourPhaseMs: number
  readonly #profile: SiteProfile
  readonly #seed: string
  readonly #perLoad: Float64Array
  readonly #modulus: Float64Array
  /** Thousandths at the start of the current hour. NaN until the walk reaches the face it goes on from. */
  readonly #counted: Float64Array
  readonly #inHour: Float64Array
  /** Of a gauge: the area under its rate since the walk began, in thousandths of its unit times hours. */
  readonly #area: Float64Array
  #waiting: { m: number; shown: Shown }[] = []
  #hour: SiteHour
  #previous: SiteHour | undefined
  #next: SiteHour | undefined

  constructor(site: Site, calendar: Calendar, seed: string, conditions?: Conditions) {
    this.site = site
    this.#seed = seed
    this.#profile = new SiteProfile(site, calendar, seed, demoLoads, conditions)
    this.meters = this.#profile.meters
    this.hourPhaseMs = this.#profile.hourPhaseMs
    this.#perLoad = Float64Array.from(this.meters, (meter) => {
      const units = meterUnitsPerLoad(meter)
      return meter.register === undefined ? units : (units / meter.register.multiplier) * THOUSAND
    })
    this.#modulus = Float64Array.from(this.meters, (meter) => {
      const digits = meter.register?.digits ?? 12
      return digits <= 12 ? 10 ** digits * THOUSAND : Number.POSITIVE_INFINITY
    })
    this.#counted = new Float64Array(this.meters.length).fill(Number.NaN)
    this.#inHour = new Float64Array(this.meters.length)
    this.#area = new Float64Array(this.meters.length)
    this.#hour = this.#profile.hour(0)
  }

  /** The faces of registers that were put up a few months or years before anybody read them. */
  facesAtFirst(): number[] {
    const samples = 96
    const mean = new Float64Array(this.meters.length)
    for (let i = 0; i < samples; i += 1) {
      const { amounts } = this.#profile.hour(SAMPLES_FROM + i * 91 * HOUR_MS)
      for (let m = 0; m < mean.length; m += 1) {
        mean[m] = (mean[m] as number) + (amounts[m] as number) / samples
      }
    }
    return this.meters.map((meter, m) => {
      if (meter.register === undefined) return 0
      const years = 0.4 + 2.6 * noise(streamOf(this.#seed, `face ${meter.id}`), 0)
      const thousandths = (mean[m] as number) * (this.#perLoad[m] as number) * 8760 * years
      return Math.round(Math.min(thousandths, (this.#modulus[m] as number) * 0.3))
    })
  }

  /** Begins the walk. Each meter goes on from what it showed, some perhaps later than others. */
  begin(shown: readonly Shown[]): void {
    const from = Math.min(...shown.map(({ at }) => at))
    this.#waiting = shown.map((face, m) => ({ m, shown: face }))
    this.#enter(Math.floor((from - this.hourPhaseMs) / HOUR_MS) * HOUR_MS + this.hourPhaseMs)
  }

  /** Walks on to an instant, never back. */
  walkTo(at: number): void {
    while (at >= this.#hour.start + HOUR_MS) {
      for (let m = 0; m < this.#counted.length; m += 1) {
        this.#counted[m] = (this.#counted[m] as number) + (this.#inHour[m] as number)
        if (this.#isGauge(m)) this.#area[m] = this.used(m, this.#hour.start + HOUR_MS)
      }
      this.#enter(this.#hour.start + HOUR_MS)
    }
  }

  /** The whole thousandths that a register has counted, at an instant of the current hour; 0 for a gauge. */
  counted(m: number, at: number): number {
    if (this.meters[m]?.register === undefined) return 0
    return (this.#counted[m] as number) + this.#partOfHour(m, at)
  }

  /** What the meter shows, at an instant of the current hour: a register's face, a gauge's power or flow. */
  value(m: number, at: number): number {
    if (this.#isGauge(m)) return Math.round(this.#rate(m, at)) / THOUSAND
    return (this.counted(m, at) % (this.#modulus[m] as number)) / THOUSAND
  }

  /**
   * What was truly used up to an instant of the current hour, from some beginning: in thousandths of a
   * register's face, or of a gauge's unit times hours. Two of them differ by what was used in between; at
   * the bounds of quarter hours exactly.
   */
  used(m: number, at: number): number {
    if (!this.#isGauge(m)) return this.counted(m, at)
    const quarters = Math.min(QUARTERS, Math.floor((at - this.#hour.start) / QUARTER_MS))
    let area = this.#area[m] as number
    for (let q = 0; q < quarters; q += 1) area += (this.#rateAt(m, q) + this.#rateAt(m, q + 1)) / 8
    const bound = this.#hour.start + quarters * QUARTER_MS
    if (at === bound) return area
    return area + (((this.#rateAt(m, quarters) + this.#rate(m, at)) / 2) * (at - bound)) / HOUR_MS
  }

  #enter(start: number): void {
    this.#previous = this.#hour
    this.#hour = this.#next?.start === start ? this.#next : this.#profile.hour(start)
    for (let m = 0; m < this.#inHour.length; m += 1) {
      this.#inHour[m] = Math.round((this.#hour.amounts[m] as number) * (this.#perLoad[m] as number))
    }
    if (this.#waiting.length === 0) return
    this.#waiting = this.#waiting.filter(({ m, shown }) => {
      if (shown.at >= start + HOUR_MS) return true
      this.#counted[m] = shown.thousandths - this.#partOfHour(m, shown.at)
      return false
    })
  }

  /** Linear inside a quarter. Rounded down to whole thousandths, so a register never falls. */
  #partOfHour(m: number, at: number): number {
    const { start, shares } = this.#hour
    const quarters = (at - start) / QUARTER_MS
    const q = Math.min(3, Math.floor(quarters))
    const a = shares[q] as number
    const b = shares[q + 1] as number
    return Math.floor((this.#inHour[m] as number) * (a + (b - a) * (quarters - q)))
  }

  /**
   * In thousandths of the gauge's unit. The rate runs straight from one quarter's bound to the next, so what
   * a gauge truly measured is the area under those lines, and the trapezoids of its readings every 15
   * minutes are that area and not nearly that: an error that a bench finds is none of the simulator's. A
   * rate in steps would be as true, but readings on the steps' bounds couldn't tell it.
   */
  #rate(m: number, at: number): number {
    const quarters = (at - this.#hour.start) / QUARTER_MS
    const q = Math.floor(quarters)
    const first = this.#rateAt(m, q)
    return quarters === q ? first : first + (this.#rateAt(m, q + 1) - first) * (quarters - q)
  }

  /** At the bound of two quarters the mean of both; whole thousandths, since that is what a gauge shows. */
  #rateAt(m: number, q: number): number {
    const { start } = this.#hour
    if (q === 0 && this.#previous?.start !== start - HOUR_MS) {
      this.#previous = this.#profile.hour(start - HOUR_MS)
    }
    if (q === QUARTERS && this.#next?.start !== start + HOUR_MS) {
      this.#next = this.#profile.hour(start + HOUR_MS)
    }
    const before =
      q === 0 ? this.#quarterRate(this.#previous as SiteHour, m, 3) : this.#quarterRate(this.#hour, m, q - 1)
    const after =
      q === QUARTERS ? this.#quarterRate(this.#next as SiteHour, m, 0) : this.#quarterRate(this.#hour, m, q)
    return Math.round(((before + after) / 2) * THOUSAND)
  }

  #isGauge(m: number): boolean {
    return this.meters[m]?.register === undefined
  }

  #quarterRate({ amounts, shares }: SiteHour, m: number, q: number): number {
    // Weather is not shared out among the quarters of an hour.
    if (this.meters[m]?.role === 'sensor') return (amounts[m] as number) * (this.#perLoad[m] as number)
    const share = (shares[q + 1] as number) - (shares[q] as number)
    return (amounts[m] as number) * share * 4 * (this.#perLoad[m] as number)
  }
}

const SAMPLES_FROM = Date.UTC(2025, 0, 1)
