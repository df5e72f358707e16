import { type Entry, entryKey } from './entry.ts'

/** An entry among those of the same key. */
export interface EntryVersion {
  readonly entry: Entry
  /** 1, 2, … in order of arrival; one that takes back counts as well. */
  readonly version: number
  /** It is what counts now. Never of one that takes back. */
  readonly inForce: boolean
  /** The id of the version before. */
  readonly supersedes: string | null
  /** The id of the version after. */
  readonly supersededBy: string | null
}

/** What is said of a figure before it has an id and a time. */
export type EntryDraft = Omit<Entry, 'id' | 'enteredAt'>

/** Entries as versions of what was said under the same key. */
export class EntryVersions {
  /** In order of arrival. */
  readonly rows: readonly EntryVersion[]
  readonly #byId = new Map<string, EntryVersion>()
  readonly #latest = new Map<string, EntryVersion>()

  /** `entries` in order of arrival. */
  constructor(entries: readonly Entry[]) {
    const byKey = new Map<string, Entry[]>()
    const places = entries.map((entry) => {
      const key = entryKey(entry)
      const ofKey = byKey.get(key) ?? []
      byKey.set(key, ofKey)
      return { entry, key, ofKey, place: ofKey.push(entry) - 1 }
    })
    this.rows = places.map(({ entry, key, ofKey, place }) => {
      const row: EntryVersion = {
        entry,
        version: place + 1,
        inForce: place === ofKey.length - 1 && entry.value !== null,
        supersedes: ofKey[place - 1]?.id ?? null,
        supersededBy: ofKey[place + 1]?.id ?? null,
      }
      this.#byId.set(entry.id, row)
      this.#latest.set(key, row)
      return row
    })
  }

  byId(id: string): EntryVersion | undefined {
    return this.#byId.get(id)
  }

  /** The entry in force under the key of a draft. */
  inForceAt(draft: EntryDraft): Entry | undefined {
    const latest = this.#latest.get(entryKey(draft))
    return latest?.inForce ? latest.entry : undefined
  }

  /** What counts now. */
  inForce(): Entry[] {
    return this.rows.filter(({ inForce }) => inForce).map(({ entry }) => entry)
  }

  /**
   * A draft as the next version of its key. It is later than the one before it even where the clock was set
   * back: some stores know no other order.
   */
  next(draft: EntryDraft, id: string, now: number): Entry {
    const before = this.#latest.get(entryKey(draft))
    return { id, ...draft, enteredAt: Math.max(now, (before?.entry.enteredAt ?? 0) + 1) }
  }
}
