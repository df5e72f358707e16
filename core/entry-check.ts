import type { Entry } from './entry.ts'
import { entryPeriod, PERIOD_FORMS } from './entry-period.ts'
import { type EntryQuantity, entryQuantities } from './entry-quantities.ts'
import { calendarOf, type Organisation } from './organisation-index.ts'
import { isSaving } from './savings.ts'

/** A field of an entry that was not accepted. */
export interface EntryProblem {
  readonly field: 'scope' | 'quantity' | 'kind' | 'period' | 'value' | 'unit'
  readonly message: string
  /** What would have been. */
  readonly accepted?: readonly string[]
}

type Checked = Pick<Entry, 'scope' | 'quantity' | 'kind' | 'period' | 'unit'> & { readonly value: number }

/** What of an entry that somebody types in is not accepted; empty where all is. `now` in epoch milliseconds. */
export function checkEntry(entry: Checked, organisation: Organisation, now: number): EntryProblem[] {
  if (!isSaving(entry.quantity)) return checkFigure(entry, organisation, now)
  const message = `${entry.quantity} needs a measure, a method and a baseline: it is entered with POST /savings.`
  return [{ field: 'quantity', message, accepted: ENTERED }]
}

/** The same, of the savings ledger too. */
export function checkFigure(entry: Checked, organisation: Organisation, now: number): EntryProblem[] {
  return [
    ...checkScope(entry, organisation),
    ...checkQuantity(entry),
    ...checkPeriod(entry, organisation, now),
    ...checkValue(entry),
  ]
}

const ENTERED: readonly string[] = Object.keys(entryQuantities).filter((quantity) => !isSaving(quantity))

function checkScope({ scope }: Checked, organisation: Organisation): EntryProblem[] {
  const found = organisation.scope(scope)
  if (found !== undefined && found.kind !== 'meter') return []
  const message = found === undefined ? `There is no scope "${scope}".` : 'A meter has readings, not entries.'
  const accepted = organisation.scopes().filter((id) => !id.startsWith('meter:'))
  return [{ field: 'scope', message, accepted }]
}

function checkQuantity({ quantity, kind, unit }: Checked): EntryProblem[] {
  const known = Object.hasOwn(entryQuantities, quantity) ? entryQuantities[quantity] : undefined
  if (known === undefined) {
    return [{ field: 'quantity', message: `"${quantity}" cannot be entered.`, accepted: ENTERED }]
  }
  const problems = checkKind(quantity, known, kind)
  if (Object.hasOwn(known.units, unit)) return problems
  const message = `${quantity} is not in "${unit}".`
  return [...problems, { field: 'unit', message, accepted: Object.keys(known.units) }]
}

function checkKind(quantity: string, { kinds }: EntryQuantity, kind: string): EntryProblem[] {
  if (kind === '') {
    if (kinds !== 'needed') return []
    return [{ field: 'kind', message: `${quantity} needs a kind, such as the gas or the substance.` }]
  }
  if (kinds === undefined) {
    return [{ field: 'kind', message: `${quantity} has no kinds.`, accepted: ['nothing'] }]
  }
  if (/^[^:]*[^:\s][^:]*(:[^:]*[^:\s][^:]*)?$/.test(kind)) return []
  const message = `"${kind}" is no kind: a word, or a breakdown and a part of it.`
  return [{ field: 'kind', message, accepted: ['paper', 'gender:female'] }]
}

function checkPeriod({ scope, period }: Checked, organisation: Organisation, now: number): EntryProblem[] {
  const found = entryPeriod(period)
  if (found === undefined) {
    const message = `"${period}" is no year, month or day from 1900 to 2200.`
    return [{ field: 'period', message, accepted: PERIOD_FORMS }]
  }
  const where = organisation.scope(scope)
  if (where === undefined || calendarOf(where, organisation).startOfDay(found.firstDay) <= now) return []
  return [{ field: 'period', message: `${period} has not begun; an entry is of what has been.` }]
}

/** Far above what anybody has of anything, and far below what sums of it could not hold. */
const MOST = 1e15

function checkValue({ value }: Checked): EntryProblem[] {
  if (value >= 0 && value <= MOST) return []
  return [{ field: 'value', message: `${value} is no number from 0 to ${MOST}.` }]
}
