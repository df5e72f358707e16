import { percentOf, type Restatement, type Values } from '../core/restatement.ts'
import { type LocalPeriod, periodLabelled } from '../core/usage.ts'
import type { FigureSource } from '../figures/figure-source.ts'
import { readBundle } from './bundle-reading.ts'
import { type KnownState, packed, unpacked } from './known-state.ts'
import type { Publication, PublishedFigure } from './publication.ts'
import type { Look, PublicationFolder } from './publication-folder.ts'
import { makeBundle } from './publishing.ts'
import { type Place, restated, valuesNow } from './restating.ts'
import { waitsFor } from './waiting.ts'
import { unzipped } from './zip.ts'

/** A publication as it is kept. */
export interface Kept {
  readonly publication: Publication
  readonly hash: string
  readonly figures: readonly PublishedFigure[]
}

/** A restatement in the ledger of a publication. */
export interface LedgerRow extends Restatement {
  readonly id: string
  readonly publication: string
  readonly at: string
  /** A later look began again with what was published, and found it again. */
  readonly superseded: boolean
}

/** A published figure for a report to show beside today's. */
export interface AsPublished {
  readonly value: number | null
  readonly publication: string
  readonly at: number
  readonly restated: boolean
  /** What was restated since, of the published value. */
  readonly percent: number | null
}

interface Log {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

export interface PublicationsOptions {
  readonly source: FigureSource
  readonly folder: PublicationFolder
  readonly clock: () => number
  readonly version: string
  readonly log: Log
}

/** All publications: makes them, keeps them, and looks what has become of their figures. One thing at a time. */
export class Publications {
  readonly #options: PublicationsOptions
  readonly #kept = new Map<string, Kept>()
  readonly #known = new Map<
    string,
    { readonly look: number; readonly state: KnownState; readonly anew: boolean }
  >()
  readonly #damaged = new Map<string, string>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: PublicationsOptions) {
    this.#options = options
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
      for (const kept of this.#kept.values()) await this.#lookAt(kept)
    })
  }

  /** The ledger of a publication, oldest first. */
  async ledger({ publication: { id } }: Kept): Promise<readonly LedgerRow[]> {
    const looks = await this.#options.folder.ledger(id)
    const since = looks.findLast(({ anew }) => anew)?.look ?? 0
    return looks.flatMap(({ look, at, restatements }) =>
      restatements.map((one, i) => ({
        id: `${id}/${look}.${i + 1}`,
        publication: id,
        at,
        superseded: look < since,
        ...one,
      })),
    )
  }

  /** The figures of a publication as the last look knew them; of an interim one as they are now. */
  async today(kept: Kept): Promise<Values> {
    const place = this.#placeOf(kept)
    if (kept.publication.interim && place !== undefined)
      return valuesNow(this.#options.source, place, this.#options.clock())
    return (await this.#inTurn(() => this.#stateOf(kept))).state.values
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

  async #lookAt(kept: Kept): Promise<void> {
    const { publication } = kept
    const place = this.#placeOf(kept)
    // The figures of a year that still runs change by themselves.
    if (publication.interim || place === undefined || (await this.waits(place))) return
    const { source, folder, clock, version, log } = this.#options
    const known = await this.#stateOf(kept)
    const now = clock()
    const found = await restated(source, known.state, place, now, version)
    if (found === null) return
    const { id } = publication
    if (found.restatements.length === 0) {
      if (!known.anew) await folder.putKnown(id, known.look, packed(found.state))
      this.#known.set(id, { ...known, state: found.state })
      return
    }
    const look = known.look + 1
    await folder.putKnown(id, look, packed(found.state))
    await folder.append(id, {
      look,
      at: new Date(now).toISOString(),
      ...(known.anew && { anew: true }),
      restatements: found.restatements,
    })
    this.#known.set(id, { look, state: found.state, anew: false })
    await folder.forgetKnown(id, known.look)
    for (const { cause, figures } of found.restatements) {
      const material = figures.filter((one) => one.material).map(({ indicator }) => indicator)
      log.info(
        { publication: id, cause, figures: figures.length, material },
        'published figures are restated',
      )
    }
  }

  /** What the last look had come to; what was published where there was none, or where its state is lost. */
  async #stateOf(kept: Kept) {
    const { id, version } = kept.publication
    const known = this.#known.get(id)
    if (known !== undefined) return known
    const { folder, log } = this.#options
    const looks = await folder.ledger(id)
    const look = looks.at(-1)?.look ?? 0
    const bytes = await folder.known(id, look)
    let state = bytes === null ? undefined : unpacked(bytes)
    const lost = state === undefined && (look > 0 || bytes !== null)
    if (lost) log.warn({ publication: id }, 'what the last look had seen is lost; it is looked at anew')
    if (state === undefined) {
      const { basis } = readBundle(unzipped(await folder.bundle(id)) ?? new Map())
      if (basis === undefined) throw new Error(`${folder.bundlePath(id)} cannot be read`)
      state = { basis, version, values: new Map(kept.figures.map((one) => [one.indicator, one.value])) }
    }
    const found = { look, state, anew: lost && look > 0 }
    this.#known.set(id, found)
    return found
  }

  /** Undefined where the boundary is no longer configured. */
  #placeOf({ publication: { boundary, year } }: Kept): Place | undefined {
    const scope = this.#options.source.organisation.scope(`boundary:${boundary}`)
    const period = periodLabelled(String(year)) as LocalPeriod
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
