import { type Calendar, Calendars, type LocalDay } from '../core/calendar.ts'
import type { Subscription } from '../core/subscription.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Delivery } from './delivery.ts'

/** How quickly messages follow upon what happens, milliseconds. */
export interface Pace {
  /** What happens within it of the first notice is told together. */
  readonly groupWaitMs: number
  /** From one message of a subscription to its next, at least. */
  readonly groupIntervalMs: number
}

export const usualPace: Pace = { groupWaitMs: 30_000, groupIntervalMs: 300_000 }

/** When a message is due, and whether it stands for what was beyond the cap. */
export interface Due {
  /** Epoch milliseconds. */
  readonly at: number
  readonly beyondCap: boolean
}

const calendars = new Calendars()

/**
 * When a message of a subscription is due that gathers since `since`, after those that were `told` at these
 * instants. `urgent`: something in it is critical, for which no quiet hours hold.
 */
export function dueOf(
  subscription: Subscription,
  since: number,
  urgent: boolean,
  told: readonly number[],
  pace: Pace,
): Due {
  const heard = (at: number) => (urgent ? at : (quietAt(subscription, at)?.end ?? at))
  const wanted = heard(wantedAt(subscription, since, told, pace))
  // Digests are never more than one an hour.
  if (subscription.when !== 'immediate') return { at: wanted, beyondCap: false }
  const { at, beyondCap } = withinCap(wanted, told, subscription.capPerHour)
  return { at: heard(at), beyondCap }
}

/** The quiet hours that an instant lies in, or null. */
export function quietAt({ zone, quiet }: Subscription, instant: number): { end: number } | null {
  if (quiet === undefined || quiet.from === quiet.to) return null
  const calendar = calendars.of(zone)
  const today = calendar.dayAt(instant)
  // Those that began last evening may still hold.
  for (const day of [today - 1, today]) {
    const start = calendar.timeOf(day, quiet.from)
    const end = calendar.timeOf(quiet.from < quiet.to ? day : day + 1, quiet.to)
    if (start <= instant && instant < end) return { end }
  }
  return null
}

/** When messages of a subscription went out, or may have; of tests nothing is counted. */
export function toldAt(deliveries: readonly Delivery[], subscription: string): number[] {
  return deliveries
    .filter((one) => one.subscription === subscription && one.kind !== 'test' && one.state !== 'gathering')
    .map((one) => one.deliveredAt ?? one.lastTriedAt)
    .filter((at) => at !== null)
}

function wantedAt(subscription: Subscription, since: number, told: readonly number[], pace: Pace): number {
  const calendar = calendars.of(subscription.zone)
  if (subscription.when === 'hourly') return calendar.spanAt('hour', since).end
  if (subscription.when === 'daily') return nextTime(calendar, subscription.at ?? '08:00', since)
  return Math.max(since + pace.groupWaitMs, ...told.map((at) => at + pace.groupIntervalMs))
}

/** The next instant after `since` at which the clocks show a time. */
function nextTime(calendar: Calendar, time: string, since: number): number {
  let day: LocalDay = calendar.dayAt(since)
  while (calendar.timeOf(day, time) <= since) day += 1
  return calendar.timeOf(day, time)
}

/** Put off until the hour before it has room for one more. */
function withinCap(wanted: number, told: readonly number[], capPerHour: number): Due {
  const newest = [...told].sort((a, b) => b - a)
  const full = newest[capPerHour - 1]
  const roomAt = full === undefined ? wanted : full + HOUR_MS
  return roomAt > wanted ? { at: roomAt, beyondCap: true } : { at: wanted, beyondCap: false }
}
