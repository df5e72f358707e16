import {
  CustomVariableBuilder,
  QueryVariableBuilder,
  VariableHide,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import type { Language, Said } from './language.ts'
import { datasource, fieldValues } from './queries.ts'

/** A choice among what a query finds, looked up when the dashboard is opened. */
export function choice(
  lang: Language,
  variable: string,
  label: Said,
  query: string,
  standard?: string,
): QueryVariableBuilder {
  const built = new QueryVariableBuilder(variable)
    .label(label[lang])
    .datasource(datasource)
    .query({ refId: 'InfluxVariableQueryEditor-VariableQuery', query })
    .definition(query)
    .refresh(VariableRefresh.OnDashboardLoad)
    .sort(VariableSort.AlphabeticalAsc)
  return standard === undefined ? built : built.current({ selected: true, text: standard, value: standard })
}

/** `Name · id`, as the labels of series are made: shown is the name, and the id is filled in. */
const NAME_AND_ID = '/^(?<text>.*) · (?<value>\\S+)$/'

/** A choice among what carries labels, by name: `where` as of a question. */
export function choiceByName(
  lang: Language,
  variable: string,
  label: Said,
  from: 'scope' | 'meter' | 'target' | 'usage' | 'kpi',
  where: Readonly<Record<string, string>>,
  standard?: string,
): QueryVariableBuilder {
  return choice(lang, variable, label, fieldValues(from, `label_${lang}`, where), standard).regex(NAME_AND_ID)
}

/** The address of the page, for links into it. */
export function page(lang: Language): QueryVariableBuilder {
  return choice(lang, 'page', { en: 'Page', zh: '网页' }, fieldValues('page', 'address', {})).hide(
    VariableHide.HideVariable,
  )
}

/** A choice among a few values, each with what it is called. */
export function choiceOf(
  lang: Language,
  variable: string,
  label: Said,
  values: Readonly<Record<string, Said>>,
  standard: string,
): CustomVariableBuilder {
  const text = (value: string) => values[value]?.[lang] ?? value
  return new CustomVariableBuilder(variable)
    .label(label[lang])
    .values(
      Object.keys(values)
        .map((value) => `${text(value)} : ${value}`)
        .join(','),
    )
    .current({ selected: true, text: text(standard), value: standard })
}

export const grains = {
  hour: { en: 'hour', zh: '小时' },
  day: { en: 'day', zh: '日' },
  month: { en: 'month', zh: '月' },
  year: { en: 'year', zh: '年' },
} as const satisfies Record<string, Said>
