import type { LocalDay } from '../core/calendar.ts'
import type { Facts } from '../core/facts.ts'
import { type Indicator, scopeFor } from '../core/indicator.ts'
import type { MeterEntry, Scope, SiteEntry } from '../core/organisation-index.ts'
import { around, type Candidate, type ModelDetail } from '../core/projection.ts'
import { dailyMeans, dailyUse, monthlyUse, type Part, partsOfScope } from '../core/site-history.ts'
import type { SiteHistory } from '../core/site-model.ts'
import { meterUse, periodOf } from '../core/usage.ts'
import { type Trials, verdictOf, type WeatherAdjusted, weatherAdjusted } from '../core/weather-adjusted.ts'
import { monthStart } from '../core/year-months.ts'
import type { FigureSource, Reckoner } from './figure-source.ts'

/** Normal weather is that of so many earlier years at most. */
const WEATHER_YEARS = 10
/** Parts make up their boundary to within this; what is beyond was entered for it as a whole, and goes by the year before. */
const ADDS_UP = 0.001

/**
 * What a regression on weather and weekday makes of a running year's numerator; nothing where no site has a
 * sensor. Reckoned anew only when a complete month has changed, of use or of weather: the days of years are
 * fetched for it. `beside` asks for what will be asked of the same facts next, so that all is fetched at once.
 */
export async function weatherCandidates(
  figures: FigureSource,
  { indicator, scope }: { readonly indicator: Indicator; readonly scope: Scope },
  year: number,
  reckoner: Reckoner,
  beside: (facts: Facts) => unknown = () => null,
): Promise<readonly Candidate[]> {
  const of = scopeFor(indicator, scope)
  const parts = partsOfScope(of)
  // A share is carried above and below the line alike.
  if (typeof indicator.denominator === 'object' || indicator.numerator.source.kind === 'entered') return []
  if (parts.every(({ sensor }) => sensor === null)) return []
  const seen = await reckoner.reckon((facts) => {
    beside(facts)
    return monthsOf(indicator, of, parts, year, facts)
  })
  if (seen === null) return []
  const key = `${indicator.numerator.id}|${of.id}|${year}`
  const known = figures.candidates.get(key)
  if (known?.from === seen.from) return known.candidates
  const model = async () => {
    const histories = await reckoner.reckon((facts) => [
      ...historiesOf(indicator, parts, seen.uses, year, facts),
      ...(seen.rest === null ? [] : [{ site: of.id, months: seen.rest, days: new Map(), meansC: null }]),
    ])
    const found = weatherAdjusted(histories, year, seen.complete)
    return found === null ? [] : [candidateOf(found, indicator.numerator.unit)]
  }
  // Whoever asks meanwhile waits for the same ones.
  const candidates = model()
  figures.candidates.set(key, { from: seen.from, candidates })
  candidates.catch(() => figures.candidates.delete(key))
  return candidates
}

/** The months of the parts, and a text that changes when one of them does. Null where nothing can come of them. */
function monthsOf(indicator: Indicator, of: Scope, parts: readonly Part[], year: number, facts: Facts) {
  if (parts.every(({ scope: { entry } }) => yearAt(entry, year).end <= facts.now)) return null
  // Of the year before last only what trials need.
  const hasWeather = parts.some(
    ({ sensor }) => sensor !== null && meanIn(sensor, 'year', year - 2, facts) !== null,
  )
  const years = [hasWeather ? year - 2 : year - 1, year] as const
  const uses = parts.map((part) => monthlyUse(indicator.numerator, part.scope, years, facts))
  const whole = of.kind === 'boundary' ? monthlyUse(indicator.numerator, of, years, facts) : uses[0]
  let complete = 0
  while (whole?.has(monthStart(year, complete + 1))) complete += 1
  const rest = restOf(whole ?? new Map(), uses, monthStart(year - 1, 1))
  if (rest === undefined) return null
  if (complete === 0 || complete === 12) return null
  const from = JSON.stringify([[...uses, rest ?? []].map((use) => [...use]), warmths(parts, year, facts)])
  return { uses, rest, complete, from }
}

/** What is entered for a boundary beside its parts, by months; null where it is nothing, undefined where parts are more than the whole. */
function restOf(
  whole: ReadonlyMap<LocalDay, number>,
  uses: readonly ReadonlyMap<LocalDay, number>[],
  since: LocalDay,
): ReadonlyMap<LocalDay, number> | null | undefined {
  const rest = new Map<LocalDay, number>()
  let isAny = false
  for (const [month, amount] of whole) {
    if (month < since) continue
    const apart = amount - uses.reduce((total, use) => total + (use.get(month) ?? 0), 0)
    if (apart < -ADDS_UP * Math.abs(amount)) return undefined
    if (apart > ADDS_UP * Math.abs(amount)) isAny = true
    rest.set(month, Math.max(0, apart))
  }
  return isAny ? rest : null
}

function yearAt({ calendar }: SiteEntry, year: number) {
  return calendar.spanOf('year', monthStart(year, 1))
}

/** Mean temperatures of years and months: enough to see that a day has changed. */
function warmths(parts: readonly Part[], year: number, facts: Facts): (number | null)[] {
  return parts.flatMap(({ sensor }) =>
    sensor === null
      ? []
      : [
          ...Array.from({ length: WEATHER_YEARS }, (_, i) => meanIn(sensor, 'year', year - 1 - i, facts)),
          ...Array.from({ length: 12 }, (_, i) => meanIn(sensor, 'month', year, facts, i + 1)),
        ],
  )
}

function meanIn(
  sensor: MeterEntry,
  grain: 'month' | 'year',
  year: number,
  { lookup, now }: Facts,
  month = 1,
): number | null {
  const use = meterUse(sensor, periodOf(grain, monthStart(year, month)), lookup, now)
  return use?.state === 'asked' && !use.partial ? (use.part?.value ?? null) : null
}

function historiesOf(
  { numerator }: Indicator,
  parts: readonly Part[],
  uses: readonly ReadonlyMap<LocalDay, number>[],
  year: number,
  facts: Facts,
): SiteHistory[] {
  return parts.map(({ scope, sensor }, i) => {
    const months = uses[i] as ReadonlyMap<LocalDay, number>
    return {
      site: scope.entry.site.id,
      months,
      days: sensor === null ? new Map() : dailyUse(numerator, scope, months.keys(), facts),
      meansC: sensor === null ? null : dailyMeans(sensor, [year - WEATHER_YEARS, year], facts),
    }
  })
}

function candidateOf(found: WeatherAdjusted, unit: string): Candidate {
  const { value, half, fit, trials, weatherYears, reason } = found
  const candidate: Candidate = {
    method: 'weather-adjusted',
    projected: value,
    ...around(value, half),
    better: reason === null,
    reason: reason ?? verdictOf(trials as Trials),
  }
  if (fit === null) return candidate
  const detail: ModelDetail = {
    adjustedR2: fit.adjustedR2,
    nmbe: fit.nmbe,
    weatherYears: weatherYears ?? 0,
    trials,
    sites: found.sites.map(({ site, model, reason: against }) => ({
      site,
      grain: model?.grain ?? null,
      points: model?.points ?? 0,
      r2: model?.r2 ?? null,
      cvRmse: model?.cvRmse ?? null,
      reason: against,
      terms: (model?.terms ?? []).map((term) => ({
        ...term,
        unit: term.balanceC === null ? `${unit}/d` : `${unit}/(K·d)`,
      })),
    })),
  }
  const { r2, cvRmse, points } = fit
  return { ...candidate, model: { r2, cvRmse, points, detail } }
}
