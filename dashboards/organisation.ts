import { BarGaugeDisplayMode, BigValueColorMode } from '@grafana/grafana-foundation-sdk/common'
import { type Dashboard, VariableHide } from '@grafana/grafana-foundation-sdk/dashboard'
import { dashboard } from './kit/dashboard.ts'
import type { Language } from './kit/language.ts'
import { toPage } from './kit/links.ts'
import { months } from './kit/months.ts'
import { verdictSteps, verdictWords } from './kit/names.ts'
import { steps } from './kit/panel.ts'
import { fieldValues, type Question } from './kit/queries.ts'
import { scopesTable, siteLinks } from './kit/scopes-table.ts'
import { pathsOfTargets } from './kit/target-path.ts'
import { targetsTable } from './kit/targets-table.ts'
import { barsOfRows, tiles, tilesOfRows } from './kit/tiles.ts'
import { indicatorUnits } from './kit/units.ts'
import { choice, choiceByName } from './kit/variables.ts'

/** Whether the year's targets will be met, what there is left to use, and where it is used. */
export function organisation(lang: Language): Dashboard {
  const whole = { scope: 'boundary:$boundary', indicator: '$indicator' }
  const ofTargets = (field: 'verdict' | 'progress' | 'coverage'): Question[] => [
    {
      from: 'target',
      field: `name_${lang}`,
      by: 'last',
      as: 'name',
      where: { target: '/^$target$/' },
      groupBy: ['target'],
    },
    {
      from: 'target',
      field,
      by: 'last',
      as: field,
      where: { target: '/^$target$/' },
      groupBy: ['target'],
    },
  ]
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
      choiceByName(lang, 'target', { en: 'Target', zh: '目标' }, 'target', { target: '/./' })
        .multi(true)
        .includeAll(true)
        .current({ selected: true, text: 'All', value: '$__all' }),
      choiceByName(lang, 'boundary', { en: 'Of', zh: '范围' }, 'scope', { kind: 'boundary' }, 'own-offices'),
      choiceByName(
        lang,
        'indicator',
        { en: 'Indicator', zh: '指标' },
        'kpi',
        { scope: 'boundary:$boundary', grain: 'year' },
        'energy-per-employee',
      ),
      choice(
        lang,
        'member',
        { en: 'Sites', zh: '场所' },
        fieldValues('member', 'site', { boundary: '$boundary' }),
      )
        .multi(true)
        .includeAll(true)
        .current({ selected: true, text: 'All', value: '$__all' })
        .hide(VariableHide.HideVariable),
    ],
    sections: [
      {
        heading: { en: 'How the year will end', zh: '年末预测' },
        panels: [
          tilesOfRows(
            lang,
            {
              title: { en: 'Verdicts', zh: '判定' },
              description: {
                en: 'The verdict on what the whole year comes to, projected from its complete months by the course of the year before. Below 95 % coverage, or with more than 10 % estimated, there is none.',
                zh: '以完整月份按上年走势推算全年，再与目标比较得出判定。覆盖率低于 95 % 或估算超过 10 % 时不作判定。',
              },
              width: 24,
              height: 7,
            },
            ofTargets('verdict'),
            { by: 'target', value: 'verdict' },
          )
            .colorMode(BigValueColorMode.Background)
            .mappings(verdictWords(lang))
            .thresholds(verdictSteps()),
          targetsTable(lang, [
            toPage(lang, { en: 'What drives it', zh: '影响因素' }, 'target=${__data.fields.target}'),
          ]),
        ],
      },
      {
        heading: { en: 'How far, and on how much data', zh: '进度与数据依据' },
        panels: [
          barsOfRows(
            lang,
            {
              title: { en: 'Progress', zh: '进度' },
              description: {
                en: 'With a baseline: the share of the way from it to the limit. Else what is projected against the limit, so a ceiling is kept up to 100 %, and a floor or a cumulative amount from 100 % on.',
                zh: '有基准时：从基准到限值已走的比例。否则为推算值与限值之比：上限目标不超过 100 % 为达标，下限与累计目标达到 100 % 为达标。',
              },
              width: 12,
              height: 10,
            },
            ofTargets('progress'),
            { by: 'target', value: 'progress' },
          )
            .displayMode(BarGaugeDisplayMode.Gradient)
            .unit('percentunit')
            .min(0)
            .max(1.5)
            .thresholds(steps(['blue', null])),
          barsOfRows(
            lang,
            {
              title: { en: 'Data that the verdicts rest on', zh: '判定所依据的数据' },
              description: {
                en: 'Coverage of the complete months. A verdict needs at least 95 %.',
                zh: '完整月份的数据覆盖率。作出判定至少需要 95 %。',
              },
              width: 12,
              height: 10,
            },
            ofTargets('coverage'),
            { by: 'target', value: 'coverage' },
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
        panels: [pathsOfTargets(lang)],
      },
      {
        heading: { en: '$indicator', zh: '$indicator' },
        panels: [
          months(
            lang,
            {
              title: { en: '$indicator of $boundary, month by month', zh: '$boundary 的 $indicator，逐月' },
              description: {
                en: 'All sites of the boundary together; a ratio is divided once, after the sums.',
                zh: '边界内全部场所合计；比率在求和后只除一次。',
              },
              width: 16,
              height: 9,
            },
            whole,
          ),
          tiles(
            lang,
            {
              title: { en: '$indicator of $boundary, the year', zh: '$boundary 的 $indicator，全年' },
              description: {
                en: 'This year so far, and the whole of the year before. Below 95 % coverage there is none.',
                zh: '本年自 1 月 1 日至今，以及上年全年。覆盖率低于 95 % 时不给出。',
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
          scopesTable(
            lang,
            {
              title: { en: '$indicator of every boundary', zh: '各边界的 $indicator' },
              description: {
                en: 'The running year so far beside the whole year before, of each set of sites. An empty cell is unknown, as below 95 % coverage.',
                zh: '各场所集合的本年至今与上年全年。空格表示未知，例如覆盖率低于 95 %。',
              },
              width: 12,
              height: 10,
            },
            {
              scope: '/^boundary:/',
              indicator: '$indicator',
              links: [
                toPage(
                  lang,
                  { en: 'What it is made of', zh: '构成' },
                  'lineage=${indicator}&scope=${__data.fields.scope}&period=${__to:date:YYYY}',
                ),
              ],
            },
          ),
          scopesTable(
            lang,
            {
              title: { en: '$indicator of the sites of $boundary', zh: '$boundary 各场所的 $indicator' },
              description: {
                en: 'The running year so far beside the whole year before, of each site. A name leads to the dashboard of its site, and to its view on the page.',
                zh: '各场所的本年至今与上年全年。点击名称进入该场所的仪表板或网页视图。',
              },
              width: 12,
              height: 10,
            },
            { scope: '/^site:$member$/', indicator: '$indicator', links: siteLinks(lang) },
          ),
        ],
      },
    ],
  })
}
