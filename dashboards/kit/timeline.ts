import { VisibilityMode } from '@grafana/grafana-foundation-sdk/common'
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline'
import type { Language } from './language.ts'
import { dressed, legendBelow, type PanelText } from './panel.ts'
import type { Question } from './queries.ts'

/** States over time, a row a series: each holds until the next. Give it mappings and thresholds for their looks. */
export function timeline(
  lang: Language,
  text: PanelText,
  questions: readonly Question[],
): statetimeline.PanelBuilder {
  return dressed(lang, new statetimeline.PanelBuilder(), text, questions)
    .mergeValues(true)
    .showValue(VisibilityMode.Never)
    .rowHeight(0.8)
    .fillOpacity(80)
    .lineWidth(0)
    .legend(legendBelow())
}
