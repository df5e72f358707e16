import type { Site } from '../core/organisation.ts'

/** The climate of a place, in as few numbers as a load can tell apart. Temperatures in °C and K. */
export interface Climate {
  readonly latitude: number
  readonly longitude: number
  readonly meanC: number
  /** Half the distance between the warmest and the coldest part of the year. */
  readonly seasonK: number
  /** Day of the year on which it is warmest. */
  readonly warmestDay: number
  /** Half the distance between afternoon and early morning under a clear sky. */
  readonly dailyK: number
  /** How far the weather strays from the season. */
  readonly weatherK: number
  /** Share of days with rain in the warm and in the cold half of the year. */
  readonly rainyDays: { readonly warm: number; readonly cold: number }
  /** First and last day of district heating as [month, day]; none where there is no heating. */
  readonly heating?: { readonly from: readonly [number, number]; readonly to: readonly [number, number] }
}

const beijing: Climate = {
  latitude: 39.9,
  longitude: 116.4,
  meanC: 12.9,
  seasonK: 15.4,
  warmestDay: 202,
  dailyK: 5,
  weatherK: 4,
  rainyDays: { warm: 0.32, cold: 0.05 },
  heating: { from: [11, 15], to: [3, 15] }, // the dates that the city sets
}

const wuhan: Climate = {
  latitude: 30.6,
  longitude: 114.3,
  meanC: 17.4,
  seasonK: 12.6,
  warmestDay: 207,
  dailyK: 4,
  weatherK: 4,
  rainyDays: { warm: 0.4, cold: 0.28 },
}

const bengaluru: Climate = {
  latitude: 12.97,
  longitude: 77.6,
  meanC: 24.1,
  seasonK: 2.9,
  warmestDay: 110, // before the monsoon
  dailyK: 5.2,
  weatherK: 1.5,
  rainyDays: { warm: 0.3, cold: 0.25 },
}

const munich: Climate = {
  latitude: 48.1,
  longitude: 11.6,
  meanC: 9.7,
  seasonK: 10.2,
  warmestDay: 200,
  dailyK: 4.6,
  weatherK: 4.5,
  rainyDays: { warm: 0.4, cold: 0.38 },
  heating: { from: [10, 1], to: [4, 30] },
}

const bySite: Readonly<Record<string, Climate>> = { 'wuhan-hq': wuhan, 'appliance-factory': wuhan }

const byZone: Readonly<Record<string, Climate>> = {
  'Asia/Shanghai': beijing,
  'Asia/Kolkata': bengaluru,
  'Asia/Calcutta': bengaluru,
  'Europe/Berlin': munich,
}

/** The climate of a site: its own, its zone's, or a temperate one at the zone's longitude. */
export function climateOf(site: Pick<Site, 'id' | 'zone'>, utcOffsetHours: number): Climate {
  return bySite[site.id] ?? byZone[site.zone] ?? { ...munich, latitude: 42, longitude: utcOffsetHours * 15 }
}
