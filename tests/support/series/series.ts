import type { Calendar } from '../../../core/calendar.ts'
import type { InfluxSeries } from '../grafana.ts'
import type { Json } from '../json.ts'

/** Answers a path below `/api/v1`. */
export type Get = (path: string) => Promise<Json>

/** What a point of a series is by the API: its fields, under their names in docs/series.md. */
export interface ApiPoint {
  readonly tags: Readonly<Record<string, string>>
  /** Epoch milliseconds. */
  readonly at: number
  readonly fields: Readonly<Record<string, number | string | null>>
}

/** The API, and which span of it is compared. */
export interface ApiWorld {
  readonly get: Get
  /** Bare dates; `hoursFrom` of hours, because these are many. */
  readonly from: string
  readonly to: string
  readonly hoursFrom: string
  readonly years: readonly number[]
  /** The first year whose standing is written of each target: the first of which something is known. All where left out. */
  readonly targetsFrom?: ReadonlyMap<string, number>
  readonly sites: readonly Json[]
  readonly boundaries: readonly Json[]
  /** Sites, areas and boundaries, with the utilities that something in them measures. */
  readonly scopes: readonly { readonly id: string; readonly utilities: readonly string[] }[]
  calendarOf(scope: string): Calendar
  /** Whether points with such tags are looked for; of others the API need not be asked. */
  wants(tags: Readonly<Record<string, string>>): boolean
}

/** What a panel's query asks, read back from its text. */
export interface Asked {
  readonly query: string
  readonly by: string | undefined
  readonly field: string
  readonly measurement: string
  /** Tags that must be one value. */
  readonly where: Readonly<Record<string, string>>
  /** Tags that must match a pattern. */
  readonly like: readonly (readonly [string, RegExp])[]
  /** Whether `known` must be 1. */
  readonly known: boolean
}

export interface Range {
  readonly from: number
  readonly to: number
}

/** How a measurement is held against the API: a file of its own for each, listed in `all.ts`. */
export interface SeriesCheck {
  readonly measurement: string
  /** The field that `known` speaks of (docs/series.md). */
  readonly known?: string
  /** Fields that go by the second while a span runs, and cannot be compared then. */
  readonly running?: readonly string[]
  /** Fields that a day has once enough of it has elapsed: known or not goes by the minute while it runs. */
  readonly unsettled?: readonly string[]
  /** Every point that the API has and the world wants; others may be among them. Of a measurement without these, `value` is asked for each series. */
  points?(world: ApiWorld): AsyncIterable<ApiPoint>
  /** Compares an answer by itself, where neither fits. Throws, or resolves to how many figures there were. */
  holds?(asked: Asked, answer: readonly InfluxSeries[], range: Range, get: Get): Promise<number>
  /** The one value of a series with these tags, where all points would be too many. */
  value?(asked: Asked, tags: Readonly<Record<string, string>>, range: Range, get: Get): Promise<number>
}

export const QUALITIES = ['measured', 'interpolated', 'edited', 'estimated', 'suspect', 'missing']
