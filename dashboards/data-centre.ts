import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { barChart, chart } from './kit/chart.ts'
import { dashboard } from './kit/dashboard.ts'
import { typicalDay } from './kit/hours.ts'
import type { Language, Said } from './kit/language.ts'
import { baseLoadMonths, usesOfElectricity } from './kit/loads.ts'
import { months } from './kit/months.ts'
import { seriesOfIndicators, useNames } from './kit/names.ts'
import { tiles } from './kit/tiles.ts'
import { consumptionUnits, indicatorUnits } from './kit/units.ts'
import { choiceByName, choiceOf, grains } from './kit/variables.ts'

const SITE = 'site:$site'
const shownIndicators = ['pue', 'wue', 'cue', 'ref']

/** PUE is a ratio above 1, and no share. */
const noShare = [
  { id: 'unit', value: 'none' },
  { id: 'decimals', value: 2 },
]
const pue = [{ id: 'displayName', value: 'PUE' }, ...noShare]

/** How much a data centre needs beside what its computers do. */
export function dataCentre(lang: Language): Dashboard {
  const monthly = (indicator: string, title: Said, how: Said) =>
    months(lang, { title, description: how, width: 8, height: 8, back: '1y' }, { scope: SITE, indicator })
  return dashboard(lang, {
    name: 'data-centre',
    title: { en: 'Data centre', zh: '数据中心' },
    description: {
      en: 'PUE, WUE and CUE by day, month and year with their category; computers against cooling, UPS and the rest; hours of free cooling; the load of the racks.',
      zh: '逐日、逐月与逐年的 PUE、WUE、CUE 及其类别；IT 与制冷、UPS 及其余的对比；自然冷却小时数；机柜负荷。',
    },
    time: { from: 'now-1y', to: 'now' },
    page: 'site=${site}',
    variables: [
      choiceByName(lang, 'site', { en: 'Data centre', zh: '数据中心' }, 'scope', { kind: 'data-center' }),
      choiceOf(
        lang,
        'grain',
        { en: 'By', zh: '粒度' },
        { day: grains.day, month: grains.month, year: grains.year },
        'month',
      ),
    ],
    sections: [
      {
        heading: { en: 'Efficiency', zh: '能效' },
        panels: [
          tiles(
            lang,
            {
              title: { en: 'This year so far', zh: '本年至今' },
              description: {
                en: 'ISO/IEC 30134: PUE is all energy by that of IT; WUE litres and CUE kg of CO2 per kWh of IT; REF the renewable share. Of a running year they are interim figures.',
                zh: 'ISO/IEC 30134：PUE 为总能耗除以 IT 能耗；WUE、CUE 为每 kWh IT 用电的水量（升）与 CO2（千克）；REF 为可再生能源占比。本年为中期值。',
              },
              width: 18,
              height: 4,
              back: '1y',
              units: indicatorUnits,
              names: seriesOfIndicators('wue', 'cue', 'ref'),
            },
            [
              {
                from: 'kpi',
                field: 'value',
                by: 'last',
                where: { scope: SITE, indicator: `/^(${shownIndicators.join('|')})$/`, grain: 'year' },
                groupBy: ['indicator', 'unit'],
                name: '$tag_indicator ($tag_unit)',
              },
            ],
          )
            .decimals(2)
            .overrideByName('pue (1)', pue),
          tiles(
            lang,
            {
              title: { en: 'Category of PUE', zh: 'PUE 类别' },
              description: {
                en: 'Where IT energy is measured, as the site states it: 1 at the UPS, 2 at the PDUs, 3 at the IT equipment. Empty where it states none.',
                zh: '场所声明的 IT 能耗计量位置：1 为 UPS，2 为 PDU，3 为 IT 设备。未声明时为空。',
              },
              width: 6,
              height: 4,
              back: '1y',
            },
            [
              {
                from: 'kpi',
                field: 'category',
                by: 'last',
                where: { scope: SITE, indicator: 'pue', grain: 'year' },
                name: { en: 'category', zh: '类别' },
              },
            ],
          ),
          chart(
            lang,
            {
              title: { en: 'PUE, WUE, CUE by $grain', zh: 'PUE、WUE、CUE，按$grain' },
              description: {
                en: 'Each is made of sums of the day, month or year, divided once: never a mean of shorter ones. What is below 95 % coverage is not given.',
                zh: '均由当日、当月或当年的总量相除一次得出，不对较短时段取平均。覆盖率低于 95 % 时不给出。',
              },
              width: 24,
              height: 9,
              units: indicatorUnits,
              names: seriesOfIndicators('wue', 'cue'),
            },
            [
              {
                from: 'kpi',
                field: 'value',
                where: { scope: SITE, indicator: '/^(pue|wue|cue)$/', grain: '$grain' },
                groupBy: ['indicator', 'unit'],
                name: '$tag_indicator ($tag_unit)',
              },
            ],
          ).overrideByName('pue (1)', pue),
          monthly(
            'pue',
            { en: 'PUE', zh: '电能利用效率 PUE' },
            {
              en: 'All energy of the month by that of the meters of IT.',
              zh: '当月总能耗除以 IT 表计能耗。',
            },
          ).overrideByRegexp('/\\(1\\)$/', noShare),
          monthly(
            'wue',
            { en: 'WUE', zh: '水利用效率 WUE' },
            {
              en: 'Litres of water of the month per kWh of IT.',
              zh: '当月每 kWh IT 用电的用水量（升）。',
            },
          ),
          monthly(
            'cue',
            { en: 'CUE', zh: '碳利用效率 CUE' },
            {
              en: 'kg of CO2 of the month per kWh of IT, by the factor of the grid.',
              zh: '当月每 kWh IT 用电的 CO2（千克），按电网因子。',
            },
          ),
        ],
      },
      {
        heading: { en: 'IT, cooling, UPS and the rest', zh: 'IT、制冷、UPS 与其余' },
        panels: [usesOfElectricity(lang, 24)],
      },
      {
        heading: { en: 'Free cooling', zh: '自然冷却' },
        panels: [
          tiles(
            lang,
            {
              title: { en: 'Free cooling this year', zh: '本年自然冷却' },
              description: {
                en: 'Hours in which cooling needed at most the share of IT that the site states as its threshold. Below 95 % known hours, or without a threshold, it is unknown.',
                zh: '制冷用电不超过场所声明的 IT 用电比例阈值的小时数。已知小时不足 95 % 或未声明阈值时为未知。',
              },
              width: 6,
              height: 8,
              back: '1y',
            },
            [
              {
                from: 'free_cooling',
                field: 'value',
                by: 'last',
                where: { scope: SITE, grain: 'year' },
                name: { en: 'this year', zh: '本年' },
              },
            ],
          ).unit('suffix:h'),
          barChart(
            lang,
            {
              title: { en: 'Hours of free cooling by $grain', zh: '自然冷却小时数，按$grain' },
              description: {
                en: 'Told from what is measured: hours in which electricity for cooling was at most the stated share of that for IT. Nothing is extrapolated.',
                zh: '由实测得出：制冷用电不超过 IT 用电所声明比例的小时数，不作外推。',
              },
              width: 18,
              height: 8,
            },
            [
              {
                from: 'free_cooling',
                field: 'value',
                where: { scope: SITE, grain: '$grain' },
                name: { en: 'free cooling', zh: '自然冷却' },
              },
            ],
          ).unit('suffix:h'),
        ],
      },
      {
        heading: { en: 'The load', zh: '负荷' },
        panels: [
          chart(
            lang,
            {
              title: { en: 'Racks and cooling, the last seven days', zh: '机柜与制冷，最近七天' },
              description: {
                en: 'What the meters of IT and of cooling measured in each hour: where cooling falls and IT does not, the cold outside does its work.',
                zh: 'IT 与制冷表计的逐时实测值：制冷下降而 IT 不变时，室外冷源在起作用。',
              },
              width: 12,
              height: 9,
              back: '7d',
              units: consumptionUnits,
              names: Object.fromEntries(
                ['kWh', 'MWh'].flatMap((unit) =>
                  ['it', 'cooling'].map((use) => [`${use} (${unit})`, useNames[use] as Said]),
                ),
              ),
            },
            [
              {
                from: 'use',
                field: 'value',
                where: { scope: SITE, utility: 'electricity', use: '/^(it|cooling)$/', grain: 'hour' },
                groupBy: ['use', 'unit'],
                name: '$tag_use ($tag_unit)',
              },
            ],
          ),
          typicalDay(
            lang,
            {
              title: { en: 'A typical day of electricity', zh: '典型日用电' },
              description: {
                en: 'The mean of each local hour over the workdays and the days of rest of the last 28 days, the 90th percentile of workdays, and yesterday beside them.',
                zh: '最近 28 天工作日与休息日各当地小时的均值、工作日第 90 百分位，并列昨日。',
              },
              width: 12,
              height: 9,
            },
            { scope: SITE, utility: 'electricity' },
          ),
          baseLoadMonths(lang, 24),
        ],
      },
    ],
  })
}
