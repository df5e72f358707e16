import * as bargauge from '@grafana/grafana-foundation-sdk/bargauge'
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common'
import * as stat from '@grafana/grafana-foundation-sdk/stat'
import type { Language } from './language.ts'
import { dressed, newest, type PanelText, steps } from './panel.ts'
import type { Question } from './queries.ts'
import { joinedBy } from './transformations.ts'

/** A tile a series, with its newest value. */
export function tiles(lang: Language, text: PanelText, questions: readonly Question[]): stat.PanelBuilder {
  return dressed(lang, new stat.PanelBuilder(), text, questions)
    .reduceOptions(newest())
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .textMode(BigValueTextMode.ValueAndName)
    .thresholds(steps(['text', null]))
}

/**
 * A tile a row of what is joined by a tag: named by the row's text, as a label, which one of the questions
 * asks for, and with the one number of the row, which is called `value`.
 */
export function tilesOfRows(
  lang: Language,
  text: PanelText,
  questions: readonly Question[],
  { by, value }: { readonly by: string; readonly value: string },
): stat.PanelBuilder {
  return tiles(lang, text, questions)
    .transformations(joinedBy(by, { without: [by] }))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields(`/^${value}$/`).values(true))
}

/** A bar a series, with its newest value. */
export function bars(lang: Language, text: PanelText, questions: readonly Question[]): bargauge.PanelBuilder {
  return dressed(lang, new bargauge.PanelBuilder(), text, questions)
    .reduceOptions(newest())
    .orientation(VizOrientation.Horizontal)
}

/** A bar a row, as the tiles of rows. */
export function barsOfRows(
  lang: Language,
  text: PanelText,
  questions: readonly Question[],
  { by, value }: { readonly by: string; readonly value: string },
): bargauge.PanelBuilder {
  return bars(lang, text, questions)
    .transformations(joinedBy(by, { without: [by] }))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields(`/^${value}$/`).values(true))
}
