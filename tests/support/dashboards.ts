import { readFileSync } from 'node:fs'
import { dashboards } from '../../dashboards/all.ts'
import { type Language, languages } from '../../dashboards/kit/language.ts'
import type { DashboardJson, PanelJson } from './grafana.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

/** A dashboard as it stands in the repository. */
export function committed(lang: Language, name: string): DashboardJson {
  return JSON.parse(read(`dashboards/generated/${lang}/${name}.json`))
}

/** The panels of a dashboard that ask something: all but headings and texts. */
export function askingPanels({ panels }: DashboardJson): PanelJson[] {
  return panels.filter(({ type }) => type !== 'row' && type !== 'text')
}

/** Every dashboard in every language, for `describe.each`. */
export const everyDashboard = languages.flatMap((lang) =>
  Object.keys(dashboards).map((name) => ({ name, lang, dashboard: committed(lang, name) })),
)
