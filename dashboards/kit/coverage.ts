import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries'
import { chart } from './chart.ts'
import type { Language } from './language.ts'
import type { PanelText } from './panel.ts'

type Covered = 'usage' | 'kpi' | 'meter_quality'

/** How much of each span is covered, and how much of its value is estimated. */
export function coverageChart(
  lang: Language,
  size: Pick<PanelText, 'width' | 'height'>,
  of: { readonly from: Covered; readonly where: Readonly<Record<string, string>> },
): timeseries.PanelBuilder {
  return chart(
    lang,
    {
      ...size,
      title: { en: 'Coverage and estimates', zh: '覆盖率与估算' },
      description: {
        en: 'Coverage: the share of each span, or of its elapsed part, that lies between readings, of the worst meter. Estimated: the share of the value that lies inside a long gap. Spans without any reading are left out.',
        zh: '覆盖率：每段时间（或其已过部分）中处于读数之间的比例，取最差的表计。估算：数值中落在长缺口内的比例。没有读数的时段不显示。',
      },
    },
    [
      { ...of, field: 'coverage', name: { en: 'covered', zh: '覆盖率' } },
      { ...of, field: 'estimated', name: { en: 'estimated', zh: '估算' } },
    ],
  )
    .unit('percentunit')
    .min(0)
    .max(1)
}
