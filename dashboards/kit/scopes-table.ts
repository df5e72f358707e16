import type * as table from '@grafana/grafana-foundation-sdk/table'
import type { Language } from './language.ts'
import { type Link, toDashboard, toPage } from './links.ts'
import { asBar } from './looks.ts'
import type { PanelText } from './panel.ts'
import { type Column, rows } from './table.ts'

/** A row a scope: an indicator in the running year and the year before, and how well it is known. `scope`: a pattern. */
export function scopesTable(
  lang: Language,
  text: PanelText,
  {
    scope,
    indicator,
    links,
  }: { readonly scope: string; readonly indicator: string; readonly links: readonly Link[] },
): table.PanelBuilder {
  const kpi = (field: 'value' | 'previous' | 'coverage' | 'estimated') =>
    ({
      from: 'kpi',
      field,
      by: 'last',
      as: field,
      where: { scope, indicator, grain: 'year' },
      groupBy: field === 'value' ? ['scope', 'unit'] : ['scope'],
    }) as const
  const share: Partial<Column> = { unit: 'percentunit', decimals: 1 }
  return rows(
    lang,
    text,
    [
      {
        from: 'scope',
        field: `name_${lang}`,
        by: 'last',
        as: 'name',
        where: { scope },
        groupBy: ['scope', 'site'],
        ever: true,
      },
      kpi('value'),
      kpi('previous'),
      kpi('coverage'),
      kpi('estimated'),
    ],
    {
      by: 'scope',
      columns: {
        name: { header: { en: 'Name', zh: '名称' }, width: 260, links },
        value: { header: { en: 'So far this year', zh: '本年至今' }, decimals: 3, more: asBar('blue') },
        previous: { header: { en: 'Year before', zh: '上年' }, decimals: 3 },
        unit: { header: { en: 'Unit', zh: '单位' }, width: 150 },
        coverage: { header: { en: 'Covered', zh: '覆盖率' }, width: 110, ...share },
        estimated: { header: { en: 'Estimated', zh: '估算' }, width: 110, ...share },
        scope: { header: { en: 'Scope', zh: '范围' }, hidden: true },
        site: { header: { en: 'Site', zh: '场所' }, hidden: true },
      },
    },
  )
}

/** From a row of a site to its dashboard, and to its view on the page. */
export function siteLinks(lang: Language): Link[] {
  return [
    toDashboard(lang, { en: 'Dashboard of the site', zh: '场所仪表板' }, 'site', {
      site: '${__data.fields.site}',
    }),
    toPage(lang, { en: 'The site on the page', zh: '在网页中查看场所' }, 'site=${__data.fields.site}'),
  ]
}
