import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard'
import { type Language, type Said, uidOf } from './language.ts'

/** A link of a field: of a cell, a point or a tile. */
export interface Link {
  readonly title: string
  readonly url: string
  readonly targetBlank?: boolean
}

/**
 * To another dashboard, over the same time. `variables` are set there; `${__data.fields.name}` stands for
 * another field of the row, `${site}` for a variable of this dashboard.
 */
export function toDashboard(
  lang: Language,
  title: Said,
  name: string,
  variables: Readonly<Record<string, string>> = {},
): Link {
  const set = Object.entries(variables).map(([variable, value]) => `var-${variable}=${value}`)
  return { title: title[lang], url: `/d/${uidOf(name, lang)}?${[...set, '${__url_time_range}'].join('&')}` }
}

/** Into the page, whose address the variable `page` holds; `query` such as `site=${site}`. */
export function toPage(lang: Language, title: Said, query: string): Link {
  return { title: title[lang], url: pageUrl(lang, query), targetBlank: true }
}

function pageUrl(lang: Language, query: string): string {
  return `\${page:raw}/?${[query, `lang=${lang}`].filter((part) => part !== '').join('&')}`
}

/** At the top of a dashboard: a list of all, the same one in the other language, and the page. */
export function headLinks(lang: Language, name: string, query: string): DashboardLinkBuilder[] {
  const other: Language = lang === 'en' ? 'zh' : 'en'
  return [
    new DashboardLinkBuilder(lang === 'zh' ? '仪表板' : 'Dashboards')
      .type(DashboardLinkType.Dashboards)
      .icon('external link')
      .tags([`wattwell-${lang}`])
      .asDropdown(true)
      .includeVars(true)
      .keepTime(true),
    new DashboardLinkBuilder(other === 'zh' ? '中文' : 'English')
      .type(DashboardLinkType.Link)
      .icon('dashboard')
      .url(`/d/${uidOf(name, other)}`)
      .includeVars(true)
      .keepTime(true),
    new DashboardLinkBuilder(lang === 'zh' ? '能耗网页' : 'Page')
      .type(DashboardLinkType.Link)
      .icon('external link')
      .url(pageUrl(lang, query))
      .targetBlank(true),
  ]
}
