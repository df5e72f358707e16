import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { VariableHide } from '@grafana/grafana-foundation-sdk/dashboard'
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries'
import { asLine, barChart, chart } from './kit/chart.ts'
import { dashboard } from './kit/dashboard.ts'
import type { Language, Said } from './kit/language.ts'
import { toPage } from './kit/links.ts'
import { seriesOfIndicators } from './kit/names.ts'
import { tagValues } from './kit/queries.ts'
import { rows } from './kit/table.ts'
import { tiles } from './kit/tiles.ts'
import { consumptionUnits, indicatorUnits } from './kit/units.ts'
import { choice, choiceByName, choiceOf, grains } from './kit/variables.ts'

const consumed = { scope: 'site:$site', utility: '$utility' }
const shownIndicators = [
  'energy',
  'energy-per-employee',
  'energy-per-area',
  'tap-water',
  'tap-water-per-employee',
]

/** An indicator of the site in each month of the past year, beside the same month of the year before. */
function months(lang: Language, title: Said, indicator: string, description: Said): timeseries.PanelBuilder {
  const where = { scope: 'site:$site', indicator, grain: 'month' }
  return barChart(
    lang,
    {
      title,
      description: {
        en: `${description.en} Bars: the last twelve months; line: the same month a year before. A month with less than 95 % coverage has none.`,
        zh: `${description.zh}柱：最近十二个月；线：上年同月。覆盖率低于 95 % 的月份不显示。`,
      },
      width: 12,
      height: 8,
      back: '1y',
      units: indicatorUnits,
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

/** What one site uses, how well that is covered, and its meters. */
export function site(lang: Language): Dashboard {
  return dashboard(lang, {
    name: 'site',
    title: { en: 'Site', zh: '场所' },
    description: {
      en: 'What one site uses, hour by hour and year by year, how well it is covered, and its meters.',
      zh: '一个场所逐时到逐年的用量、数据覆盖情况及其表计。',
    },
    time: { from: 'now-90d', to: 'now' },
    page: 'site=${site}',
    variables: [
      choiceByName(lang, 'site', { en: 'Site', zh: '场所' }, 'scope', { scope: '/^site:/' }),
      choice(
        lang,
        'utility',
        { en: 'Utility', zh: '能源与水种类' },
        tagValues('usage', 'utility', { scope: 'site:$site' }),
        'electricity',
      ),
      choiceOf(
        lang,
        'grain',
        { en: 'By', zh: '粒度' },
        { hour: grains.hour, day: grains.day, month: grains.month },
        'day',
      ),
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
              units: indicatorUnits,
              names: seriesOfIndicators(...shownIndicators),
            },
            [
              {
                from: 'kpi',
                field: 'value',
                by: 'last',
                where: {
                  scope: 'site:$site',
                  indicator: `/^(${shownIndicators.join('|')})$/`,
                  grain: 'year',
                },
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
                groupBy: ['utility', 'unit'],
                name: '$tag_utility ($tag_unit)',
              },
            ],
          ),
          chart(
            lang,
            {
              title: { en: 'Coverage and estimates', zh: '覆盖率与估算' },
              description: {
                en: 'Coverage: the share of each span, or of its elapsed part, that lies between readings, of the worst meter. Estimated: the share of the value that lies inside a long gap. Spans without any reading are left out.',
                zh: '覆盖率：每段时间（或其已过部分）中处于读数之间的比例，取最差的表计。估算：数值中落在长缺口内的比例。没有读数的时段不显示。',
              },
              width: 8,
              height: 9,
            },
            [
              {
                from: 'usage',
                field: 'coverage',
                where: { ...consumed, grain: '$grain' },
                name: { en: 'covered', zh: '覆盖率' },
              },
              {
                from: 'usage',
                field: 'estimated',
                where: { ...consumed, grain: '$grain' },
                name: { en: 'estimated', zh: '估算' },
              },
            ],
          )
            .unit('percentunit')
            .min(0)
            .max(1),
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
                groupBy: ['utility', 'unit'],
                name: '$tag_utility ($tag_unit)',
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
              units: consumptionUnits,
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
        heading: { en: 'Month by month', zh: '逐月' },
        panels: [
          months(lang, { en: 'Energy per employee', zh: '人均能耗' }, 'energy-per-employee', {
            en: 'Energy of the month divided by the full-time employees at its end.',
            zh: '当月能耗除以月末全职员工数。',
          }),
          months(lang, { en: 'Energy per area', zh: '单位面积能耗' }, 'energy-per-area', {
            en: 'Energy of the month divided by the floor area, weighted by time.',
            zh: '当月能耗除以按时间加权的建筑面积。',
          }),
          months(lang, { en: 'Tap water', zh: '自来水' }, 'tap-water', {
            en: 'Tap water of the month; 1 m³ counts as 1 t.',
            zh: '当月自来水用量，1 m³ 计为 1 t。',
          }),
          months(lang, { en: 'Tap water per employee', zh: '人均自来水' }, 'tap-water-per-employee', {
            en: 'Tap water of the month divided by the full-time employees at its end.',
            zh: '当月自来水用量除以月末全职员工数。',
          }),
        ],
      },
      {
        heading: { en: 'Meters', zh: '表计' },
        panels: [
          rows(
            lang,
            {
              title: { en: 'Meters of $utility', zh: '$utility 的表计' },
              description: {
                en: 'Last value: the newest face of a register, or power or flow of a gauge, as it was sent. Used: the sum of the days in the range above, in the meter’s own energy or volume unit. Submeters are part of what the others measure.',
                zh: '最新值：计数器最新表面读数，或量计的功率、流量，按发送的原样。用量：上方时段内各日之和，用表计自身的能量或体积单位。分表已包含在其他表计之内。',
              },
              width: 24,
              height: 9,
            },
            [
              {
                from: 'reading',
                field: 'value',
                by: 'last',
                as: 'last',
                where: { meter: '/^$meter$/' },
                groupBy: ['meter'],
              },
              {
                from: 'consumption',
                field: 'value',
                by: 'sum',
                as: 'used',
                where: { meter: '/^$meter$/', grain: 'day' },
                groupBy: ['meter'],
              },
            ],
            {
              by: 'meter',
              columns: {
                meter: {
                  header: { en: 'Meter', zh: '表计' },
                  links: [
                    toPage(lang, { en: 'On the page', zh: '在网页中' }, 'meter=${__data.fields.meter}'),
                  ],
                },
                last: { header: { en: 'Last value', zh: '最新值' } },
                used: { header: { en: 'Used', zh: '用量' } },
              },
            },
          ).decimals(1),
        ],
      },
    ],
  })
}
