import { type Calendar, DAY_MS, type LocalDay, localDay } from '../core/calendar.ts'
import type { Site } from '../core/organisation.ts'
import { HOUR_MS } from '../core/window.ts'
import { type Climate, climateOf } from './climate.ts'
import { type DayKind, dayKind } from './holidays.ts'
import { noise, streamOf } from './noise.ts'
import { activity } from './occupancy.ts'
import { WeatherOf } from './weather.ts'

/** What loads answer to. Each is 0 or more; only their proportions over time matter. */
export const drivers = [
  'base', // always the same
  'people', // occupancy
  'shift', // machines that run
  'dark', // people who need lamps
  'cooling', // outdoor heat above what is comfortable, more with people inside
  'heating', // outdoor cold in the heating season
  'chiller', // water-cooled chillers, at rest while free cooling suffices
  'sun', // irradiance
  'meals',
  'charging', // cars at work, trucks after the shift
  'garden', // irrigation on dry warm nights
  'rain',
  'freeCooling', // the part of the cooling that cold air outside gives for nothing
  'away', // people who are not there
  'night',
] as const
export type Driver = (typeof drivers)[number]

const COMFORT_C = 19
const HEATING_BELOW_C = 18
/** Free cooling carries the whole load below this, and helps up to `FREE_COOLING_ENDS_C`: about 90 days a year in Beijing. */
const FREE_COOLING_C = 1
const FREE_COOLING_ENDS_C = 6

const SAMPLE_YEAR = 2025

/** The drivers of one site, hour by hour. Pure: the same seed and hour give the same values. */
export class SiteDrivers {
  readonly #site: Site
  readonly #calendar: Calendar
  readonly #climate: Climate
  readonly #weather: WeatherOf
  readonly #crowd: number
  #day:
    | { day: LocalDay; start: number; end: number; kind: DayKind; heated: boolean; crowd: number }
    | undefined

  constructor(site: Site, calendar: Calendar, seed: string) {
    this.#site = site
    this.#calendar = calendar
    const newYear = localDay(`${SAMPLE_YEAR}-01-01`) as LocalDay
    this.#climate = climateOf(site, (newYear * DAY_MS - calendar.startOfDay(newYear)) / HOUR_MS)
    this.#weather = new WeatherOf(this.#climate, seed)
    this.#crowd = streamOf(seed, `crowd ${site.id}`)
  }

  /** The instant at which the hours of this site begin, modulo an hour: half past in Bengaluru. */
  get hourPhaseMs(): number {
    return this.#calendar.startOfDay(localDay(`${SAMPLE_YEAR}-01-01`) as LocalDay) % HOUR_MS
  }

  /** The mean temperature outdoors of the hour that begins at `start`, °C. */
  outdoorC(start: number): number {
    return this.#weather.at(start + HOUR_MS / 2).outdoorC
  }

  /** Writes the drivers of the hour that begins at `start` into `out`, in the order of `drivers`. */
  read(start: number, out: Float64Array): void {
    const day = this.#dayAt(start)
    const hour = hourOfDay(start, day)
    const { people: expected, shift } = activity(this.#site.kind, day.kind, hour)
    const people = expected * day.crowd
    const { outdoorC, sun, raining } = this.#weather.at(start + HOUR_MS / 2)
    const daylight = Math.min(1, sun * 2.2)
    const warm = Math.max(0, outdoorC - COMFORT_C)
    const cold = (FREE_COOLING_ENDS_C - outdoorC) / (FREE_COOLING_ENDS_C - FREE_COOLING_C)
    const free = Math.min(1, Math.max(0, cold))
    out[0] = 1
    out[1] = people
    out[2] = shift
    out[3] = 0.06 + people * (1 - 0.55 * daylight)
    out[4] = warm * (0.25 + 0.75 * people)
    out[5] = day.heated ? Math.max(0, HEATING_BELOW_C - outdoorC) * (0.6 + 0.4 * people) : 0
    out[6] = (1 - free) * (1 + 0.012 * warm)
    out[7] = sun
    out[8] = people * mealsAt(hour)
    out[9] = 0.08 + people * (hour >= 8 && hour < 12 ? 1 : 0.45) + (hour >= 20 ? 0.25 * shift : 0)
    out[10] = !raining && outdoorC > 12 && (hour < 7 || hour > 18) ? outdoorC - 8 : 0
    out[11] = raining ? 1 : 0
    out[12] = free
    out[13] = 1 - Math.min(1, people)
    out[14] = sun === 0 ? 1 : 0
  }

  /** The mean of every driver over a whole year, by which yearly amounts become hourly ones. */
  yearlyMeans(): Float64Array {
    const first = localDay(`${SAMPLE_YEAR}-01-01`) as LocalDay
    const { start, end } = this.#calendar.spanOf('year', first)
    const sum = new Float64Array(drivers.length)
    const hour = new Float64Array(drivers.length)
    for (let at = start; at < end; at += HOUR_MS) {
      this.read(at, hour)
      for (let d = 0; d < sum.length; d += 1) sum[d] = (sum[d] as number) + (hour[d] as number)
    }
    const hours = (end - start) / HOUR_MS
    return sum.map((value) => value / hours)
  }

  #dayAt(at: number) {
    if (this.#day !== undefined && at >= this.#day.start && at < this.#day.end) return this.#day
    const day = this.#calendar.dayAt(at)
    this.#day = {
      day,
      start: this.#calendar.startOfDay(day),
      end: this.#calendar.startOfDay(day + 1),
      kind: dayKind(this.#site.zone, day),
      heated: heatedOn(this.#climate, day),
      crowd: 0.95 + 0.1 * noise(this.#crowd, day),
    }
    return this.#day
  }
}

/** The clock's hour, 0..23. Clocks are changed in the small hours: later ones are counted from the day's end. */
function hourOfDay(at: number, day: { start: number; end: number }): number {
  const since = Math.floor((at - day.start) / HOUR_MS)
  return since < 4 ? since : Math.max(4, 24 - Math.ceil((day.end - at) / HOUR_MS))
}

function mealsAt(hour: number): number {
  if (hour === 11 || hour === 12 || hour === 17 || hour === 18) return 1
  return hour >= 6 && hour < 20 ? 0.35 : 0.15
}

function heatedOn({ heating }: Climate, day: LocalDay): boolean {
  if (heating === undefined) return false
  const date = new Date(day * DAY_MS)
  const now = (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
  return now >= heating.from[0] * 100 + heating.from[1] || now <= heating.to[0] * 100 + heating.to[1]
}
