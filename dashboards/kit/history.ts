import { VisibilityMode } from '@grafana/grafana-foundation-sdk/common'
import * as statushistory from '@grafana/grafana-foundation-sdk/statushistory'
import type { Language } from './language.ts'
import { dressed, legendBelow, type PanelText } from './panel.ts'
import type { Question } from './queries.ts'

/** A row a series and a cell a point, coloured by its value. Where nothing is known there is no cell. */
export function history(
  lang: Language,
  text: PanelText,
  questions: readonly Question[],
): statushistory.PanelBuilder {
  return dressed(lang, new statushistory.PanelBuilder(), text, questions)
    .showValue(VisibilityMode.Never)
    .rowHeight(0.9)
    .colWidth(0.95)
    .legend(legendBelow())
}
