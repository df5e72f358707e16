import { GraphDrawStyle, VisibilityMode } from '@grafana/grafana-foundation-sdk/common'
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard'
import type * as trend from '@grafana/grafana-foundation-sdk/trend'
import { dashed } from './chart.ts'
import type { Language } from './language.ts'
import { indicatorUnits } from './units.ts'
import { years } from './years.ts'

const chosen = { target: '/^$target$/' }
const ofPath = { from: 'target_path', where: chosen, ever: true } as const
const ofYear = { from: 'target', where: chosen, groupBy: ['unit'], ever: true } as const

const asPoints = (color: string, size: number): DynamicConfigValue[] => [
  { id: 'custom.drawStyle', value: GraphDrawStyle.Points },
  { id: 'custom.showPoints', value: VisibilityMode.Always },
  { id: 'custom.pointSize', value: size },
  { id: 'color', value: { mode: 'fixed', fixedColor: color } },
]

/** The path of each target that `$target` holds, with what was measured and what the running year comes to. */
export function pathsOfTargets(lang: Language): trend.PanelBuilder {
  return years(
    lang,
    {
      title: { en: 'Path of $target', zh: '$target 的路径' },
      description: {
        en: 'Dashed: the path from the baseline to the limit, years to come included. Bars: what was measured; the running year is so far. Large point: what the whole year comes to, projected from its complete months; small points: the band that it is expected in.',
        zh: '虚线：从基准到限值的路径，含未来年份。柱：实测值，本年为至今。大点：由完整月份推算的全年值；小点：预计的区间。',
      },
      width: 24,
      height: 9,
      units: indicatorUnits,
    },
    [
      { ...ofPath, field: 'year', name: 'year' },
      {
        ...ofPath,
        field: 'actual',
        groupBy: ['unit'],
        name: { en: 'measured ($tag_unit)', zh: '实测 ($tag_unit)' },
      },
      {
        ...ofPath,
        field: 'path',
        groupBy: ['unit'],
        name: { en: 'path ($tag_unit)', zh: '路径 ($tag_unit)' },
      },
      {
        ...ofYear,
        field: 'projected',
        name: { en: 'whole year, projected ($tag_unit)', zh: '全年推算 ($tag_unit)' },
      },
      { ...ofYear, field: 'low', name: { en: 'at least ($tag_unit)', zh: '下限 ($tag_unit)' } },
      { ...ofYear, field: 'high', name: { en: 'at most ($tag_unit)', zh: '上限 ($tag_unit)' } },
    ],
  )
    .overrideByQuery('C', dashed)
    .overrideByQuery('D', asPoints('orange', 12))
    .overrideByQuery('E', asPoints('light-orange', 6))
    .overrideByQuery('F', asPoints('light-orange', 6))
    .repeat('target')
    .repeatDirection('h')
    .maxPerRow(3)
}
