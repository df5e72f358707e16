import type { LocalDay } from '../../core/calendar.ts'
import { coolingDegrees, heatingDegrees } from '../../core/degree-days.ts'
import { weekdayClass } from '../../core/like-days.ts'
import { daysOfMonth } from '../../core/normal-weather.ts'
import type { SiteHistory } from '../../core/site-model.ts'
import { monthStart } from '../../core/year-months.ts'

/** What a made-up site uses on a day. */
export interface Load {
  readonly base: number
  readonly workday?: number
  readonly heating?: { readonly balanceC: number; readonly perK: number }
  readonly cooling?: { readonly balanceC: number; readonly perK: number }
  /** By what a year uses more than it says here. */
  readonly levels?: Readonly<Record<number, number>>
}

/** What strays: warmth by month on top of the season, and the use of each day. */
export interface Strays {
  readonly warmer?: (year: number, month: number) => number
  /** One standard deviation of a day's use, as a share of it. */
  readonly noise?: number
  readonly seed?: number
}

const SEASON_K = 13

/** The years of a site from January of `from` to month `complete` of `to`, in a climate with frost and hot summers. */
export function weatheredSite(
  load: Load,
  [from, to, complete]: readonly [number, number, number],
  { warmer = () => 0, noise = 0, seed = 1 }: Strays = {},
): SiteHistory & {
  readonly meansC: ReadonlyMap<LocalDay, number>
  amountOf(year: number, month: number): number
} {
  const random = randomFrom(seed)
  const days = new Map<LocalDay, number>()
  const meansC = new Map<LocalDay, number>()
  const months = new Map<LocalDay, number>()
  const all = new Map<LocalDay, number>()
  for (let year = from; year <= to; year += 1) {
    for (let month = 1; month <= 12; month += 1) {
      let sum = 0
      const known = year < to || month <= complete
      for (const day of daysOfMonth(year, month)) {
        const season = Math.cos((2 * Math.PI * (day - monthStart(year, 7) - 15)) / 365.25)
        const meanC = 12 + SEASON_K * season + 3 * normal(random) + warmer(year, month)
        const amount = usedOn(day, meanC, load) * (load.levels?.[year] ?? 1) * (1 + noise * normal(random))
        sum += amount
        if (!known) continue
        meansC.set(day, meanC)
        days.set(day, amount)
      }
      all.set(monthStart(year, month), sum)
      if (known) months.set(monthStart(year, month), sum)
    }
  }
  return {
    site: 's',
    days,
    months,
    meansC,
    amountOf: (year, month) => all.get(monthStart(year, month)) as number,
  }
}

function usedOn(day: LocalDay, meanC: number, { base, workday = 0, heating, cooling }: Load): number {
  return (
    base +
    (weekdayClass(day) === 'workday' ? workday : 0) +
    (heating === undefined ? 0 : heating.perK * heatingDegrees(meanC, heating.balanceC)) +
    (cooling === undefined ? 0 : cooling.perK * coolingDegrees(meanC, cooling.balanceC))
  )
}

/** mulberry32: the same seed, the same year. */
function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
