import {
  GraphDrawStyle,
  StackingConfigBuilder,
  StackingMode,
  VisibilityMode,
} from '@grafana/grafana-foundation-sdk/common'
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard'
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries'
import type { Language } from './language.ts'
import { dressed, legendBelow, type PanelText, tooltipOfAll } from './panel.ts'
import type { Question } from './queries.ts'

/** Values over time. What is unknown leaves a gap. */
export function chart(
  lang: Language,
  text: PanelText,
  questions: readonly Question[],
  style: GraphDrawStyle = GraphDrawStyle.Line,
): timeseries.PanelBuilder {
  return dressed(lang, new timeseries.PanelBuilder(), text, questions)
    .drawStyle(style)
    .fillOpacity(style === GraphDrawStyle.Bars ? 60 : 10)
    .lineWidth(style === GraphDrawStyle.Bars ? 0 : 2)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .axisSoftMin(0)
    .legend(legendBelow())
    .tooltip(tooltipOfAll())
}

/** The same as bars. */
export function barChart(
  lang: Language,
  text: PanelText,
  questions: readonly Question[],
): timeseries.PanelBuilder {
  return chart(lang, text, questions, GraphDrawStyle.Bars)
}

/** Bars on top of each other: of parts that make up a whole. */
export function stackedBars(
  lang: Language,
  text: PanelText,
  questions: readonly Question[],
): timeseries.PanelBuilder {
  return barChart(lang, text, questions).stacking(new StackingConfigBuilder().mode(StackingMode.Normal))
}

/** A line among bars, for `overrideByQuery`. */
export const asLine: DynamicConfigValue[] = [
  { id: 'custom.drawStyle', value: GraphDrawStyle.Line },
  { id: 'custom.lineWidth', value: 2 },
  { id: 'custom.fillOpacity', value: 0 },
  { id: 'custom.showPoints', value: VisibilityMode.Always },
]

/** A dashed line, as of a path or a limit, for `overrideByQuery`. */
export const dashed: DynamicConfigValue[] = [
  { id: 'custom.drawStyle', value: GraphDrawStyle.Line },
  { id: 'custom.lineWidth', value: 2 },
  { id: 'custom.lineStyle', value: { fill: 'dash', dash: [10, 10] } },
  { id: 'custom.fillOpacity', value: 0 },
  { id: 'custom.showPoints', value: VisibilityMode.Never },
  { id: 'custom.spanNulls', value: true },
]
