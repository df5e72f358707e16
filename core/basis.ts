import type { Grain } from './calendar.ts'
import type { Entry } from './entry.ts'
import { EntryBook } from './entry-book.ts'
import { FactorBook } from './factor.ts'
import type { Factor, FactorsFile } from './factor-file.ts'
import type { OrganisationFile } from './organisation.ts'
import { Organisation } from './organisation-index.ts'
import { Plan } from './plan.ts'
import type { Consumption } from './rollup.ts'
import type { Lookup } from './usage.ts'

/** A consumption that was looked up: what was found, or null where there was none. */
export interface LookedUp {
  readonly meter: string
  readonly grain: Grain
  readonly start: number
  readonly found: Consumption | null
}

/** Everything that the figures of a boundary in a year are reckoned from, as it was at an instant. */
export interface Basis {
  readonly organisation: OrganisationFile
  /** The user's own, which go before those that come with the program. */
  readonly factors: { readonly own: FactorsFile; readonly published: readonly Factor[] }
  /** In order of arrival. */
  readonly entries: readonly Entry[]
  /** By `rowKey`. */
  readonly rows: ReadonlyMap<string, LookedUp>
  /** As of when, epoch milliseconds. */
  readonly now: number
  /** The version of the rules by which the rows came from readings. */
  readonly rules: number
}

export function rowKey(meter: string, grain: Grain, start: number): string {
  return `${meter}|${grain}|${start}`
}

export function planOfBasis({ organisation, factors, entries }: Omit<Basis, 'rows' | 'now' | 'rules'>): Plan {
  return new Plan(
    new Organisation(organisation),
    new FactorBook(factors.own, factors.published),
    new EntryBook(entries),
  )
}

/** Looks up, and remembers in `seen` what was looked for. */
export function recorded(lookup: Lookup, seen: Map<string, LookedUp>): Lookup {
  return (meter, grain, start) => {
    const found = lookup(meter, grain, start)
    seen.set(rowKey(meter, grain, start), { meter, grain, start, found: found ? bare(found) : null })
    return found
  }
}

/** A consumption without what else a store may keep beside it. */
export function bare({
  start,
  end,
  value,
  coveredMs,
  head,
  tail,
  estimated,
  flags,
}: Consumption): Consumption {
  return { start, end, value, coveredMs, head, tail, estimated, flags }
}
