import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { VariableHide } from '@grafana/grafana-foundation-sdk/dashboard'
import { barChart, chart } from './kit/chart.ts'
import { coverageChart } from './kit/coverage.ts'
import { dashboard } from './kit/dashboard.ts'
import type { Language, Said } from './kit/language.ts'
import { toDashboard, toPage } from './kit/links.ts'
import { metersTable } from './kit/meters-table.ts'
import { months } from './kit/months.ts'
import { seriesOfIndicators, seriesOfUtilities } from './kit/names.ts'
import { tagValues } from './kit/queries.ts'
import { barsOfRows, tiles } from './kit/tiles.ts'
import { consumptionUnits } from './kit/units.ts'
import { choice, choiceByName, choiceOf, grains } from './kit/variables.ts'

const consumed = { scope: 'site:$site', utility: '$utility' }
const perMonth: readonly (readonly [string, Said, Said])[] = [
  [
    'energy-per-employee',
    { en: 'Energy per employee', zh: '人均能耗' },
    {
      en: 'Energy of the month divided by the full-time employees at its end.',
      zh: '当月能耗除以月末全职员工数。',
    },
  ],
  [
    'energy-per-area',
    { en: 'Energy per area', zh: '单位面积能耗' },
    {
      en: 'Energy of the month divided by the floor area, weighted by time.',
      zh: '当月能耗除以按时间加权的建筑面积。',
    },
  ],
  [
    'ghg',
    { en: 'Greenhouse gases, scopes 1 and 2', zh: '温室气体排放（范围一与范围二）' },
    {
      en: 'Fuels burnt, gases that got out, and bought power and heat by the average of the grid.',
      zh: '燃料燃烧、逸散气体，以及按电网平均因子计的外购电力与热力。',
    },
  ],
  [
    'tap-water',
    { en: 'Tap water', zh: '自来水' },
    { en: 'Tap water of the month; 1 m³ counts as 1 t.', zh: '当月自来水用量，1 m³ 计为 1 t。' },
  ],
]

/** What one site uses, how well that is covered, and its areas and meters. */
export function site(lang: Language): Dashboard {
  const shown = [
    'energy',
    'energy-per-employee',
    'energy-per-area',
    'ghg',
    'tap-water',
    'tap-water-per-employee',
  ]
  return dashboard(lang, {
    name: 'site',
    title: { en: 'Site', zh: '场所' },
    description: {
      en: 'What one site uses, hour by hour and year by year, how well it is covered, and its areas and meters.',
      zh: '一个场所逐时到逐年的用量、数据覆盖情况，以及其区域与表计。',
    },
    time: { from: 'now-90d', to: 'now' },
    page: 'site=${site}&utility=${utility}',
    variables: [
      choiceByName(lang, 'site', { en: 'Site', zh: '场所' }, 'scope', { scope: '/^site:/' }),
      choiceByName(
        lang,
        'utility',
        { en: 'Utility', zh: '能源与水种类' },
        'usage',
        { scope: 'site:$site', grain: 'year' },
        'electricity',
      ),
      choiceOf(
        lang,
        'grain',
        { en: 'By', zh: '粒度' },
        { hour: grains.hour, day: grains.day, month: grains.month },
        'day',
      ),
      choiceByName(lang, 'area', { en: 'Area', zh: '区域' }, 'scope', { kind: 'area', site: '$site' })
        .multi(true)
        .includeAll(true)
        .current({ selected: true, text: 'All', value: '$__all' }),
      choice(
        lang,
        'meter',
        { en: 'Meters', zh: '表计' },
        tagValues('meter', 'meter', { site: '$site', utility: '$utility' }),
      )
        .multi(true)
        .includeAll(true)
        .current({ selected: true, text: 'All', value: '$__all' })
        .hide(VariableHide.HideVariable),
    ],
    sections: [
      {
        heading: { en: 'This year', zh: '本年' },
        panels: [
          tiles(
            lang,
            {
              title: { en: 'This year so far', zh: '本年至今' },
              description: {
                en: 'Indicators of the running year. Energy is all that is delivered and generated, less what is fed out, in MWh; per employee by the full-time employees of now. Below 95 % coverage a figure is not given.',
                zh: '本年的指标。能耗为购入与自产之和减去送出，以 MWh 计；人均按当前全职员工。覆盖率低于 95 % 时不给出。',
              },
              width: 24,
              height: 4,
              back: '1y',
              names: seriesOfIndicators(...shown),
            },
            [
              {
                from: 'kpi',
                field: 'value',
                by: 'last',
                where: { scope: 'site:$site', indicator: `/^(${shown.join('|')})$/`, grain: 'year' },
                groupBy: ['indicator', 'unit'],
                name: '$tag_indicator ($tag_unit)',
              },
            ],
          ),
        ],
      },
      {
        heading: { en: 'What is used', zh: '用量' },
        panels: [
          barChart(
            lang,
            {
              title: { en: '$utility by $grain', zh: '$utility，按$grain' },
              description: {
                en: 'Imports and own generation less what is fed out, in the site’s own hours, days or months. What is unknown has no bar.',
                zh: '购入与自产之和减去送出，按场所当地的时、日、月。未知处无柱。',
              },
              width: 16,
              height: 9,
              units: consumptionUnits,
            },
            [
              {
                from: 'usage',
                field: 'value',
                where: { ...consumed, grain: '$grain' },
                groupBy: ['unit'],
                name: { en: 'used ($tag_unit)', zh: '用量 ($tag_unit)' },
              },
            ],
          ),
          coverageChart(
            lang,
            { width: 8, height: 9 },
            { from: 'usage', where: { ...consumed, grain: '$grain' } },
          ),
          chart(
            lang,
            {
              title: { en: 'Load of the last seven days', zh: '最近七天负荷' },
              description: {
                en: 'Consumption by the hour: what nights, weekends and starts of shifts look like.',
                zh: '每小时用量：可看出夜间、周末与交接班。',
              },
              width: 16,
              height: 8,
              back: '7d',
              units: consumptionUnits,
            },
            [
              {
                from: 'usage',
                field: 'value',
                where: { ...consumed, grain: 'hour' },
                groupBy: ['unit'],
                name: { en: 'used ($tag_unit)', zh: '用量 ($tag_unit)' },
              },
            ],
          ),
          tiles(
            lang,
            {
              title: { en: 'Everything used this year', zh: '本年全部用量' },
              description: {
                en: 'Each utility since 1 January, in its own unit, whatever its coverage.',
                zh: '自 1 月 1 日起各种能源与水的用量，各用其单位，不论覆盖率。',
              },
              width: 8,
              height: 8,
              back: '1y',
              names: seriesOfUtilities,
            },
            [
              {
                from: 'usage',
                field: 'value',
                by: 'last',
                where: { scope: 'site:$site', grain: 'year' },
                groupBy: ['utility', 'unit'],
                name: '$tag_utility ($tag_unit)',
              },
            ],
          ),
        ],
      },
      {
        heading: { en: 'Areas', zh: '区域' },
        panels: [
          barsOfRows(
            lang,
            {
              title: { en: '$utility of the areas, this year', zh: '各区域本年的 $utility' },
              description: {
                en: 'What the meters of an area measured since 1 January, without those that hang on another of the same area; in the utility’s unit. Areas without a meter have no bar.',
                zh: '自 1 月 1 日起区域内表计的用量，不含挂在同区域另一表计之下的分表；单位同该种类。没有表计的区域不显示。',
              },
              width: 8,
              height: 8,
              back: '1y',
            },
            [
              {
                from: 'scope',
                field: `name_${lang}`,
                by: 'last',
                as: 'name',
                where: { scope: '/^area:$area$/' },
                groupBy: ['scope'],
                ever: true,
              },
              {
                from: 'usage',
                field: 'value',
                by: 'last',
                as: 'used',
                where: { scope: '/^area:$area$/', utility: '$utility', grain: 'year' },
                groupBy: ['scope'],
              },
            ],
            { by: 'scope', value: 'used' },
          ),
          barChart(
            lang,
            {
              title: { en: '$utility of the areas, day by day', zh: '各区域逐日的 $utility' },
              description: {
                en: 'What the meters of each area measured, in the site’s own days. What is unknown has no bar.',
                zh: '各区域表计逐日的用量，按场所当地的日。未知处无柱。',
              },
              width: 16,
              height: 8,
              units: consumptionUnits,
            },
            [
              {
                from: 'usage',
                field: 'value',
                where: { scope: '/^area:$area$/', utility: '$utility', grain: 'day' },
                groupBy: ['scope', 'unit'],
                name: '$tag_scope ($tag_unit)',
              },
            ],
          ),
        ],
      },
      {
        heading: { en: 'Month by month', zh: '逐月' },
        panels: perMonth.map(([indicator, title, description]) =>
          months(
            lang,
            { title, description, width: 12, height: 8, back: '1y' },
            { scope: 'site:$site', indicator },
          ),
        ),
      },
      {
        heading: { en: 'Meters', zh: '表计' },
        panels: [
          metersTable(lang, [
            toDashboard(lang, { en: 'Dashboard of the meter', zh: '表计仪表板' }, 'meter', {
              site: '${site}',
              meter: '${__data.fields.meter}',
            }),
            toPage(
              lang,
              { en: 'The meter on the page', zh: '在网页中查看表计' },
              'meter=${__data.fields.meter}',
            ),
          ]),
        ],
      },
    ],
  })
}
