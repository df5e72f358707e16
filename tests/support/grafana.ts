import { DAY_MS } from '../../core/calendar.ts'
import { HOUR_MS } from '../../core/window.ts'

/** What Grafana reads of a dashboard, as far as the tests do. */
export interface DashboardJson {
  readonly title: string
  readonly uid: string
  readonly schemaVersion: number
  readonly time: { readonly from: string; readonly to: string }
  readonly links: readonly {
    readonly title: string
    readonly url?: string
    readonly tags: readonly string[]
  }[]
  readonly templating: { readonly list: readonly VariableJson[] }
  readonly panels: readonly PanelJson[]
}

export interface VariableJson {
  readonly name: string
  readonly type: 'query' | 'custom'
  readonly multi: boolean
  readonly includeAll: boolean
  readonly query: { readonly refId: string; readonly query: string } | string
  readonly regex?: string
  readonly current?: { readonly value: string }
  readonly datasource?: { readonly uid: string }
}

export interface PanelJson {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly description: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly datasource: { readonly type: string; readonly uid: string }
  readonly timeFrom?: string
  readonly repeat?: string
  readonly targets: readonly QueryJson[]
  readonly transformations?: readonly {
    readonly id: string
    readonly options?: { readonly excludeByName?: Readonly<Record<string, boolean>> }
  }[]
  readonly options: unknown
  readonly fieldConfig: {
    readonly defaults: { readonly unit?: string; readonly custom?: unknown }
    readonly overrides: readonly {
      readonly matcher: { readonly id: string; readonly options: string }
      readonly properties: readonly { readonly id: string; readonly value: unknown }[]
    }[]
  }
}

export interface QueryJson {
  readonly refId: string
  readonly query: string
  readonly rawQuery: boolean
  readonly resultFormat: 'time_series' | 'table'
  readonly alias?: string
  readonly datasource: { readonly type: string; readonly uid: string }
}

export interface Range {
  readonly from: number
  readonly to: number
}

/** The names of the variables in a text, Grafana's own included. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g)].map(
    (match) => (match[1] ?? match[2]) as string,
  )
}

/** `now`, `now-90d` or `now/y-2d`, in UTC: rounded and shifted in the order of its parts. */
export function instantOf(text: string, now: number): number {
  const parts = /^now((?:\/y|[-+]\d+[ydh])*)$/.exec(text)
  if (parts === null) throw new Error(`"${text}" is not understood`)
  let at = now
  for (const part of (parts[1] as string).match(/\/y|[-+]\d+[ydh]/g) ?? []) {
    if (part === '/y') at = Date.UTC(new Date(at).getUTCFullYear(), 0, 1)
    else {
      const amount = Number.parseInt(part, 10)
      if (part.endsWith('h')) at += amount * HOUR_MS
      else if (part.endsWith('d')) at += amount * DAY_MS
      else at = new Date(at).setUTCFullYear(new Date(at).getUTCFullYear() + amount)
    }
  }
  return at
}

/** The range of a panel: its own where it has one, else the dashboard's. */
export function rangeOf(dashboard: DashboardJson, panel: PanelJson, now: number): Range {
  if (panel.timeFrom !== undefined) return { from: instantOf(`now-${panel.timeFrom}`, now), to: now }
  return { from: instantOf(dashboard.time.from, now), to: instantOf(dashboard.time.to, now) }
}

/** What a variable was set to: several values only where it takes several. */
export type Choices = Readonly<Record<string, string | readonly string[]>>

/**
 * A query as Grafana's InfluxQL data source sends it. Values of a variable that takes several are
 * escaped for a pattern and joined; a single one is escaped only where it stands in a pattern.
 */
export function filled(
  query: string,
  variables: readonly VariableJson[],
  choices: Choices,
  range?: Range,
): string {
  const own: Record<string, string> =
    range === undefined
      ? {}
      : { timeFilter: `time >= ${Math.round(range.from)}ms and time <= ${Math.round(range.to)}ms` }
  return query.replace(/\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g, (whole, braced, plain) => {
    const name = braced ?? plain
    if (own[name] !== undefined) return own[name]
    const variable = variables.find((one) => one.name === name)
    const value = choices[name]
    if (variable === undefined || value === undefined) throw new Error(`nothing stands for ${whole}`)
    if (variable.multi) {
      return typeof value === 'string' ? escaped(value) : `(${value.map(escaped).join('|')})`
    }
    if (typeof value !== 'string') throw new Error(`${name} takes one value`)
    return new RegExp(`=~ /[^/]*\\$\\{?${name}\\b`).test(query) ? escaped(value) : value
  })
}

function escaped(value: string): string {
  return value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&')
}

/** One value of a variable from one of its query's: what its pattern catches of it. */
export function caught(variable: VariableJson, value: string): string[] {
  if (variable.regex === undefined || variable.regex === '') return [value]
  const match = new RegExp(variable.regex.slice(1, variable.regex.lastIndexOf('/'))).exec(value)
  return match === null ? [] : [match.groups?.value ?? match[1] ?? match[0]]
}

export interface InfluxSeries {
  readonly name: string
  readonly tags?: Readonly<Record<string, string>>
  readonly columns: readonly string[]
  readonly values: readonly (readonly (string | number | null)[])[]
}

/** Asks an InfluxDB over HTTP, as Grafana's backend does. Rejects with what the server refuses. */
export async function askInflux(url: string, database: string, query: string): Promise<InfluxSeries[]> {
  const answer = await fetch(`${url}/query?${new URLSearchParams({ db: database, epoch: 'ms' })}`, {
    method: 'POST',
    body: new URLSearchParams({ q: query }),
  })
  const { results = [], error } = (await answer.json()) as {
    error?: string
    results?: { error?: string; series?: InfluxSeries[] }[]
  }
  const refused = error ?? results[0]?.error
  if (refused !== undefined) throw new Error(`${refused}: ${query}`)
  return results[0]?.series ?? []
}
