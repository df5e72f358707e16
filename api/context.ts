import type { z } from 'zod'
import type { AlertBook } from '../alerts/book.ts'
import type { Subscriptions } from '../alerts/subscriptions.ts'
import type { Rule } from '../core/alert-rules.ts'
import type { Entry } from '../core/entry.ts'
import { type Indicator, indicators } from '../core/indicator.ts'
import type { Organisation, Scope } from '../core/organisation-index.ts'
import type { Target } from '../core/target-file.ts'
import type { FigureSource } from '../figures/figure-source.ts'
import type { Publications } from '../reports/publications.ts'
import type { Page, Store } from '../store/store.ts'
import { Problem } from './problems.ts'
import type { healthAnswer } from './schemas.ts'
import type { Stream } from './stream.ts'

export type Health = z.infer<typeof healthAnswer>

/** What the routes know of alerts. */
export interface Alerting {
  readonly book: AlertBook
  readonly subscriptions: Subscriptions
  /** Those in force. */
  readonly rules: readonly Rule[]
}

/** What the routes are given. */
export interface Context {
  readonly store: Store
  readonly figures: FigureSource
  readonly publications: Publications
  readonly organisation: Organisation
  /** When the configuration was read, epoch milliseconds. */
  readonly configReadAt: number
  readonly targets: readonly Target[]
  readonly stream: Stream
  /** Absent where figures alone are asked for. */
  readonly alerts?: Alerting
  readonly clock: () => number
  /** A folder for what is made for one answer and gone after it. */
  readonly scratch: string
  readonly health: () => Promise<Health>
  /** The years whose readings are gone and whose figures stay as they are, in order. */
  readonly forgottenYears: () => Promise<readonly number[]>
  /** Tells the aggregation that windows have been touched. */
  readonly wake: () => void
  /** Tells those who reckon with entries that some were added. */
  readonly entered: (entries: readonly Entry[]) => void
}

/** What the routes of alerts are given. */
export type AlertingContext = Context & { readonly alerts: Alerting }

/** The scope that a query names, or a 404 with those that there are. */
export function scopeNamed({ organisation }: Context, text: string): Scope {
  const scope = organisation.scope(text)
  if (scope === undefined) throw Problem.notFound('scope', text, organisation.scopes())
  return scope
}

/** The indicator that a query names, or a 400 with those that there are. */
export function indicatorNamed(id: string): Indicator {
  const indicator = indicators.get(id)
  if (indicator === undefined)
    throw Problem.badField('indicator', `There is no indicator "${id}".`, [...indicators.keys()])
  return indicator
}

/** A page, or a 400 where the query's `after` is none of its ends. */
export function pageAfter<Row>(page: Page<Row> | null, after: string | undefined): Page<Row> {
  if (page === null) throw notANext(after)
  return page
}

/** A page of a list that is held whole, or a 400 where `after` is none of its rows. */
export function pageOf<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  limit: number,
  after: string | undefined,
): Page<Row> {
  const start = after === undefined ? 0 : rows.findIndex((row) => idOf(row) === after) + 1
  if (after !== undefined && start === 0) throw notANext(after)
  const shown = rows.slice(start, start + limit)
  const last = shown.at(-1)
  return { rows: shown, next: last !== undefined && start + limit < rows.length ? idOf(last) : null }
}

/** The instant that the page before ended with; before everything where there was none. */
export function instantAfter(after: string | undefined): number {
  if (after === undefined) return Number.NEGATIVE_INFINITY
  const instant = Date.parse(after)
  if (Number.isNaN(instant)) throw notANext(after)
  return instant
}

function notANext(after: string | undefined): Problem {
  return Problem.badField('after', `"${after}" is not the "next" of an answer.`)
}

export function rfc3339(instant: number): string {
  return new Date(instant).toISOString()
}
