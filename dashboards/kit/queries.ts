import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog'
import { type Asked, fields } from './fields.ts'
import type { Language, Said } from './language.ts'

/** The data source of `provisioning/datasources`. */
export const datasource = { type: 'influxdb', uid: 'wattwell-influxdb' } as const

/** All that there is, years to come included: bounds that every InfluxDB takes. */
const EVER = `time >= '2000-01-01T00:00:00Z' AND time < '2100-01-01T00:00:00Z'`

/** A question to one series, within the time range of the panel, and of known values only. */
export type Question = Asked & {
  /** One value of the range instead of every point. */
  readonly by?: 'last' | 'sum' | 'max' | 'min' | 'mean' | 'count'
  /** Of a counter since a start: how fast it grew from one point to the next, in a second; nothing where it began anew. */
  readonly rate?: true
  /** Further fields of the same points, each a column of its own name; where one is unknown its cell is empty. */
  readonly also?: readonly string[]
  /** Points of which a field is this number. */
  readonly only?: Readonly<Record<string, number>>
  /** The field's name in a table. */
  readonly as?: string
  /** Tags: a text that one must be, or between slashes a pattern. A variable of several values needs a pattern. */
  readonly where: Readonly<Record<string, string>>
  readonly groupBy?: readonly string[]
  /** A series' name; `$tag_unit` stands for its tag `unit`. Without one the answer is a table. */
  readonly name?: string | Said
  /** Whatever the range, as for a path that leads into the years to come. */
  readonly ever?: true
}

/** A query of a panel, in InfluxQL: the SDK has no builder for it. */
export class InfluxqlQuery implements Builder<Dataquery> {
  readonly #refId: string
  readonly #question: Question
  readonly #lang: Language

  constructor(refId: string, question: Question, lang: Language) {
    this.#refId = refId
    this.#question = question
    this.#lang = lang
  }

  build(): Dataquery {
    const { name } = this.#question
    const query = {
      refId: this.#refId,
      datasource,
      rawQuery: true,
      query: textOf(this.#question),
      resultFormat: name === undefined ? 'table' : 'time_series',
      ...(name !== undefined && { alias: typeof name === 'string' ? name : name[this.#lang] }),
    }
    return query as unknown as Dataquery
  }
}

function textOf(question: Question): string {
  const { from, field, by, rate, as, also = [], only = {}, where, groupBy = [], ever } = question
  const asked = by === undefined ? named(field) : `${by}(${named(field)})`
  const selected = rate ? `non_negative_derivative(${asked}, 1s)` : asked
  const condition = (fields[from] as Record<string, string | null>)[field]
  const conditions = [
    ...tagConditions(where),
    ...Object.entries(only).map(([name, value]) => `${named(name)} = ${value}`),
    ...(condition === null || condition === undefined ? [] : [condition]),
    ever ? EVER : '$timeFilter',
  ]
  return [
    `SELECT ${[...also.map(named), `${selected}${as === undefined ? '' : ` AS ${named(as)}`}`].join(', ')} FROM ${named(from)}`,
    `WHERE ${conditions.join(' AND ')}`,
    ...(groupBy.length === 0 ? [] : [`GROUP BY ${groupBy.map(named).join(', ')}`]),
  ].join(' ')
}

/** The values that a tag has, for a variable. */
export function tagValues(from: Asked['from'], tag: string, where: Readonly<Record<string, string>>): string {
  const conditions = tagConditions(where).join(' AND ')
  return `SHOW TAG VALUES FROM ${named(from)} WITH KEY = ${named(tag)} WHERE ${conditions}`
}

/** A field's values of what stands there whenever it is asked (`scope`, `meter`, `page`), for a variable. */
export function fieldValues(
  from: Asked['from'],
  field: string,
  where: Readonly<Record<string, string>>,
): string {
  const condition = (fields[from] as Record<string, string | null>)[field]
  const conditions = [...tagConditions(where), ...(condition == null ? [] : [condition]), EVER].join(' AND ')
  return `SELECT ${named(field)} FROM ${named(from)} WHERE ${conditions}`
}

function tagConditions(where: Readonly<Record<string, string>>): string[] {
  return Object.entries(where).map(([tag, value]) =>
    value.startsWith('/') ? `${named(tag)} =~ ${value}` : `${named(tag)} = '${value}'`,
  )
}

function named(text: string): string {
  return `"${text}"`
}
