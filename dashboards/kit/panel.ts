import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  type DynamicConfigValue,
  type Panel,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard'
import type { Language, Said } from './language.ts'
import { datasource, InfluxqlQuery, type Question } from './queries.ts'
import { grafanaUnit } from './units.ts'

/** What every panel is given. */
export interface PanelText {
  readonly title: Said
  /** How the figure is made, for whoever points at the panel. */
  readonly description: Said
  /** Of the 24 columns. */
  readonly width: number
  /** In rows of 30 pixels. */
  readonly height: number
  /** A range of its own, back from now, such as `1y`. */
  readonly back?: string
  /** Units that stand at the end of its series' names, as in `energy (MWh)`. */
  readonly units?: readonly string[]
  /** What series are called that a query names by a tag, such as an indicator: by that name, and with its unit. */
  readonly names?: Readonly<Record<string, Said>>
}

/** What the builders of all kinds of panels share. */
interface AnyPanel<Self> extends Builder<Panel> {
  title(text: string): Self
  description(text: string): Self
  datasource(ref: typeof datasource): Self
  span(width: number): Self
  height(height: number): Self
  targets(queries: InfluxqlQuery[]): Self
  timeFrom(back: string): Self
  hideTimeOverride(hide: boolean): Self
  noValue(text: string): Self
  overrideByName(name: string, properties: DynamicConfigValue[]): Self
  overrideByRegexp(pattern: string, properties: DynamicConfigValue[]): Self
}

/** Sets what all panels have. Queries are lettered in their order. */
export function dressed<Self extends AnyPanel<Self>>(
  lang: Language,
  panel: Self,
  { title, description, width, height, back, units = [], names = {} }: PanelText,
  questions: readonly Question[],
): Self {
  panel
    .title(title[lang])
    .description(description[lang])
    .datasource(datasource)
    .span(width)
    .height(height)
    .targets(questions.map((question, i) => new InfluxqlQuery(refIdOf(i), question, lang)))
    .noValue(lang === 'zh' ? '未知' : 'unknown')
  if (back !== undefined) panel.timeFrom(back).hideTimeOverride(true)
  // A name goes with its unit: once a series is called otherwise, the end of its name tells no more.
  for (const [name, said] of Object.entries(names)) {
    const unit = /\(([^()]+)\)$/.exec(name)?.[1]
    panel.overrideByName(name, [
      { id: 'displayName', value: said[lang] },
      ...(unit === undefined ? [] : [{ id: 'unit', value: grafanaUnit(unit) }]),
    ])
  }
  for (const unit of units)
    panel.overrideByRegexp(`/\\(${unit.replace(/[/.]/g, '\\$&')}\\)$/`, [
      { id: 'unit', value: grafanaUnit(unit) },
    ])
  return panel
}

/** The letter of the query at a place: A, B, … */
export function refIdOf(place: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + place)
}

export const newest = () => new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false)

export const legendBelow = () =>
  new VizLegendOptionsBuilder()
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .showLegend(true)

export const tooltipOfAll = () => new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi)

/** Thresholds from steps of a colour and the value that it holds from; the first has none. */
export function steps(...list: (readonly [color: string, from: number | null])[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(list.map(([color, value]) => ({ color, value })))
}
