/** A figure that no meter gives, typed in or imported. Appended, never overwritten. */
export interface Entry {
  readonly id: string
  /** `site:<id>`, `area:<site>/<id>` or `boundary:<id>`. */
  readonly scope: string
  readonly quantity: string
  /** A year, month or day: `2025`, `2025-03`, `2025-03-31`. */
  readonly period: string
  readonly value: number
  readonly unit: string
  /** Where the figure comes from: an invoice, a report and its page. */
  readonly source: string
  readonly note: string
  /** When it was entered, epoch milliseconds. */
  readonly enteredAt: number
}
