import { GraphDrawStyle, VisibilityMode } from '@grafana/grafana-foundation-sdk/common'
import * as trend from '@grafana/grafana-foundation-sdk/trend'
import type { Language } from './language.ts'
import { dressed, legendBelow, type PanelText, tooltipOfAll } from './panel.ts'
import type { Question } from './queries.ts'
import { consumptionUnits } from './units.ts'

/** The hours of a day side by side: a typical workday and day of rest of a site, and the day before. */
export function typicalDay(
  lang: Language,
  text: Omit<PanelText, 'units'>,
  where: { readonly scope: string; readonly utility: string },
): trend.PanelBuilder {
  const mean = (days: string, name: Question['name']): Question => ({
    from: 'profile',
    field: 'mean',
    where: { ...where, days },
    groupBy: ['unit'],
    ...(name !== undefined && { name }),
    ever: true,
  })
  const workday = { ...where, days: 'workday' }
  const questions: Question[] = [
    { from: 'profile', field: 'hour', where: workday, name: 'hour', ever: true },
    mean('workday', { en: 'workday ($tag_unit)', zh: '工作日 ($tag_unit)' }),
    mean('restday', { en: 'day of rest ($tag_unit)', zh: '休息日 ($tag_unit)' }),
    mean('yesterday', { en: 'yesterday ($tag_unit)', zh: '昨日 ($tag_unit)' }),
    {
      from: 'profile',
      field: 'high',
      where: workday,
      groupBy: ['unit'],
      name: { en: 'a high workday ($tag_unit)', zh: '较高的工作日 ($tag_unit)' },
      ever: true,
    },
  ]
  return dressed(lang, new trend.PanelBuilder(), { ...text, units: consumptionUnits }, questions)
    .transformations([
      { id: 'joinByField', options: { byField: 'Time', mode: 'outer' } },
      { id: 'filterFieldsByName', options: { exclude: { names: ['Time'] } } },
    ])
    .xField('hour')
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(2)
    .fillOpacity(0)
    .showPoints(VisibilityMode.Never)
    .axisSoftMin(0)
    .legend(legendBelow())
    .tooltip(tooltipOfAll())
    .overrideByName('hour', [{ id: 'unit', value: 'suffix::00' }])
}
