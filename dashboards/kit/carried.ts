import type * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline'
import type { Language } from './language.ts'
import { coloured, indicatorNames } from './names.ts'
import { steps } from './panel.ts'
import { timeline } from './timeline.ts'

const scopes = ['ghg-scope1', 'ghg-scope2', 'ghg-scope2-market']

/** In which months a scope's emissions rest on a factor of an earlier time. */
export function carriedTimeline(lang: Language, scope: string): statetimeline.PanelBuilder {
  return timeline(
    lang,
    {
      title: { en: 'Where a factor was carried forward', zh: '沿用旧排放因子之处' },
      description: {
        en: 'A month in which one of the factors was used after its last day, because no newer one is entered yet; the figure will be restated when it is. factors.yaml says which may be carried.',
        zh: '当月有排放因子在其最后有效日之后仍被沿用，因为尚未录入新因子；录入后数值将重述。哪些可沿用由 factors.yaml 规定。',
      },
      width: 14,
      height: 7,
      names: Object.fromEntries(scopes.map((id) => [id, indicatorNames[id] ?? { en: id, zh: id }])),
    },
    [
      {
        from: 'kpi',
        field: 'carried',
        where: { scope, indicator: `/^(${scopes.join('|')})$/`, grain: 'month' },
        groupBy: ['indicator'],
        name: '$tag_indicator',
      },
    ],
  )
    .mappings(
      coloured(lang, {
        '0': [{ en: 'of its time', zh: '当期因子' }, 'green'],
        '1': [{ en: 'carried forward', zh: '沿用旧因子' }, 'yellow'],
      }),
    )
    .thresholds(steps(['green', null], ['yellow', 1]))
}
