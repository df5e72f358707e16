import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries'
import { asLine, barChart } from './chart.ts'
import type { Language } from './language.ts'
import type { PanelText } from './panel.ts'
import { unitsOf } from './units.ts'

/** An indicator of a scope in each month of the range as bars, and the same month a year before as a line. */
export function months(
  lang: Language,
  text: PanelText,
  of: { readonly scope: string; readonly indicator: string },
): timeseries.PanelBuilder {
  const where = { ...of, grain: 'month' }
  const { en, zh } = text.description
  return barChart(
    lang,
    {
      ...text,
      description: {
        en: `${en} Bars: each month; line: the same month of the year before. A month with less than 95 % coverage has none.`,
        zh: `${zh}柱：各月；线：上年同月。覆盖率低于 95 % 的月份不显示。`,
      },
      units: unitsOf(of.indicator),
    },
    [
      {
        from: 'kpi',
        field: 'value',
        where,
        groupBy: ['unit'],
        name: { en: 'month ($tag_unit)', zh: '当月 ($tag_unit)' },
      },
      {
        from: 'kpi',
        field: 'previous',
        where,
        groupBy: ['unit'],
        name: { en: 'year before ($tag_unit)', zh: '上年同月 ($tag_unit)' },
      },
    ],
  ).overrideByQuery('B', asLine)
}
