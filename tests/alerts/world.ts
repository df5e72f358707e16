import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { AlertBook } from '../../alerts/book.ts'
import { Watch } from '../../alerts/watch.ts'
import type { Alert, Notice } from '../../core/alert.ts'
import { alertsSchema } from '../../core/alert-file.ts'
import { QUARTER_MS } from '../../core/calendar.ts'
import { FactorBook } from '../../core/factor.ts'
import { factorsSchema } from '../../core/factor-file.ts'
import type { Organisation } from '../../core/organisation-index.ts'
import { publishedFactors } from '../../core/published-factors.ts'
import { HOUR_MS } from '../../core/window.ts'
import { FigureSource } from '../../figures/figure-source.ts'
import { DuckDbStore } from '../../store/duckdb.ts'
import { batchOf } from '../support/batch.ts'
import { rolledUp } from '../support/rolled-up.ts'

/** A store, a book and a watch on them, in a clock's time that the test moves. */
export class World {
  readonly notices: Notice[] = []
  readonly changed: Alert[][] = []
  readonly store: DuckDbStore
  readonly folder: string
  organisation: Organisation
  rules: object
  book: AlertBook
  watch: Watch

  private constructor(
    folder: string,
    store: DuckDbStore,
    book: AlertBook,
    organisation: Organisation,
    rules: object,
  ) {
    this.folder = folder
    this.store = store
    this.book = book
    this.organisation = organisation
    this.rules = rules
    this.watch = this.#newWatch()
  }

  static async of(organisation: Organisation, rules: object = {}): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'alerts-'))
    const store = await DuckDbStore.open(join(folder, 'store.duckdb'))
    const world = new World(
      folder,
      store,
      await AlertBook.open(join(folder, 'alerts.json')),
      organisation,
      rules,
    )
    onTestFinished(async () => {
      await store.close()
      rmSync(folder, { recursive: true })
    })
    return world
  }

  /** As after a kill: the book is read from its disk, and nothing else is known. */
  async restart(rules = this.rules, organisation = this.organisation): Promise<void> {
    this.rules = rules
    this.organisation = organisation
    this.book = await AlertBook.open(join(this.folder, 'alerts.json'))
    this.watch = this.#newWatch()
  }

  /** Readings of registers every quarter of an hour in [from, to), of each the mean kWh (or m3) of an hour at an instant; null: none. */
  async read(
    perHour: Readonly<Record<string, (at: number) => number | null>>,
    from: number,
    to: number,
  ): Promise<void> {
    const rows: [string, number, number][] = []
    for (const [meter, rate] of Object.entries(perHour)) {
      let face = this.#faces.get(meter) ?? 1000
      for (let at = from; at < to; at += QUARTER_MS) {
        const now = rate(at)
        if (now !== null) rows.push([meter, at, Math.round(face * 1000) / 1000])
        face += (now ?? 0) / 4
      }
      this.#faces.set(meter, face)
    }
    if (rows.length === 0) return
    const touched = [...new Set(rows.map(([meter]) => meter))].map((meter) => ({
      meter,
      from,
      to: to + HOUR_MS,
    }))
    await this.store.write({ readings: [batchOf(rows, to)], touched, quarantined: [] })
    await rolledUp(this.store, this.organisation)
  }
  readonly #faces = new Map<string, number>()

  /** The kinds of the notices since the last time, with what they are of. */
  heard(): string[] {
    return this.notices.splice(0).map(({ kind, alert }) => `${kind} ${alert.rule} ${alert.subject}`)
  }

  get open(): Alert[] {
    return this.book.pages.alerts.filter(({ status }) => status !== 'resolved')
  }

  #newWatch(): Watch {
    const factors = new FactorBook(factorsSchema.parse({}), publishedFactors)
    return new Watch({
      book: this.book,
      source: new FigureSource(this.store, this.organisation, factors),
      targets: [],
      rules: alertsSchema.parse(this.rules),
      organisation: this.organisation,
      clock: () => 0,
      log: { warn: () => {}, error: () => {} },
      gather: (pages, notices) => {
        this.notices.push(...notices)
        return pages
      },
      onChange: (alerts) => this.changed.push([...alerts]),
    })
  }
}

/** Rules of which only some are in force. */
export function only(...ids: string[]): { rules: { id: string; enabled: false }[] } {
  const all = [
    'target-at-risk',
    'target-off-track',
    'out-of-band',
    'leak',
    'base-load',
    'peak-demand',
    'pue',
    'unmetered',
  ]
  const more = ['silent', 'stuck', 'resets', 'factor-missing', 'spool-filling', 'clock-off']
  return { rules: [...all, ...more].filter((id) => !ids.includes(id)).map((id) => ({ id, enabled: false })) }
}
