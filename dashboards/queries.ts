import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog'

/** The data source of `provisioning/datasources`. */
export const datasource = { type: 'influxdb', uid: 'wattwell-influxdb' } as const

const KNOWN = '"known" = 1'
const JUDGED = '"verdict" >= 0'

/** What can be asked of the series of docs/series.md, and the condition under which a field counts. */
const fields = {
  usage: { value: KNOWN, coverage: KNOWN, estimated: KNOWN },
  kpi: { value: KNOWN, coverage: KNOWN, estimated: KNOWN, previous: '"previous_known" = 1' },
  target: {
    verdict: JUDGED,
    coverage: JUDGED,
    projected: KNOWN,
    actual: '"actual_known" = 1',
    path: '"path_known" = 1',
    limit: '"path_known" = 1',
    progress: '"progress_known" = 1',
    allowance: '"allowance_known" = 1',
  },
  target_path: { path: '"path_known" = 1', actual: KNOWN },
  consumption: { value: '"covered_ms" > 0' },
  reading: { value: null },
} as const satisfies Record<string, Record<string, string | null>>

type Measurement = keyof typeof fields

/** A question to one series, always within the time range of the panel, and of known values only. */
export interface Question<From extends Measurement> {
  readonly from: From
  readonly field: keyof (typeof fields)[From] & string
  /** One value of the range instead of every point. */
  readonly by?: 'last' | 'sum'
  /** The field's name in a table. */
  readonly as?: string
  /** Tags: a text that one must be, or between slashes a pattern. A variable of several values needs a pattern. */
  readonly where: Readonly<Record<string, string>>
  readonly groupBy?: readonly string[]
  /** A series' name; `$tag_unit` stands for its tag `unit`. */
  readonly name?: string
}

/** A query of a panel, in InfluxQL: the SDK has no builder for it. */
export class InfluxqlQuery implements Builder<Dataquery> {
  readonly #refId: string
  readonly #text: string
  readonly #name: string | undefined

  private constructor(refId: string, text: string, name: string | undefined) {
    this.#refId = refId
    this.#text = text
    this.#name = name
  }

  static of<From extends Measurement>(refId: string, question: Question<From>): InfluxqlQuery {
    return new InfluxqlQuery(refId, textOf(question), question.name)
  }

  build(): Dataquery {
    const query = {
      refId: this.#refId,
      datasource,
      rawQuery: true,
      query: this.#text,
      resultFormat: this.#name === undefined ? 'table' : 'time_series',
      ...(this.#name !== undefined && { alias: this.#name }),
    }
    return query as unknown as Dataquery
  }
}

function textOf<From extends Measurement>(question: Question<From>): string {
  const { from, field, by, as, where, groupBy = [] } = question
  const selected = by === undefined ? name(field) : `${by}(${name(field)})`
  const condition = (fields[from] as Record<string, string | null>)[field]
  const conditions = [
    ...Object.entries(where).map(([tag, value]) =>
      value.startsWith('/') ? `${name(tag)} =~ ${value}` : `${name(tag)} = '${value}'`,
    ),
    ...(condition === null || condition === undefined ? [] : [condition]),
    '$timeFilter',
  ]
  return [
    `SELECT ${selected}${as === undefined ? '' : ` AS ${name(as)}`} FROM ${name(from)}`,
    `WHERE ${conditions.join(' AND ')}`,
    ...(groupBy.length === 0 ? [] : [`GROUP BY ${groupBy.map(name).join(', ')}`]),
  ].join(' ')
}

/** The values that a tag has, for a variable. */
export function tagValues(from: Measurement | 'meter', tag: string, where: Readonly<Record<string, string>>) {
  const conditions = Object.entries(where).map(([key, value]) =>
    value.startsWith('/') ? `${name(key)} =~ ${value}` : `${name(key)} = '${value}'`,
  )
  return {
    refId: 'InfluxVariableQueryEditor-VariableQuery',
    query: `SHOW TAG VALUES FROM ${name(from)} WITH KEY = ${name(tag)} WHERE ${conditions.join(' AND ')}`,
  }
}

function name(text: string): string {
  return `"${text}"`
}
