import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type Panel,
  RowBuilder,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { type Language, type Said, uidOf } from './language.ts'
import { headLinks } from './links.ts'
import { page } from './variables.ts'

/** Panels that answer one question, under its heading. */
export interface Section {
  readonly heading: Said
  readonly panels: readonly Builder<Panel>[]
}

export interface Layout {
  /** As in the registry of `all.ts`. */
  readonly name: string
  readonly title: Said
  readonly description: Said
  readonly time: { readonly from: string; readonly to: string }
  readonly variables: readonly Builder<VariableModel>[]
  /** What the page is opened at from here, such as `site=${site}`; empty for its overview. */
  readonly page: string
  readonly sections: readonly Section[]
}

/** A dashboard that is put together. Panels are numbered in their order, which the SDK leaves to Grafana. */
export function dashboard(lang: Language, layout: Layout): Dashboard {
  const { name, title, description, time, variables, sections } = layout
  const builder = new DashboardBuilder(title[lang])
    .uid(uidOf(name, lang))
    .description(description[lang])
    .tags(['wattwell', `wattwell-${lang}`])
    .readonly()
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .time(time)
    .refresh('5m')
    .links(headLinks(lang, name, layout.page))
    .variables([page(lang), ...variables])
  for (const { heading, panels } of sections) {
    builder.withRow(new RowBuilder(heading[lang]))
    for (const panel of panels) builder.withPanel(panel)
  }
  const built = builder.build()
  return { ...built, panels: (built.panels ?? []).map((panel, i) => ({ ...panel, id: i + 1 })) }
}
