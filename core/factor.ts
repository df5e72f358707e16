import { dateOf, type LocalDay, localDay } from './calendar.ts'
import { type Factor, type FactorKind, type FactorsFile, factorKey, placeOf } from './factor-file.ts'
import { type FactorUnit, factorUnit } from './factor-unit.ts'
import type { FactorUse } from './factor-use.ts'

/** Where something was used: the most specific series of factors that there is counts. */
export interface Place {
  readonly site?: string | undefined
  readonly region?: string | undefined
  readonly industry?: string | undefined
  readonly country?: string | undefined
}

/** A factor in force on a day. */
export interface Found {
  readonly value: number
  readonly unit: FactorUnit
  readonly use: FactorUse
}

/** A series of factors of one kind, thing and place. */
export interface Series {
  /** The days on which another factor begins or one ends. */
  readonly breaks: readonly LocalDay[]
  at(day: LocalDay): Found | { readonly reason: string }
}

/** A factor in its series. */
export interface Listed {
  readonly factor: Factor
  readonly first: LocalDay
  /** The day after its last; infinite where it holds on. */
  readonly past: LocalDay
  /** Stated in the user's own file, which goes before what comes with the program. */
  readonly own: boolean
  /** As it is in force, and as it is carried forward: made once, so that whoever used it has the same. */
  readonly found: Found
  readonly carried: Found
}

/** A series with all that is listed in it. */
export interface ListedSeries extends Series {
  readonly kind: FactorKind
  readonly of: string
  /** `region:CN-NORTH`; `international` where it holds everywhere. */
  readonly place: string
  /** In order of their first days. */
  readonly listed: readonly Listed[]
}

const NAMES: Readonly<Record<FactorKind, string>> = {
  emission: 'emission factor',
  'heat-value': 'heat value',
  density: 'density',
  'coal-equivalent': 'coal equivalent',
  'warming-potential': 'warming potential',
}

/**
 * Dated factors. Of a thing at a place the most specific series counts: the site's, its region's, its
 * industry's, its country's, then the international one (DOMAIN, section 3). Which series it is hangs on what
 * is listed at all and never on the day: a day that it doesn't hold for is an error that names it, and no
 * reason to take another.
 */
export class FactorBook {
  readonly #series = new Map<string, Listed[]>()
  /** What it was made of: the user's own, which go before those that come with the program. */
  readonly own: FactorsFile
  readonly published: readonly Factor[]

  constructor(own: FactorsFile, published: readonly Factor[]) {
    this.own = own
    this.published = published
    for (const factor of own.factors) this.#add(factor, true)
    for (const factor of published) this.#add(factor, false)
  }

  /** All that it was made of, in order. */
  get listed(): readonly Factor[] {
    return [...this.own.factors, ...this.published]
  }

  /** Every series, in order of what was stated first. */
  get all(): readonly ListedSeries[] {
    return [...this.#series.values()].flatMap((listed): ListedSeries[] => {
      const [first] = listed
      if (first === undefined) return []
      const { kind, of } = first.factor
      const place = placeOf(first.factor)
      const inOrder = listed.map((one) => untilNext(one, listed)).sort((a, b) => a.first - b.first)
      return [{ kind, of, place, listed: inOrder, ...seriesOf(seriesName(kind, of, place), listed) }]
    })
  }

  /** The series of a thing at a place; a reason where none is listed at any level. */
  series(kind: FactorKind, of: string, place: Place): Series | { readonly reason: string } {
    const levels = levelsOf(place)
    for (const level of levels) {
      const listed = this.#series.get(`${kind}/${of}/${level}`)
      if (listed !== undefined) return seriesOf(seriesName(kind, of, level), listed)
    }
    return {
      reason: `no ${NAMES[kind]} of ${of} is listed for ${levels.join(', ')}; factors.yaml may state one`,
    }
  }

  #add(factor: Factor, own: boolean): void {
    if (
      factor.kind === 'warming-potential' &&
      (factor.edition ?? this.own.assessmentReport) !== this.own.assessmentReport
    )
      return
    const key = `${factor.kind}/${factor.of}/${placeOf(factor)}`
    const list = this.#series.get(key) ?? []
    const past = factor.to === undefined ? Number.POSITIVE_INFINITY : (localDay(factor.to) as LocalDay) + 1
    list.push({
      factor,
      own,
      past,
      first: localDay(factor.from) as LocalDay,
      found: asFound(factor, false),
      carried: asFound(factor, true),
    })
    this.#series.set(key, list)
  }
}

function seriesName(kind: FactorKind, of: string, place: string): string {
  return `${NAMES[kind]} of ${of}, ${place.replace(':', ' ')}`
}

function levelsOf({ site, region, industry, country }: Place): string[] {
  const named = { site, region, industry, country }
  return [
    ...Object.entries(named).flatMap(([kind, id]) => (id === undefined ? [] : [`${kind}:${id}`])),
    'international',
  ]
}

function seriesOf(name: string, all: readonly Listed[]): Series {
  const listed = all.map((one) => untilNext(one, all))
  const days = listed.flatMap(({ first, past }) => [first, past])
  return {
    breaks: [...new Set(days)].filter(Number.isFinite).sort((a, b) => a - b),
    at(day) {
      const found = inForceOn(listed, day)
      if (found !== undefined) return found.found
      const before = lastBefore(listed, day)
      if (before?.factor.carryForward) return before.carried
      const last =
        before === undefined ? 'the first one begins later' : `the last one ended on ${before.factor.to}`
      return {
        reason: `no ${name} holds on ${dateOf(day)}: ${last}; factors.yaml may state one, or carryForward`,
      }
    },
  }
}

/** One without an end ends where the next of the same file begins; after that it doesn't come back. */
function untilNext(one: Listed, all: readonly Listed[]): Listed {
  if (one.factor.to !== undefined) return one
  const later = all.filter(({ own, first }) => own === one.own && first > one.first)
  return { ...one, past: Math.min(one.past, ...later.map(({ first }) => first)) }
}

/** Own ones go before those that come with the program; of two that hold on, the later. */
function inForceOn(listed: readonly Listed[], day: LocalDay): Listed | undefined {
  const holding = listed.filter(({ first, past }) => first <= day && day < past)
  return latest(holding.filter(({ own }) => own)) ?? latest(holding)
}

function lastBefore(listed: readonly Listed[], day: LocalDay): Listed | undefined {
  const ended = listed.filter(({ past }) => past <= day)
  const last = Math.max(...ended.map(({ past }) => past))
  const of = ended.filter(({ past }) => past === last)
  return of.find(({ own }) => own) ?? of[0]
}

function latest(listed: readonly Listed[]): Listed | undefined {
  return listed.reduce<Listed | undefined>(
    (best, one) => (best === undefined || one.first >= best.first ? one : best),
    undefined,
  )
}

function asFound(factor: Factor, carriedForward: boolean): Found {
  const { kind, of, value, unit, from, to, source, published, edition } = factor
  const use: FactorUse = {
    key: factorKey(factor),
    name: seriesName(kind, of, placeOf(factor)),
    value,
    unit,
    from,
    to: to ?? null,
    source,
    published,
    edition: edition ?? null,
    carriedForward,
  }
  return { value, unit: factorUnit(unit) as FactorUnit, use }
}
