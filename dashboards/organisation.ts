import {
  BarGaugeDisplayMode,
  BigValueColorMode,
  TableCellDisplayMode,
} from '@grafana/grafana-foundation-sdk/common'
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { asLine, barChart, dashed } from './kit/chart.ts'
import { dashboard } from './kit/dashboard.ts'
import type { Language } from './kit/language.ts'
import { toPage } from './kit/links.ts'
import { verdictSteps, verdictWords } from './kit/names.ts'
import { steps } from './kit/panel.ts'
import { tagValues } from './kit/queries.ts'
import { rows } from './kit/table.ts'
import { bars, tiles } from './kit/tiles.ts'
import { consumptionUnits, indicatorUnits } from './kit/units.ts'
import { choice, choiceByName } from './kit/variables.ts'
import { years } from './kit/years.ts'

const everyTarget = { target: '/./' }
const chosen = { target: '/^$target$/' }
/** A column of the table of targets. */
const column = (field: 'projected' | 'actual' | 'path' | 'limit' | 'allowance') =>
  ({ from: 'target', field, by: 'last', as: field, where: everyTarget, groupBy: ['target'] }) as const

/** Whether the year's targets will be met, and what there is left to use. */
export function organisation(lang: Language): Dashboard {
  const whole = { scope: 'boundary:$boundary', indicator: '$indicator' }
  return dashboard(lang, {
    name: 'organisation',
    title: { en: 'Organisation: targets', zh: '组织：目标' },
    description: {
      en: 'Whether the targets of the running year will be met, by the complete months so far.',
      zh: '按已完整的月份判断本年度目标能否达成。',
    },
    // A year's point lies at its start in the scope's own zone, up to 14 hours before that of London.
    time: { from: 'now/y-2d', to: 'now' },
    page: '',
    variables: [
      choice(lang, 'target', { en: 'Target', zh: '目标' }, tagValues('target', 'target', everyTarget))
        .multi(true)
        .includeAll(true)
        .current({ selected: true, text: 'All', value: '$__all' }),
      choiceByName(lang, 'boundary', { en: 'Of', zh: '范围' }, 'scope', { kind: '/^boundary$/' }),
      choice(
        lang,
        'indicator',
        { en: 'Indicator', zh: '指标' },
        tagValues('kpi', 'indicator', { scope: 'boundary:$boundary' }),
        'energy-per-employee',
      ),
    ],
    sections: [
      {
        heading: { en: 'How the year will end', zh: '年末预测' },
        panels: [
          tiles(
            lang,
            {
              title: { en: 'Verdicts', zh: '判定' },
              description: {
                en: 'The verdict on what the whole year comes to, projected from its complete months by the course of the year before. Below 95 % coverage, or with more than 10 % estimated, there is none.',
                zh: '以完整月份按上年走势推算全年，再与目标比较得出判定。覆盖率低于 95 % 或估算超过 10 % 时不作判定。',
              },
              width: 24,
              height: 5,
            },
            [
              {
                from: 'target',
                field: 'verdict',
                by: 'last',
                where: chosen,
                groupBy: ['target'],
                name: '$tag_target',
              },
            ],
          )
            .colorMode(BigValueColorMode.Background)
            .mappings(verdictWords(lang))
            .thresholds(verdictSteps()),
          rows(
            lang,
            {
              title: { en: 'The targets of the year', zh: '本年度目标' },
              description: {
                en: 'So far: measured since 1 January, of a cumulative target since its first year. Whole year: what it comes to, of a cumulative target all its years. This year: the point of the path, or the limit. In the end: what must be met in the target year. Left: what may still be used this year, in MWh or t; less than nothing means exceeded. An empty cell is unknown.',
                zh: '至今：自 1 月 1 日起的实测值，累计目标则自首年起。全年：推算的全年值，累计目标为全部年份。本年：路径上本年的值或限值。最终：目标年必须达到的值。剩余：本年还可使用的量，单位为 MWh 或 t，负数表示已超出。空格表示未知。',
              },
              width: 24,
              height: 10,
            },
            [
              {
                from: 'target',
                field: 'verdict',
                by: 'last',
                as: 'verdict',
                where: everyTarget,
                groupBy: ['target', 'scope', 'unit'],
              },
              column('actual'),
              column('projected'),
              column('path'),
              column('limit'),
              column('allowance'),
            ],
            {
              by: 'target',
              columns: {
                target: {
                  header: { en: 'Target', zh: '目标' },
                  links: [
                    toPage(lang, { en: 'What drives it', zh: '影响因素' }, 'target=${__data.fields.target}'),
                  ],
                },
                scope: { header: { en: 'Of', zh: '范围' } },
                verdict: {
                  header: { en: 'Verdict', zh: '判定' },
                  mappings: verdictWords(lang),
                  more: [
                    { id: 'thresholds', value: verdictSteps().build() },
                    { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorBackground } },
                  ],
                },
                actual: { header: { en: 'So far', zh: '至今' } },
                projected: { header: { en: 'Whole year', zh: '全年' } },
                path: { header: { en: 'This year', zh: '本年' } },
                limit: { header: { en: 'In the end', zh: '最终' } },
                unit: { header: { en: 'Unit', zh: '单位' } },
                allowance: { header: { en: 'Left', zh: '剩余' }, decimals: 0 },
              },
            },
          ).decimals(3),
        ],
      },
      {
        heading: { en: 'What is left, and what verdicts rest on', zh: '剩余量与判定依据' },
        panels: [
          tiles(
            lang,
            {
              title: { en: 'Left for this year', zh: '本年剩余' },
              description: {
                en: 'How much may still be used without missing the path of this year: its value × the people or area of now − used so far. Of reductions, absolute targets and ceilings.',
                zh: '不偏离本年路径还可使用的量：路径值 × 当前人数或面积 − 已用量。适用于下降、绝对与上限目标。',
              },
              width: 8,
              height: 8,
              units: consumptionUnits,
            },
            [
              {
                from: 'target',
                field: 'allowance',
                by: 'last',
                where: chosen,
                groupBy: ['target', 'amount_unit'],
                name: '$tag_target ($tag_amount_unit)',
              },
            ],
          ).thresholds(steps(['red', null], ['green', 0])),
          bars(
            lang,
            {
              title: { en: 'Progress', zh: '进度' },
              description: {
                en: 'With a baseline: the share of the way from it to the limit. Else what is projected against the limit, so a ceiling is kept up to 100 %, and a floor or a cumulative amount from 100 % on.',
                zh: '有基准时：从基准到限值已走的比例。否则为推算值与限值之比：上限目标不超过 100 % 为达标，下限与累计目标达到 100 % 为达标。',
              },
              width: 8,
              height: 8,
            },
            [
              {
                from: 'target',
                field: 'progress',
                by: 'last',
                where: chosen,
                groupBy: ['target'],
                name: '$tag_target',
              },
            ],
          )
            .displayMode(BarGaugeDisplayMode.Gradient)
            .unit('percentunit')
            .min(0)
            .max(1.5)
            .thresholds(steps(['blue', null])),
          bars(
            lang,
            {
              title: { en: 'Data that the verdicts rest on', zh: '判定所依据的数据' },
              description: {
                en: 'Coverage of the complete months. A verdict needs at least 95 %.',
                zh: '完整月份的数据覆盖率。作出判定至少需要 95 %。',
              },
              width: 8,
              height: 8,
            },
            [
              {
                from: 'target',
                field: 'coverage',
                by: 'last',
                where: chosen,
                groupBy: ['target'],
                name: '$tag_target',
              },
            ],
          )
            .displayMode(BarGaugeDisplayMode.Basic)
            .unit('percentunit')
            .min(0)
            .max(1)
            .thresholds(steps(['red', null], ['green', 0.95])),
        ],
      },
      {
        heading: { en: 'The paths, year by year', zh: '逐年路径' },
        panels: [
          years(
            lang,
            {
              title: { en: 'Path of $target', zh: '$target 的路径' },
              description: {
                en: 'Dashed: the path from the baseline to the limit, years to come included. Bars: what was measured; the running year is so far.',
                zh: '虚线：从基准到限值的路径，含未来年份。柱：实测值，本年为至今。',
              },
              width: 24,
              height: 8,
              units: indicatorUnits,
            },
            [
              { from: 'target_path', field: 'year', where: chosen, name: 'year', ever: true },
              {
                from: 'target_path',
                field: 'actual',
                where: chosen,
                groupBy: ['unit'],
                name: { en: 'measured ($tag_unit)', zh: '实测 ($tag_unit)' },
                ever: true,
              },
              {
                from: 'target_path',
                field: 'path',
                where: chosen,
                groupBy: ['unit'],
                name: { en: 'path ($tag_unit)', zh: '路径 ($tag_unit)' },
                ever: true,
              },
            ],
          )
            .overrideByQuery('C', dashed)
            .repeat('target')
            .repeatDirection('h')
            .maxPerRow(3),
        ],
      },
      {
        heading: { en: 'An indicator, month by month', zh: '逐月指标' },
        panels: [
          barChart(
            lang,
            {
              title: { en: '$indicator of $boundary, month by month', zh: '$boundary 的 $indicator，逐月' },
              description: {
                en: 'Each month of this year as bars, and the same month of the year before as a line. A month with less than 95 % coverage has none.',
                zh: '柱：本年各月；线：上年同月。覆盖率低于 95 % 的月份不显示。',
              },
              width: 16,
              height: 9,
              units: indicatorUnits,
            },
            [
              {
                from: 'kpi',
                field: 'value',
                where: { ...whole, grain: 'month' },
                groupBy: ['unit'],
                name: { en: 'this year ($tag_unit)', zh: '本年 ($tag_unit)' },
              },
              {
                from: 'kpi',
                field: 'previous',
                where: { ...whole, grain: 'month' },
                groupBy: ['unit'],
                name: { en: 'year before ($tag_unit)', zh: '上年 ($tag_unit)' },
              },
            ],
          ).overrideByQuery('B', asLine),
          tiles(
            lang,
            {
              title: { en: '$indicator of $boundary, the year', zh: '$boundary 的 $indicator，全年' },
              description: {
                en: 'This year so far, and the whole of the year before.',
                zh: '本年自 1 月 1 日至今，以及上年全年。',
              },
              width: 8,
              height: 9,
              units: indicatorUnits,
            },
            [
              {
                from: 'kpi',
                field: 'value',
                by: 'last',
                where: { ...whole, grain: 'year' },
                groupBy: ['unit'],
                name: { en: 'so far ($tag_unit)', zh: '至今 ($tag_unit)' },
              },
              {
                from: 'kpi',
                field: 'previous',
                by: 'last',
                where: { ...whole, grain: 'year' },
                groupBy: ['unit'],
                name: { en: 'year before ($tag_unit)', zh: '上年 ($tag_unit)' },
              },
            ],
          ),
        ],
      },
    ],
  })
}
