import type { Amount } from './amount.ts'
import { amountOf } from './amount-of.ts'
import { type LocalDay, nextDay } from './calendar.ts'
import type { DailyMeans } from './degree-days.ts'
import type { Facts } from './facts.ts'
import { COVERAGE_NEEDED } from './intensity.ts'
import type { MeterEntry, Scope, SiteEntry } from './organisation-index.ts'
import { ESTIMATED, SUSPECT } from './quality.ts'
import { estimatedPart, flagsOf } from './rollup.ts'
import type { Quantity } from './source.ts'
import { type LocalPeriod, meterUse, NEARLY_WHOLE, periodOf } from './usage.ts'
import { monthStart } from './year-months.ts'

/** A day's mean temperature rests on at least this share of the day: an hour or two may be missing. */
const DAY_NEEDED = 0.9

/** A part of a scope that lies at one site, so that one weather makes it. */
export interface Part {
  readonly scope: Exclude<Scope, { kind: 'boundary' }>
  readonly sensor: MeterEntry | null
}

/** The sites of a boundary, or what lies at one site anyway. */
export function partsOfScope(scope: Scope): Part[] {
  if (scope.kind !== 'boundary') return [{ scope, sensor: sensorOf(scope.entry) }]
  return scope.sites.map((entry) => ({
    scope: { kind: 'site', id: `site:${entry.site.id}`, entry },
    sensor: sensorOf(entry),
  }))
}

function sensorOf({ site, calendar }: SiteEntry): MeterEntry | null {
  const meter = site.meters.find(({ role }) => role === 'sensor')
  return meter === undefined ? null : { site, calendar, meter }
}

/** What a scope used in months that are over and covered well enough, by their first days. */
export function monthlyUse(
  quantity: Quantity,
  scope: Scope,
  [from, to]: readonly [year: number, year: number],
  facts: Facts,
): Map<LocalDay, number> {
  const months = new Map<LocalDay, number>()
  for (let first = monthStart(from, 1); first < monthStart(to + 1, 1); ) {
    const { value, coverage, partial } = amountOf(quantity, scope, periodOf('month', first), facts)
    if (value !== null && !partial && coverage >= COVERAGE_NEEDED) months.set(first, value)
    first = nextDay('month', first)
  }
  return months
}

/**
 * What a scope used on the days of some months; without days of which anything is missing or estimated. A month
 * is spread over its days by what its meters showed, each at its own rate of that month; one that rests on
 * anything but meters has no days.
 */
export function dailyUse(
  quantity: Quantity,
  scope: Scope,
  months: Iterable<LocalDay>,
  facts: Facts,
): Map<LocalDay, number> {
  const days = new Map<LocalDay, number>()
  for (const first of months) {
    const meters = meteredParts(amountOf(quantity, scope, periodOf('month', first), facts), facts)
    if (meters === null) continue
    const past = nextDay('month', first)
    for (let day = first; day < past; day += 1) {
      const amount = useOf(meters, periodOf('day', day), facts)
      if (amount !== null) days.set(day, amount)
    }
  }
  return days
}

/** A meter with what a unit of its consumption is worth in a sum. */
interface Rated {
  readonly entry: MeterEntry
  readonly perUnit: number
}

/** An amount may differ by so much from the sum of its meters: the last bits. */
const LAST_BITS = 1e-9

/** The meters that make up an amount; null where it is no sum of meters. */
function meteredParts(amount: Amount, { plan }: Facts): Rated[] | null {
  const found: Rated[] = []
  let sum = 0
  const collect = ({ of, id, value, raw, parts }: Amount, factor: number): boolean => {
    if (parts.length > 0) return parts.every((part) => collect(part, factor * (part.weight ?? 1)))
    if (value === null || value === 0) return true
    const entry = plan.organisation.meters.get(id)
    if (of !== 'meter' || entry === undefined || raw === undefined || raw.value === 0) return false
    found.push({ entry, perUnit: (factor * value) / raw.value })
    sum += factor * value
    return true
  }
  const all = collect(amount, 1)
  const { value } = amount
  return all && value !== null && Math.abs(sum - value) <= LAST_BITS * Math.abs(value) ? found : null
}

function useOf(meters: readonly Rated[], day: LocalPeriod, { lookup, now }: Facts): number | null {
  let sum = 0
  for (const { entry, perUnit } of meters) {
    const use = meterUse(entry, day, lookup, now)
    if (use?.state === 'unused') continue
    if (use?.state !== 'asked' || use.part === undefined || use.covered < NEARLY_WHOLE) return null
    if (estimatedPart(use.part) !== 0) return null
    sum += perUnit * use.part.value
  }
  return sum
}

/** The mean temperatures of the days of some years, as far as they were measured. */
export function dailyMeans(
  sensor: MeterEntry,
  [from, to]: readonly [year: number, year: number],
  { lookup, now }: Facts,
): DailyMeans {
  const means = new Map<LocalDay, number>()
  for (let year = from; year <= to; year += 1) {
    const whole = meterUse(sensor, periodOf('year', monthStart(year, 1)), lookup, now)
    if (whole?.state !== 'asked' || whole.part === undefined) continue
    for (let day = monthStart(year, 1); day < monthStart(year + 1, 1); day += 1) {
      const use = meterUse(sensor, periodOf('day', day), lookup, now)
      if (use?.state !== 'asked' || use.part === undefined || use.partial || use.covered < DAY_NEEDED)
        continue
      if ((flagsOf(use.part) & (ESTIMATED | SUSPECT)) === 0) means.set(day, use.part.value)
    }
  }
  return means
}
