import { entryPeriod } from '../core/entry-period.ts'
import { percentOf, type Values } from '../core/restatement.ts'
import type { LocalPeriod } from '../core/usage.ts'
import { readBundle } from './bundle-reading.ts'
import { type Kept, Ledger, type LedgerOptions, type LedgerRow } from './ledger.ts'
import { Looks } from './looks.ts'
import type { Publication } from './publication.ts'
import { makeBundle } from './publishing.ts'
import { type Place, valuesNow } from './restating.ts'
import { waitsFor } from './waiting.ts'
import { unzipped } from './zip.ts'

/** A published figure for a report to show beside today's. */
export interface AsPublished {
  readonly value: number | null
  readonly publication: string
  readonly at: number
  readonly restated: boolean
  /** What was restated since, of the published value. */
  readonly percent: number | null
}

/** All publications: makes them, keeps them, and looks what has become of their figures. One thing at a time. */
export class Publications {
  readonly #options: LedgerOptions
  readonly #ledger: Ledger
  readonly #looks: Looks
  readonly #kept = new Map<string, Kept>()
  readonly #damaged = new Map<string, string>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: LedgerOptions) {
    this.#options = options
    this.#ledger = new Ledger(options)
    const failed = (error: unknown) =>
      options.log.warn({ err: error }, 'published figures cannot be looked at')
    this.#looks = new Looks(() => this.look(), failed)
  }

  /** Something has changed that published figures may rest on: they are looked at soon. */
  changed(): void {
    this.#looks.changed()
  }

  stop(): Promise<void> {
    return this.#looks.stop()
  }

  /** In order of their making. */
  async all(): Promise<readonly Kept[]> {
    await this.#inTurn(() => this.#load())
    return this.#inOrder()
  }

  /** Publications that cannot be read, with why. */
  get damaged(): ReadonlyMap<string, string> {
    return this.#damaged
  }

  bundlePath(id: string): string {
    return this.#options.folder.bundlePath(id)
  }

  /** Whether readings of a boundary and a year wait to be reckoned: its figures are about to change. */
  waits(place: Place): Promise<boolean> {
    return waitsFor(this.#options.source.store, place)
  }

  publish(place: Place, said: Pick<Publication, 'by' | 'note' | 'interim'>): Promise<Kept> {
    return this.#inTurn(async () => {
      await this.#load()
      const { source, folder, clock, version } = this.#options
      const { boundary, year } = place
      const stem = `${year.label}-${boundary.boundary.id}-`
      const numbers = (await folder.ids()).flatMap((id) =>
        id.startsWith(stem) && /^\d+$/.test(id.slice(stem.length)) ? [Number(id.slice(stem.length))] : [],
      )
      const { bytes, ...kept } = await makeBundle(source, boundary, year, {
        ...said,
        id: `${stem}${Math.max(0, ...numbers) + 1}`,
        year: Number(year.label),
        boundary: boundary.boundary.id,
        at: clock(),
        version,
      })
      await folder.add(kept.publication.id, bytes)
      this.#kept.set(kept.publication.id, kept)
      return kept
    })
  }

  /** Looks what has changed of all publications since the last look, and writes it to their ledgers. */
  look(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#load()
      for (const kept of this.#kept.values()) {
        const place = this.#placeOf(kept)
        // The figures of a year that still runs change by themselves.
        if (kept.publication.interim || place === undefined || (await this.waits(place))) continue
        await this.#ledger.look(kept, place)
      }
    })
  }

  ledger({ publication }: Kept): Promise<readonly LedgerRow[]> {
    return this.#ledger.rows(publication.id)
  }

  /** The figures of a publication as the last look knew them; of an interim one as they are now. */
  async today(kept: Kept): Promise<Values> {
    const place = this.#placeOf(kept)
    if (kept.publication.interim && place !== undefined)
      return valuesNow(this.#options.source, place, this.#options.clock())
    return (await this.#inTurn(() => this.#ledger.stateOf(kept))).state.values
  }

  /** By indicator, what the latest publication of a boundary's whole year has; empty where there is none. */
  async publishedFigures(boundary: string, year: number): Promise<ReadonlyMap<string, AsPublished>> {
    const kept = (await this.all()).findLast(
      ({ publication: one }) => one.boundary === boundary && one.year === year && !one.interim,
    )
    if (kept === undefined) return new Map()
    const today = await this.today(kept)
    const { id, at } = kept.publication
    return new Map(
      kept.figures.map(({ indicator, value }) => {
        const now = today.get(indicator) ?? null
        const restatedTo = { restated: now !== value, percent: percentOf(value, now) }
        return [indicator, { value, publication: id, at, ...restatedTo }]
      }),
    )
  }

  /** Undefined where the boundary is no longer configured. */
  #placeOf({ publication: { boundary, year } }: Kept): Place | undefined {
    const scope = this.#options.source.organisation.scope(`boundary:${boundary}`)
    const period = entryPeriod(String(year)) as LocalPeriod
    return scope?.kind === 'boundary' ? { boundary: scope, year: period } : undefined
  }

  async #load(): Promise<void> {
    const { folder, log } = this.#options
    for (const id of await folder.ids()) {
      if (this.#kept.has(id) || this.#damaged.has(id)) continue
      const files = unzipped(await folder.bundle(id))
      const read = files && readBundle(files)
      const reason =
        read === undefined
          ? 'it is no whole ZIP file'
          : [...read.changed, ...read.damages.map(({ file }) => file)][0]
      if (read?.publication !== undefined && reason === undefined) {
        const { publication, hash, figures } = read
        this.#kept.set(id, { publication, hash, figures })
        continue
      }
      this.#damaged.set(id, `${reason ?? 'publication.json'} is damaged`)
      log.warn({ publication: id, reason }, 'a publication cannot be read; restore it from a backup')
    }
  }

  #inOrder(): Kept[] {
    return [...this.#kept.values()].sort(
      (a, b) => a.publication.at - b.publication.at || (a.publication.id < b.publication.id ? -1 : 1),
    )
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => {})
    return turn
  }
}
