import { DAY_MS } from '../core/calendar.ts'
import type { Climate } from './climate.ts'
import { noise, smoothNoise, streamOf } from './noise.ts'

/** The weather of one hour. */
export interface Weather {
  readonly outdoorC: number
  /** Irradiance as a share of the strongest sun, 0..1. */
  readonly sun: number
  readonly raining: boolean
}

const RADIAN = Math.PI / 180

/** The weather of a place, hour by hour: its climate, and days that stray from it as the seed will have it. */
export class WeatherOf {
  readonly #climate: Climate
  readonly #front: number
  readonly #cloud: number
  readonly #rain: number

  constructor(climate: Climate, seed: string) {
    // Sites in the same place see the same sky.
    const place = `${climate.latitude},${climate.longitude}`
    this.#climate = climate
    this.#front = streamOf(seed, `front ${place}`)
    this.#cloud = streamOf(seed, `cloud ${place}`)
    this.#rain = streamOf(seed, `rain ${place}`)
  }

  /** `at` is the middle of the hour. */
  at(at: number): Weather {
    const climate = this.#climate
    // Solar time, since neither the sun nor the warmest hour knows of time zones.
    const solarDays = at / DAY_MS + climate.longitude / 360
    const day = Math.floor(solarDays)
    const hour = (solarDays - day) * 24
    const dayOfYear = ((day % 365.2425) + 365.2425) % 365.2425
    const season = Math.cos((2 * Math.PI * (dayOfYear - climate.warmestDay)) / 365.2425)

    const raining =
      noise(this.#rain, day) < (season > 0 ? climate.rainyDays.warm : climate.rainyDays.cold) &&
      noise(this.#rain, day * 24 + Math.floor(hour)) < 0.45
    const cloud = Math.min(1, noise(this.#cloud, day) ** 2 + (raining ? 0.5 : 0))

    const outdoorC =
      climate.meanC +
      climate.seasonK * season +
      climate.weatherK *
        (smoothNoise(this.#front, solarDays / 3) + 0.5 * smoothNoise(~this.#front, solarDays)) +
      climate.dailyK * (1 - 0.6 * cloud) * Math.cos((2 * Math.PI * (hour - 15)) / 24)

    const height = sunHeight(climate.latitude, dayOfYear, hour)
    const sun = height <= 0 ? 0 : height ** 1.15 * (1 - 0.78 * cloud)
    return { outdoorC, sun, raining }
  }
}

/** Sine of the sun's elevation; not above zero at night. */
function sunHeight(latitude: number, dayOfYear: number, hour: number): number {
  const declination = -23.44 * RADIAN * Math.cos((2 * Math.PI * (dayOfYear + 10)) / 365.2425)
  const phi = latitude * RADIAN
  return (
    Math.sin(phi) * Math.sin(declination) +
    Math.cos(phi) * Math.cos(declination) * Math.cos((2 * Math.PI * (hour - 12)) / 24)
  )
}
