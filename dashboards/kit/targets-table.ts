import type * as table from '@grafana/grafana-foundation-sdk/table'
import type { Language } from './language.ts'
import type { Link } from './links.ts'
import { asBar, onColour } from './looks.ts'
import { verdictSteps, verdictWords } from './names.ts'
import { rows } from './table.ts'

const where = { target: '/^$target$/' }
const column = (field: 'actual' | 'projected' | 'low' | 'high' | 'path' | 'limit' | 'progress') =>
  ({ from: 'target', field, by: 'last', as: field, where, groupBy: ['target'] }) as const

/** A row a target of the year: how it stands, what it comes to, what it must be, and what is left. */
export function targetsTable(lang: Language, links: readonly Link[]): table.PanelBuilder {
  return rows(
    lang,
    {
      title: { en: 'The targets of the year', zh: '本年度目标' },
      description: {
        en: 'So far: measured since 1 January, of a cumulative target since its first year. Whole year: what it comes to, between at least and at most, of a cumulative target all its years. This year: the point of the path, or the limit. In the end: what must be met in the target year. Left: what may still be used this year without missing the path, in the unit behind it; less than nothing means exceeded. An empty cell is unknown.',
        zh: '至今：自 1 月 1 日起的实测值，累计目标则自首年起。全年：推算值及其上下限，累计目标为全部年份。本年：路径上本年的值或限值。最终：目标年必须达到的值。剩余：不偏离路径本年还可使用的量，单位在其后，负数表示已超出。空格表示未知。',
      },
      width: 24,
      height: 12,
    },
    [
      { from: 'target', field: `name_${lang}`, by: 'last', as: 'name', where, groupBy: ['target'] },
      { from: 'target', field: `scope_${lang}`, by: 'last', as: 'of', where, groupBy: ['target'] },
      { from: 'target', field: 'verdict', by: 'last', as: 'verdict', where, groupBy: ['target', 'unit'] },
      column('actual'),
      column('projected'),
      column('low'),
      column('high'),
      column('path'),
      column('limit'),
      column('progress'),
      {
        from: 'target',
        field: 'allowance',
        by: 'last',
        as: 'allowance',
        where,
        groupBy: ['target', 'amount_unit'],
      },
    ],
    {
      by: 'target',
      columns: {
        name: { header: { en: 'Target', zh: '目标' }, width: 230, links },
        of: { header: { en: 'Of', zh: '范围' }, width: 190 },
        verdict: {
          header: { en: 'Verdict', zh: '判定' },
          width: 130,
          mappings: verdictWords(lang),
          more: onColour(verdictSteps()),
        },
        actual: { header: { en: 'So far', zh: '至今' } },
        projected: { header: { en: 'Whole year', zh: '全年' } },
        low: { header: { en: 'At least', zh: '下限' } },
        high: { header: { en: 'At most', zh: '上限' } },
        path: { header: { en: 'This year', zh: '本年' } },
        limit: { header: { en: 'In the end', zh: '最终' } },
        unit: { header: { en: 'Unit', zh: '单位' }, width: 130 },
        progress: {
          header: { en: 'Progress', zh: '进度' },
          unit: 'percentunit',
          decimals: 0,
          more: asBar('blue', 1.5),
        },
        allowance: { header: { en: 'Left', zh: '剩余' }, decimals: 0 },
        amount_unit: { header: { en: 'in', zh: '剩余单位' }, width: 90 },
        target: { header: { en: 'Id', zh: '标识' }, hidden: true },
      },
    },
  ).decimals(3)
}
