import type { Restatement } from '../core/restatement.ts'
import type { FigureSource } from '../figures/figure-source.ts'
import { readBundle } from './bundle-reading.ts'
import { type KnownState, packed, unpacked } from './known-state.ts'
import type { Publication, PublishedFigure } from './publication.ts'
import type { PublicationFolder } from './publication-folder.ts'
import { type Place, restated } from './restating.ts'
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
  /** RFC 3339. */
  readonly at: string
  /** A later look began again with what was published, and found it again. */
  readonly superseded: boolean
}

interface Log {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

export interface LedgerOptions {
  readonly source: FigureSource
  readonly folder: PublicationFolder
  readonly clock: () => number
  /** The program's. */
  readonly version: string
  readonly log: Log
}

/** What the last look had come to. */
interface Seen {
  /** Of the ledger's last line; 0 where it has none. */
  readonly look: number
  readonly state: KnownState
  /** The state was lost: this is what was published. */
  readonly anew: boolean
}

/** What has become of published figures, look by look. */
export class Ledger {
  readonly #options: LedgerOptions
  readonly #seen = new Map<string, Seen>()

  constructor(options: LedgerOptions) {
    this.#options = options
  }

  /** Oldest first. */
  async rows(id: string): Promise<readonly LedgerRow[]> {
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

  /** Writes down what has changed of a publication since the last look. */
  async look(kept: Kept, place: Place): Promise<void> {
    const { source, folder, clock, version, log } = this.#options
    const { id } = kept.publication
    const seen = await this.stateOf(kept)
    const now = clock()
    const found = await restated(source, seen.state, place, now, version)
    if (found === null && !seen.anew) return
    const { state, restatements } = found ?? { state: seen.state, restatements: [] }
    if (restatements.length === 0 && !seen.anew) {
      await folder.putKnown(id, seen.look, packed(state))
      this.#seen.set(id, { ...seen, state })
      return
    }
    const look = seen.look + 1
    await folder.putKnown(id, look, packed(state))
    const at = new Date(now).toISOString()
    await folder.append(id, { look, at, ...(seen.anew && { anew: true }), restatements })
    this.#seen.set(id, { look, state, anew: false })
    await folder.forgetKnown(id, seen.look)
    for (const { cause, figures } of restatements) {
      const material = figures.filter((one) => one.material).map(({ indicator }) => indicator)
      log.info(
        { publication: id, cause, figures: figures.length, material },
        'published figures are restated',
      )
    }
  }

  /** What the last look had come to; what was published where there was none, or where its state is lost. */
  async stateOf(kept: Kept): Promise<Seen> {
    const { id } = kept.publication
    const seen = this.#seen.get(id) ?? (await this.#read(kept))
    this.#seen.set(id, seen)
    return seen
  }

  async #read({ publication: { id, version }, figures }: Kept): Promise<Seen> {
    const { folder, log } = this.#options
    const look = (await folder.ledger(id)).at(-1)?.look ?? 0
    const bytes = await folder.known(id, look)
    const state = bytes === null ? undefined : unpacked(bytes)
    if (state !== undefined) return { look, state, anew: false }
    const anew = look > 0
    if (anew) log.warn({ publication: id }, 'what the last look had seen is lost; it is looked at anew')
    const { basis } = readBundle(unzipped(await folder.bundle(id)) ?? new Map())
    if (basis === undefined) throw new Error(`${folder.bundlePath(id)} cannot be read`)
    const values = new Map(figures.map(({ indicator, value }) => [indicator, value]))
    return { look, state: { basis, version, values }, anew }
  }
}
