import type { DynamicConfigValue, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard'
import * as table from '@grafana/grafana-foundation-sdk/table'
import type { Language, Said } from './language.ts'
import type { Link } from './links.ts'
import { dressed, type PanelText } from './panel.ts'
import type { Question } from './queries.ts'
import { joinedBy } from './transformations.ts'

export interface Column {
  readonly header: Said
  /** Of Grafana; `grafanaUnit` knows those of ours. */
  readonly unit?: string
  readonly decimals?: number
  readonly width?: number
  /** There for links only. */
  readonly hidden?: true
  readonly mappings?: readonly ValueMapping[]
  readonly links?: readonly Link[]
  /** Whatever else Grafana lets a field have. */
  readonly more?: readonly DynamicConfigValue[]
}

/** Rows of a tag, one column a question: joined by that tag, without the instants. Columns stand in their order. */
export function rows(
  lang: Language,
  text: PanelText,
  questions: readonly Question[],
  { by, columns }: { readonly by: string; readonly columns: Readonly<Record<string, Column>> },
): table.PanelBuilder {
  const panel = dressed(lang, new table.PanelBuilder(), text, questions).transformations(
    joinedBy(by, { order: Object.keys(columns) }),
  )
  for (const [name, column] of Object.entries(columns)) panel.overrideByName(name, propertiesOf(column, lang))
  return panel
}

/** Points one by one, the newest first: a column a field. */
export function list(
  lang: Language,
  text: PanelText,
  question: Question,
  columns: Readonly<Record<string, Column>>,
): table.PanelBuilder {
  const panel = dressed(lang, new table.PanelBuilder(), text, [question]).transformations([
    {
      id: 'organize',
      options: {
        excludeByName: {},
        indexByName: Object.fromEntries(Object.keys(columns).map((column, i) => [column, i])),
        renameByName: {},
      },
    },
  ])
  for (const [name, column] of Object.entries(columns)) panel.overrideByName(name, propertiesOf(column, lang))
  return panel
}

function propertiesOf(column: Column, lang: Language): DynamicConfigValue[] {
  const { header, unit, decimals, width, hidden, mappings, links, more = [] } = column
  return [
    { id: 'displayName', value: header[lang] },
    ...given('unit', unit),
    ...given('decimals', decimals),
    ...given('custom.width', width),
    ...given('custom.hidden', hidden),
    ...given('mappings', mappings),
    ...given('links', links),
    ...more,
  ]
}

function given(id: string, value: unknown): DynamicConfigValue[] {
  return value === undefined ? [] : [{ id, value }]
}
