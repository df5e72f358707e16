import type { Calendar, LocalDay } from '../core/calendar.ts'
import type { EntryBook } from '../core/entry-book.ts'
import { yearOf } from '../core/entry-period.ts'
import { entryQuantities } from '../core/entry-quantities.ts'
import type { Scope } from '../core/organisation-index.ts'
import { savingUnit } from '../core/savings.ts'
import { periodOf } from '../core/usage.ts'
import type { FigurePoint } from '../store/store.ts'
import { known } from './known.ts'

const quantities = ['energy-saved', 'water-saved'] as const

/** What each measure saved at a scope in the years that begin on `firstDays`, as `/savings` lists it; of one that was taken back, that nothing is known. */
export function savingPoints(
  scope: Scope,
  calendar: Calendar,
  firstDays: readonly LocalDay[],
  entries: EntryBook,
): FigurePoint[] {
  return quantities.flatMap((quantity) => {
    const said = entries.all.filter((entry) => entry.quantity === quantity && entry.scope === scope.id)
    const unit = savingUnit(quantity)
    return firstDays.flatMap((day) => {
      const { label, spanAt } = periodOf('year', day)
      const sums = new Map<string, number | null>()
      for (const entry of said) if (String(yearOf(entry)) === label) sums.set(entry.item, null)
      for (const { item, value, unit: given } of entries.within(quantity, scope.id, label)) {
        const inUnit = (value ?? 0) * (entryQuantities[quantity]?.units[given] ?? 1)
        sums.set(item, (sums.get(item) ?? 0) + inUnit)
      }
      return [...sums].map(
        ([measure, value]): FigurePoint => ({
          measurement: 'saving',
          tags: { scope: scope.id, measure, quantity, unit },
          fields: { value, known: known(value) },
          at: spanAt(calendar).start,
        }),
      )
    })
  })
}
