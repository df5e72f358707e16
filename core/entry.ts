/** A figure that no meter gives, typed in or imported. Appended, never overwritten. */
export interface Entry {
  readonly id: string
  /** `site:<id>`, `area:<site>/<id>` or `boundary:<id>`. */
  readonly scope: string
  /** One of `entryQuantities`. */
  readonly quantity: string
  /** A part of the quantity: a refrigerant, a kind of waste, a certificate's scheme; empty for the whole. */
  readonly kind: string
  /** Tells apart several of the same kind and period, such as an invoice's number or a measure; mostly empty. */
  readonly item: string
  /** A local year, month or day of the scope: `2025`, `2025-03`, `2025-03-31`. */
  readonly period: string
  /** Null takes back what was entered before under the same key. */
  readonly value: number | null
  readonly unit: string
  /** Where the figure comes from: an invoice, a report and its page. */
  readonly source: string
  readonly note: string
  /** Who says so; empty where nobody said. */
  readonly by: string
  /** When it was entered, epoch milliseconds. */
  readonly enteredAt: number
  /** Of the quantities of the savings ledger. */
  readonly saving?: Saving
}

/** How a saving is known. */
export interface Saving {
  readonly measure: string
  readonly method: 'metered' | 'estimated'
  /** What would have been used without the measure, in the entry's unit. */
  readonly baseline: number
  /** What turned one into the other, such as hours a day or kWh a lamp; empty where metered. */
  readonly factor: string
}

/** What one entry supersedes another by: the later of two with the same key is in force. */
export function entryKey({
  scope,
  quantity,
  kind,
  item,
  period,
}: Pick<Entry, 'scope' | 'quantity' | 'kind' | 'item' | 'period'>): string {
  return JSON.stringify([scope, quantity, period, kind, item])
}

/** An entry as it was kept; an earlier version knew no kind, item and name. */
export function wholeEntry(kept: Omit<Entry, Added> & Partial<Pick<Entry, Added>>): Entry {
  return { kind: '', item: '', by: '', ...kept }
}

type Added = 'kind' | 'item' | 'by'
