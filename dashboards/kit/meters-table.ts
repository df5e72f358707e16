import type * as table from '@grafana/grafana-foundation-sdk/table'
import type { Language } from './language.ts'
import type { Link } from './links.ts'
import { asBar, onColour } from './looks.ts'
import { qualitySteps, qualityWords, roleNames, words } from './names.ts'
import { rows } from './table.ts'

const where = { meter: '/^$meter$/' }
const groupBy = ['meter']

/** A row a meter: its newest reading, what it used in the range, and how well that is known. */
export function metersTable(lang: Language, links: readonly Link[]): table.PanelBuilder {
  return rows(
    lang,
    {
      title: { en: 'Meters of $utility', zh: '$utility 的表计' },
      description: {
        en: 'Last value: the newest face of a register, or power or flow of a gauge, as it was sent. Used: the sum of the days in the range above, in the unit behind it. Quality and coverage: of the newest month. Submeters are part of what the others measure.',
        zh: '最新值：计数器最新表面读数，或量计的功率、流量，按发送的原样。用量：上方时段内各日之和，单位在其后。质量与覆盖率：最近一个月。分表已包含在其他表计之内。',
      },
      width: 24,
      height: 10,
    },
    [
      {
        from: 'meter',
        field: `name_${lang}`,
        by: 'last',
        as: 'name',
        where,
        groupBy: ['meter', 'role', 'unit'],
        ever: true,
      },
      { from: 'reading', field: 'value', by: 'last', as: 'last', where, groupBy },
      {
        from: 'consumption',
        field: 'value',
        by: 'sum',
        as: 'used',
        where: { ...where, grain: 'day' },
        groupBy,
      },
      {
        from: 'meter_quality',
        field: 'coverage',
        by: 'last',
        as: 'coverage',
        where: { ...where, grain: 'month' },
        groupBy,
      },
      {
        from: 'meter_quality',
        field: 'quality',
        by: 'last',
        as: 'quality',
        where: { ...where, grain: 'month' },
        groupBy,
      },
    ],
    {
      by: 'meter',
      columns: {
        name: { header: { en: 'Meter', zh: '表计' }, links },
        meter: { header: { en: 'Id', zh: '标识' } },
        role: { header: { en: 'Role', zh: '角色' }, mappings: words(lang, roleNames) },
        last: { header: { en: 'Last value', zh: '最新值' } },
        used: { header: { en: 'Used', zh: '用量' }, more: asBar('blue') },
        unit: { header: { en: 'Unit', zh: '单位' }, width: 90 },
        coverage: { header: { en: 'Covered', zh: '覆盖率' }, unit: 'percentunit', decimals: 1 },
        quality: {
          header: { en: 'Quality', zh: '质量' },
          mappings: qualityWords(lang),
          more: onColour(qualitySteps()),
        },
      },
    },
  ).decimals(1)
}
