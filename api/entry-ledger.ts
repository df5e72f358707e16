import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { consistencyOf } from '../core/consistency.ts'
import type { ConsistencyWarning } from '../core/consistency-figures.ts'
import type { Entry } from '../core/entry.ts'
import { type EntryDraft, type EntryVersion, EntryVersions } from '../core/entry-versions.ts'
import { type Context, rfc3339 } from './context.ts'
import type { entryRow } from './entry-schemas.ts'
import { turns } from './turns.ts'

/** All entries as versions, and the only way in which some are added. */
export class EntryLedger {
  /** What is checked against the entries must still hold when some are appended. */
  readonly inTurn = turns()
  readonly #context: Context
  #entries: readonly Entry[] | null = null
  #versions = new EntryVersions([])

  constructor(context: Context) {
    this.#context = context
  }

  async versions(): Promise<EntryVersions> {
    const entries = await this.#context.store.entries()
    if (entries !== this.#entries) {
      this.#versions = new EntryVersions(entries)
      this.#entries = entries
    }
    return this.#versions
  }

  /** Drafts as entries that come next, not stored. */
  async drawUp(drafts: readonly EntryDraft[]): Promise<Entry[]> {
    const versions = await this.versions()
    const now = this.#context.clock()
    return drafts.map((draft) => versions.next(draft, randomUUID(), now))
  }

  /** Appends entries that were drawn up in the same turn. */
  async append(entries: readonly Entry[]): Promise<EntryVersion[]> {
    if (entries.length === 0) return []
    await this.#context.store.addEntries(entries)
    this.#context.entered(entries)
    const versions = await this.versions()
    return entries.map(({ id }) => versions.byId(id) as EntryVersion)
  }

  /** What does not fit together; with `more` as if they were entered too. */
  async consistency(more: readonly Entry[] = []): Promise<ConsistencyWarning[]> {
    const versions = await this.versions()
    const all = more.length === 0 ? versions : new EntryVersions([...(this.#entries ?? []), ...more])
    const { organisation } = this.#context
    return consistencyOf(all.inForce(), (text) => {
      const scope = organisation.scope(text)
      return scope?.kind === 'boundary' ? scope.sites.map(({ site }) => `site:${site.id}`) : []
    })
  }
}

export function rowOf({
  entry,
  version,
  supersedes,
  supersededBy,
  inForce,
}: EntryVersion): z.infer<typeof entryRow> {
  const enteredAt = rfc3339(entry.enteredAt)
  const withdrawn = entry.value === null
  return { ...entry, enteredAt, version, supersedes, supersededBy, inForce, withdrawn }
}
