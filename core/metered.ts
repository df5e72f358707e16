import { type Amount, inTurn, none, together } from './amount.ts'
import { type LocalDay, nextDay } from './calendar.ts'
import type { Facts } from './facts.ts'
import type { CountedMeter, Scope } from './organisation-index.ts'
import type { Rate } from './rate.ts'
import { estimatedPart, flagsOf } from './rollup.ts'
import type { Quantity, Source } from './source.ts'
import { type LocalPeriod, lacking, meterUse, NEARLY_WHOLE, partsOf } from './usage.ts'

/** The amount that meters of a site, an area or of themselves give, each by the factors of its own days. */
export function meteredAmount(
  quantity: Quantity,
  source: Extract<Source, { kind: 'meters' }>,
  scope: Scope,
  period: LocalPeriod,
  facts: Facts,
): Amount {
  const named = { of: 'quantity', id: quantity.id, period: period.label, unit: quantity.unit } as const
  const meters = facts.plan.meters(quantity, scope)
  return together(
    named,
    meters.map((counted) => ofMeter(counted, quantity, source, scope, period, facts)),
  )
}

function ofMeter(
  counted: CountedMeter,
  quantity: Quantity,
  source: Extract<Source, { kind: 'meters' }>,
  scope: Scope,
  period: LocalPeriod,
  facts: Facts,
): Amount {
  const { meter, weight } = counted
  const whole = meterUse(counted, period, facts.lookup, facts.now)
  const named = { of: 'meter', id: meter.id, period: period.label, unit: quantity.unit } as const
  const weighted = weight === 1 ? {} : { weight }
  if (whole === undefined)
    return none(named, 'unknown', `${meter.id} is a virtual meter, which has no readings`)
  if (whole.state !== 'asked') return notAsked(named, whole)
  const rate = facts.plan.rate(source.rate, whole.unit, meter.utility, scope)
  const spans = spansBetween(rate.breaks, period)
  const parts = spans.map((span) => ofSpan(counted, rate, quantity.unit, span, facts))
  if (parts.length === 1) return { ...(parts[0] as Amount), ...weighted }
  return { ...inTurn(named, parts), ...weighted }
}

function ofSpan(
  counted: CountedMeter,
  rate: Rate,
  unit: string,
  period: LocalPeriod,
  { lookup, now }: Facts,
): Amount {
  const { meter } = counted
  const named = { of: 'meter', id: meter.id, period: period.label, unit } as const
  const use = meterUse(counted, period, lookup, now)
  if (use?.state !== 'asked') return notAsked(named, use ?? { state: 'unused', partial: false })
  const { part, covered, elapsedMs, partial } = use
  const seen = { coverage: covered, elapsedMs, partial }
  if (part === undefined || covered === 0)
    return none(named, 'unknown', `no readings from ${meter.id} in this span`, { ...seen, coverage: 0 })
  const worth = rate.at(period.firstDay)
  if ('reason' in worth) return none(named, 'unknown', worth.reason, seen)
  return {
    ...named,
    ...seen,
    value: worth.value * part.value,
    state: 'known',
    estimated: worth.value * estimatedPart(part),
    flags: flagsOf(part),
    notes: [],
    factors: worth.uses,
    raw: { value: part.value, unit: use.unit },
    parts: [],
    ...(covered < NEARLY_WHOLE && { reason: lacking(meter.id, covered) }),
  }
}

function notAsked(
  named: Parameters<typeof none>[0],
  { state, partial }: { state: 'unused' | 'not-begun'; partial: boolean },
): Amount {
  return none(named, state, state === 'unused' ? 'no meter measures it' : 'the span has not begun', {
    partial,
  })
}

/** A period in parts in none of which a factor changes: itself, or its months, and of some the days. */
export function spansBetween(breaks: readonly LocalDay[], period: LocalPeriod): LocalPeriod[] {
  const past = nextDay(period.grain, period.firstDay)
  if (!breaks.some((day) => day > period.firstDay && day < past)) return [period]
  return partsOf(period).flatMap((part) => spansBetween(breaks, part))
}
