import { GraphDrawStyle, VisibilityMode } from '@grafana/grafana-foundation-sdk/common'
import * as trend from '@grafana/grafana-foundation-sdk/trend'
import type { Language } from './language.ts'
import { dressed, legendBelow, type PanelText, tooltipOfAll } from './panel.ts'
import type { Question } from './queries.ts'

/**
 * Years side by side, those to come as well, which no time axis shows that ends now. One of the questions
 * asks for the field `year` under the name `year`.
 */
export function years(lang: Language, text: PanelText, questions: readonly Question[]): trend.PanelBuilder {
  return dressed(lang, new trend.PanelBuilder(), text, questions)
    .transformations([
      { id: 'joinByField', options: { byField: 'Time', mode: 'outer' } },
      { id: 'filterFieldsByName', options: { exclude: { names: ['Time'] } } },
    ])
    .xField('year')
    .drawStyle(GraphDrawStyle.Bars)
    .fillOpacity(60)
    .lineWidth(0)
    .showPoints(VisibilityMode.Never)
    .axisSoftMin(0)
    .legend(legendBelow())
    .tooltip(tooltipOfAll())
    .overrideByName('year', [{ id: 'unit', value: 'none' }])
}
