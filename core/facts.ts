import { EntryBook } from './entry-book.ts'
import { FactorBook } from './factor.ts'
import { factorsSchema } from './factor-file.ts'
import { Memo } from './memo.ts'
import type { Organisation } from './organisation-index.ts'
import { Plan } from './plan.ts'
import { publishedFactors } from './published-factors.ts'
import type { Lookup } from './usage.ts'

/** What figures are reckoned from. */
export interface Facts {
  readonly plan: Plan
  readonly lookup: Lookup
  readonly now: number
  readonly memo: Memo
}

/** Facts of a plan, with nothing reckoned yet. */
export function factsOf(plan: Plan, lookup: Lookup, now: number): Facts {
  return { plan, lookup, now, memo: new Memo() }
}

/** A plan without entries, and with the factors that come with the program, unless others are given. */
export function planOf(
  organisation: Organisation,
  { factors, entries }: { factors?: FactorBook; entries?: EntryBook } = {},
): Plan {
  return new Plan(
    organisation,
    factors ?? new FactorBook(factorsSchema.parse({}), publishedFactors),
    entries ?? new EntryBook([]),
  )
}
