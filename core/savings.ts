import type { Entry } from './entry.ts'
import { yearOf } from './entry-period.ts'
import { entryQuantities } from './entry-quantities.ts'

/** The quantities of the savings ledger. What was only moved to another hour saves nothing. */
export const savingQuantities = ['energy-saved', 'water-saved', 'load-shifted'] as const
export type SavingQuantity = (typeof savingQuantities)[number]

export function isSaving(quantity: string): quantity is SavingQuantity {
  return (savingQuantities as readonly string[]).includes(quantity)
}

/** The first unit of a quantity of the ledger, which totals are in: MWh, t. */
export function savingUnit(quantity: SavingQuantity): string {
  return Object.keys(entryQuantities[quantity]?.units ?? {})[0] as string
}

/** What was saved in a year, in `unit`. */
export interface Saved {
  readonly unit: string
  readonly metered: number
  readonly estimated: number
  readonly total: number
}

/** A year of the ledger; null where nothing was entered. */
export interface SavingYear {
  readonly year: number
  readonly energySaved: Saved | null
  readonly waterSaved: Saved | null
  /** Apart: it counts as no saving. */
  readonly loadShifted: Saved | null
}

/** The ledger by year, newest first. `entries` are those in force, of any quantity. */
export function savingYears(entries: readonly Entry[]): SavingYear[] {
  const byYear = new Map<number, Entry[]>()
  for (const entry of entries) {
    if (!isSaving(entry.quantity)) continue
    const year = yearOf(entry)
    const ofYear = byYear.get(year) ?? []
    byYear.set(year, ofYear)
    ofYear.push(entry)
  }
  return [...byYear]
    .sort(([a], [b]) => b - a)
    .map(([year, ofYear]) => ({
      year,
      energySaved: savedOf('energy-saved', ofYear),
      waterSaved: savedOf('water-saved', ofYear),
      loadShifted: savedOf('load-shifted', ofYear),
    }))
}

function savedOf(quantity: SavingQuantity, entries: readonly Entry[]): Saved | null {
  const ofQuantity = entries.filter((entry) => entry.quantity === quantity)
  if (ofQuantity.length === 0) return null
  const sum = { metered: 0, estimated: 0 }
  for (const { saving, value, unit } of ofQuantity) {
    const factor = entryQuantities[quantity]?.units[unit] ?? 1
    sum[saving?.method ?? 'estimated'] += (value ?? 0) * factor
  }
  return { unit: savingUnit(quantity), ...sum, total: sum.metered + sum.estimated }
}
