import type { Calendar, LocalDay } from '../core/calendar.ts'
import { intervalsOf, type NightFlow, nightFlow, nightOf, readQuarterly } from '../core/night-flow.ts'
import type { CountedMeter } from '../core/organisation-index.ts'
import { firstFrom } from '../core/search.ts'
import { periodOf } from '../core/usage.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Store } from '../store/store.ts'
import { Consumptions } from './consumptions.ts'

/** Readings of so many days are held at once. */
const DAYS_AT_ONCE = 31

/** The least flow of the night of each of `days`, which come in order. */
export async function nightFlows(
  store: Store,
  meters: readonly CountedMeter[],
  calendar: Calendar,
  days: readonly LocalDay[],
  now: number,
): Promise<NightFlow[]> {
  const flows: NightFlow[] = []
  for (let i = 0; i < days.length; i += DAYS_AT_ONCE) {
    flows.push(...(await flowsOf(store, meters, calendar, days.slice(i, i + DAYS_AT_ONCE), now)))
  }
  return flows
}

async function flowsOf(
  store: Store,
  meters: readonly CountedMeter[],
  calendar: Calendar,
  days: readonly LocalDay[],
  now: number,
): Promise<NightFlow[]> {
  const nights = days.map((day) => nightOf(calendar, day))
  const quarterly = new Set(days)
  const from = (nights[0]?.start ?? 0) - HOUR_MS
  const to = (nights.at(-1)?.end ?? 0) + HOUR_MS
  for (const { meter } of meters) {
    const { at } = await store.readings(meter.id, from, to)
    for (const [i, day] of days.entries()) {
      const { start, end } = nights[i] as (typeof nights)[number]
      const near = at.subarray(firstFrom(at, start - HOUR_MS), firstFrom(at, end + HOUR_MS))
      if (!readQuarterly(near, { start, end })) quarterly.delete(day)
    }
  }
  const grainOf = (day: LocalDay) => (quarterly.has(day) ? '15m' : 'hour')
  const found = new Consumptions(store)
  await found.fetch(
    meters,
    days.map((day) => periodOf('day', day)),
  )
  for (const grain of ['15m', 'hour'] as const) {
    const intervals = days.flatMap((day, i) =>
      grainOf(day) === grain ? intervalsOf(calendar, nights[i] as (typeof nights)[number], grain) : [],
    )
    await found.fetch(meters, intervals)
  }
  return days.map((day) => nightFlow(meters, calendar, day, grainOf(day), found.lookup, now))
}
