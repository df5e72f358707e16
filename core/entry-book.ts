import { type Entry, entryKey } from './entry.ts'

/**
 * The entries that are in force: of several with the same key the one entered last, and none where that one
 * takes back what was entered.
 */
export class EntryBook {
  readonly #byPlace = new Map<string, Map<string, Entry[]>>()
  readonly #mentioned = new Set<string>()
  readonly #byId = new Map<string, Entry>()

  /** All that it was made of, in order of arrival: those that are no longer in force as well. */
  readonly all: readonly Entry[]

  /** `entries` in order of arrival. */
  constructor(entries: readonly Entry[]) {
    this.all = entries
    const byKey = new Map<string, Entry>()
    for (const entry of entries) {
      byKey.set(entryKey(entry), entry)
      this.#mentioned.add(place(entry.quantity, entry.scope))
    }
    for (const entry of byKey.values()) {
      if (entry.value === null) continue
      this.#byId.set(entry.id, entry)
      const at = place(entry.quantity, entry.scope)
      const periods = this.#byPlace.get(at) ?? new Map<string, Entry[]>()
      this.#byPlace.set(at, periods)
      periods.set(entry.period, [...(periods.get(entry.period) ?? []), entry])
    }
  }

  /** An entry that is in force. */
  entry(id: string): Entry | undefined {
    return this.#byId.get(id)
  }

  /** What is entered for a scope and exactly this period. */
  stated(quantity: string, scope: string, period: string): readonly Entry[] {
    return this.#byPlace.get(place(quantity, scope))?.get(period) ?? []
  }

  /** What is entered for a period or a part of it, by period. */
  within(quantity: string, scope: string, period: string): readonly Entry[] {
    const periods = this.#byPlace.get(place(quantity, scope))
    if (periods === undefined) return []
    return [...periods]
      .filter(([label]) => label.startsWith(period))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, entries]) => entries)
  }

  /** The longer period around this one that something is entered for, such as the year of a month. */
  around(quantity: string, scope: string, period: string): string | undefined {
    const periods = this.#byPlace.get(place(quantity, scope))
    return periods && [...periods.keys()].find((label) => label !== period && period.startsWith(label))
  }

  /** Whether anything is entered for a period, a part of it, or a longer one that it lies in. */
  touches(quantity: string, scope: string, period: string): boolean {
    return (
      this.within(quantity, scope, period).length > 0 || this.around(quantity, scope, period) !== undefined
    )
  }

  /** The last period up to the end of this one's year that something is entered for. */
  lastUntil(quantity: string, scope: string, period: string): string | undefined {
    const periods = this.#byPlace.get(place(quantity, scope))
    const year = period.slice(0, 4)
    return (
      periods &&
      [...periods.keys()]
        .filter((label) => label.slice(0, 4) <= year)
        .sort()
        .at(-1)
    )
  }

  /** Whether anything is entered, for whatever period. */
  speaksOf(quantity: string, scope: string): boolean {
    return this.#byPlace.has(place(quantity, scope))
  }

  /** Whether anything was ever entered, also where it has been taken back. */
  mentions(quantity: string, scope: string): boolean {
    return this.#mentioned.has(place(quantity, scope))
  }
}

function place(quantity: string, scope: string): string {
  return `${quantity}|${scope}`
}

/**
 * The total of what is entered for one period: the entry for the whole where there is one, else its kinds. A
 * kind such as `gender:male` belongs to one breakdown of several, of which the first counts.
 */
export function wholeOf(entries: readonly Entry[]): readonly Entry[] {
  const whole = entries.filter(({ kind }) => kind === '')
  if (whole.length > 0) return whole
  const dimension = breakdownOf(entries[0]?.kind ?? '')
  return entries.filter(({ kind }) => breakdownOf(kind) === dimension)
}

/** The breakdown that a kind belongs to: `gender` of `gender:male`; kinds without a colon are one. */
export function breakdownOf(kind: string): string {
  return kind.includes(':') ? kind.slice(0, kind.indexOf(':')) : ''
}
