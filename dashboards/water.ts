import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { asLine, barChart, chart, dashed, stackedBars } from './kit/chart.ts'
import { dashboard } from './kit/dashboard.ts'
import type { Language } from './kit/language.ts'
import { steps } from './kit/panel.ts'
import { tagValues } from './kit/queries.ts'
import { tiles } from './kit/tiles.ts'
import { consumptionUnits, indicatorUnits } from './kit/units.ts'
import { choice, choiceByName, choiceOf, grains } from './kit/variables.ts'

const WATERS = '/^(tap-water|reclaimed-water|rainwater)$/'
const whole = { scope: 'boundary:$boundary' }
const balanced = { scope: 'site:$site', utility: '$utility', grain: '$grain' }
const months = { width: 12, height: 9, back: '1y', units: indicatorUnits } as const
const { hour: _, ...longer } = grains

/** Where water comes from and goes, what runs at night, and how it stands with the targets of water. */
export function water(lang: Language): Dashboard {
  const everyTarget = { target: '/./' }
  const ofTarget = (target: string) =>
    (
      [
        ['actual', { en: 'this year ($tag_unit)', zh: '本年 ($tag_unit)' }],
        ['limit', { en: 'target ($tag_unit)', zh: '目标 ($tag_unit)' }],
      ] as const
    ).map(([field, name]) => ({
      from: 'target' as const,
      field,
      by: 'last' as const,
      where: { target },
      groupBy: ['unit'],
      name,
    }))
  const byMonth = (
    indicator: string,
    name: { en: string; zh: string },
    field: 'value' | 'previous' = 'value',
  ) =>
    ({
      from: 'kpi',
      field,
      where: { ...whole, indicator, grain: 'month' },
      groupBy: ['unit'],
      name: { en: `${name.en} ($tag_unit)`, zh: `${name.zh} ($tag_unit)` },
    }) as const
  return dashboard(lang, {
    name: 'water',
    title: { en: 'Water', zh: '用水' },
    description: {
      en: 'Where water comes from and where it goes, what runs at night, and how it stands with the targets of water.',
      zh: '水的来源与去向、夜间流量，以及用水目标的进展。',
    },
    time: { from: 'now-30d', to: 'now' },
    page: 'site=${site}',
    variables: [
      choiceByName(lang, 'boundary', { en: 'Of', zh: '范围' }, 'scope', { kind: '/^boundary$/' }),
      choiceByName(lang, 'site', { en: 'Site', zh: '场所' }, 'scope', { scope: '/^site:/' }),
      choice(
        lang,
        'utility',
        { en: 'Balance of', zh: '平衡对象' },
        tagValues('balance', 'utility', { scope: 'site:$site' }),
        'tap-water',
      ),
      choiceOf(lang, 'grain', { en: 'By', zh: '粒度' }, longer, 'day'),
      choice(
        lang,
        'floor',
        { en: 'Target of reclaimed water', zh: '中水目标' },
        tagValues('target', 'target', everyTarget),
        'reclaimed-water-share',
      ),
      choice(
        lang,
        'ceiling',
        { en: 'Target of tap water', zh: '自来水目标' },
        tagValues('target', 'target', everyTarget),
        'tap-water-per-employee',
      ),
    ],
    sections: [
      {
        heading: { en: 'Where it comes from', zh: '来源' },
        panels: [
          stackedBars(
            lang,
            {
              title: { en: 'Water by source, month by month', zh: '各来源用水，逐月' },
              description: {
                en: 'What all sites of the boundary drew of each water in each of the last twelve months; submeters are part of it and not added.',
                zh: '范围内全部场所在最近十二个月各类水的用量；分表已包含其中，不另外相加。',
              },
              width: 12,
              height: 9,
              back: '1y',
              units: consumptionUnits,
            },
            [
              {
                from: 'usage',
                field: 'value',
                where: { ...whole, utility: WATERS, grain: 'month' },
                groupBy: ['utility', 'unit'],
                name: '$tag_utility ($tag_unit)',
              },
            ],
          ),
          barChart(
            lang,
            {
              title: { en: 'Water withdrawn', zh: '取水量' },
              description: {
                en: 'Withdrawal of the month: all water that is brought in from outside, 1 m³ counted as 1 t; the line is the same month a year before. A month with less than 95 % coverage has none.',
                zh: '当月自外部取用的全部水量，1 m³ 按 1 t 计；线为上年同月。覆盖率低于 95 % 的月份不显示。',
              },
              ...months,
            },
            [
              byMonth('water-withdrawal', { en: 'withdrawn', zh: '取水' }),
              byMonth('water-withdrawal', { en: 'year before', zh: '上年' }, 'previous'),
            ],
          ).overrideByQuery('B', asLine),
          barChart(
            lang,
            {
              title: { en: 'Reclaimed share', zh: '中水占比' },
              description: {
                en: 'Reclaimed water divided by tap and reclaimed water together, by the month; the line is the same month a year before.',
                zh: '中水除以自来水与中水之和，逐月；线为上年同月。',
              },
              ...months,
              width: 9,
            },
            [
              byMonth('reclaimed-water-share', { en: 'share', zh: '占比' }),
              byMonth('reclaimed-water-share', { en: 'year before', zh: '上年' }, 'previous'),
            ],
          ).overrideByQuery('B', asLine),
          tiles(
            lang,
            {
              title: { en: '$floor', zh: '目标 $floor' },
              description: {
                en: 'The share of the year so far, and the floor that it has to reach, as the target says.',
                zh: '本年至今的占比，以及目标规定的下限。',
              },
              width: 3,
              height: 9,
              back: '1y',
              units: indicatorUnits,
            },
            ofTarget('$floor'),
          ),
          barChart(
            lang,
            {
              title: { en: 'Tap water per employee', zh: '人均自来水' },
              description: {
                en: 'Tap water of the month divided by the full-time employees at its end; the line is the same month a year before.',
                zh: '当月自来水除以月末全职员工数；线为上年同月。',
              },
              ...months,
              width: 9,
            },
            [
              byMonth('tap-water-per-employee', { en: 'per person', zh: '人均' }),
              byMonth('tap-water-per-employee', { en: 'year before', zh: '上年' }, 'previous'),
            ],
          ).overrideByQuery('B', asLine),
          tiles(
            lang,
            {
              title: { en: '$ceiling', zh: '目标 $ceiling' },
              description: {
                en: 'The figure of the year so far, and the ceiling that it must not exceed in the whole year.',
                zh: '本年至今的值，以及全年不得超过的上限。',
              },
              width: 3,
              height: 9,
              back: '1y',
              units: indicatorUnits,
            },
            ofTarget('$ceiling'),
          ),
        ],
      },
      {
        heading: { en: 'A site: supply, and what is metered beneath it', zh: '场所：供入量与下级计量' },
        panels: [
          chart(
            lang,
            {
              title: { en: '$utility of $site by $grain', zh: '$site 的 $utility，按 $grain' },
              description: {
                en: 'Supply: imports and own generation less what is fed out. Metered: what the last meters of each branch measured of it. Unmetered: the rest; not given below 99 % coverage, nor where nothing hangs below the supply.',
                zh: '供入：购入与自产减去送出。已计量：各分支末端表计之和。未计量：其余部分；覆盖率低于 99 % 或没有下级表计时不显示。',
              },
              width: 16,
              height: 9,
              units: consumptionUnits,
            },
            (
              [
                ['supply', { en: 'supply ($tag_unit)', zh: '供入 ($tag_unit)' }],
                ['metered', { en: 'metered ($tag_unit)', zh: '已计量 ($tag_unit)' }],
                ['unmetered', { en: 'unmetered ($tag_unit)', zh: '未计量 ($tag_unit)' }],
              ] as const
            ).map(([field, name]) => ({
              from: 'balance',
              field,
              where: balanced,
              groupBy: ['unit'],
              name,
            })),
          ),
          chart(
            lang,
            {
              title: { en: 'Coverage and unmetered share', zh: '覆盖率与未计量比例' },
              description: {
                en: 'Coverage: how much of the span the supply is known of. Unmetered: the share of the supply that no meter beneath it measured; above 5 % it is looked into.',
                zh: '覆盖率：供入量有数据的时间比例。未计量：供入量中下级表计未测到的比例；超过 5 % 时应查找原因。',
              },
              width: 8,
              height: 9,
            },
            [
              { from: 'balance', field: 'coverage', where: balanced, name: { en: 'covered', zh: '覆盖率' } },
              { from: 'balance', field: 'share', where: balanced, name: { en: 'unmetered', zh: '未计量' } },
            ],
          )
            .unit('percentunit')
            .thresholds(steps(['green', null], ['red', 0.05]))
            .overrideByQuery('A', dashed),
        ],
      },
      {
        heading: { en: 'Nights', zh: '夜间' },
        panels: [
          chart(
            lang,
            {
              title: { en: 'Least flow of the night at $site', zh: '$site 的夜间最小流量' },
              description: {
                en: 'Of each night the least mean flow of a quarter of an hour, or of an hour, between 02:00 and 04:00 local time. What runs though nobody draws it may be a leak. A night that is not wholly covered has none.',
                zh: '当地时间 02:00 至 04:00 之间每刻钟（或每小时）平均流量的最小值。无人用水仍有流量可能是漏水。数据不完整的夜晚不显示。',
              },
              width: 16,
              height: 9,
            },
            [
              {
                from: 'night_flow',
                field: 'value',
                where: { scope: 'site:$site' },
                groupBy: ['utility'],
                name: '$tag_utility',
              },
            ],
          ).unit('suffix:m³/h'),
          chart(
            lang,
            {
              title: { en: 'Of the mean flow of the day', zh: '占日均流量的比例' },
              description: {
                en: 'The least flow of the night divided by the mean flow of its day; the running day has none yet.',
                zh: '夜间最小流量除以当日平均流量；当天尚未结束时不显示。',
              },
              width: 8,
              height: 9,
            },
            [
              {
                from: 'night_flow',
                field: 'share',
                where: { scope: 'site:$site' },
                groupBy: ['utility'],
                name: '$tag_utility',
              },
            ],
          ).unit('percentunit'),
        ],
      },
    ],
  })
}
