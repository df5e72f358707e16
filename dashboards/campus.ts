import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { barChart, dashed } from './kit/chart.ts'
import { dashboard } from './kit/dashboard.ts'
import { typicalDay } from './kit/hours.ts'
import type { Language } from './kit/language.ts'
import { baseLoadMonths, baseLoadTiles, baseShareTile, lastWeek, usesOfElectricity } from './kit/loads.ts'
import { months } from './kit/months.ts'
import { seriesOfIndicators } from './kit/names.ts'
import { tagValues } from './kit/queries.ts'
import { tiles } from './kit/tiles.ts'
import { consumptionUnits, indicatorUnits } from './kit/units.ts'
import { choice, choiceByName, choiceOf, grains } from './kit/variables.ts'
import { years } from './kit/years.ts'

const SITE = 'site:$site'
const shownIndicators = ['energy-per-employee', 'energy-per-area', 'tap-water-per-employee', 'pv-share']

/** How a campus runs: what it needs a head and by floor area, what for, when, and in which area. */
export function campus(lang: Language): Dashboard {
  const path = { target: '$target' }
  return dashboard(lang, {
    name: 'campus',
    title: { en: 'Campus', zh: '园区' },
    description: {
      en: 'What a campus needs per person and area, what for, and at which hours; solar power, heat and water; its areas.',
      zh: '园区人均与单位面积用量、用途与时段；光伏、热力与用水；各区域。',
    },
    time: { from: 'now-90d', to: 'now' },
    page: 'site=${site}',
    variables: [
      choiceByName(lang, 'site', { en: 'Campus', zh: '园区' }, 'scope', { kind: 'campus' }),
      choiceByName(lang, 'area', { en: 'Area', zh: '区域' }, 'scope', { kind: 'area', site: '$site' }),
      choice(
        lang,
        'utility',
        { en: 'Utility', zh: '能源与水种类' },
        tagValues('usage', 'utility', { scope: SITE }),
        'electricity',
      ),
      choiceOf(lang, 'grain', { en: 'By', zh: '粒度' }, { day: grains.day, month: grains.month }, 'day'),
      choice(
        lang,
        'target',
        { en: 'Path of', zh: '目标路径' },
        tagValues('target_path', 'target', { unit: 'MWh/person' }),
        'energy-per-employee-2026',
      ),
    ],
    sections: [
      {
        heading: { en: 'Intensities', zh: '强度' },
        panels: [
          tiles(
            lang,
            {
              title: { en: 'This year so far', zh: '本年至今' },
              description: {
                en: 'Indicators of the running year: by the full-time employees of now, by floor area weighted by time; solar power as a share of the electricity used. Below 95 % coverage a figure is not given.',
                zh: '本年指标：人均按当前全职员工，单位面积按时间加权；光伏占用电的比例。覆盖率低于 95 % 时不给出。',
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
                where: { scope: SITE, indicator: `/^(${shownIndicators.join('|')})$/`, grain: 'year' },
                groupBy: ['indicator', 'unit'],
                name: '$tag_indicator ($tag_unit)',
              },
            ],
          ),
          months(
            lang,
            {
              title: { en: 'Energy per area', zh: '单位面积能耗' },
              description: {
                en: 'Energy of the month divided by the floor area, weighted by time.',
                zh: '当月能耗除以按时间加权的建筑面积。',
              },
              width: 12,
              height: 8,
              back: '1y',
            },
            { scope: SITE, indicator: 'energy-per-area' },
          ),
          months(
            lang,
            {
              title: { en: 'Energy per employee', zh: '人均能耗' },
              description: {
                en: 'Energy of the month divided by the full-time employees at its end.',
                zh: '当月能耗除以月末全职员工数。',
              },
              width: 12,
              height: 8,
              back: '1y',
            },
            { scope: SITE, indicator: 'energy-per-employee' },
          ),
          years(
            lang,
            {
              title: { en: 'Energy per employee against the path', zh: '人均能耗与目标路径' },
              description: {
                en: 'Dashed: the path of the chosen target, which is one of its own scope; bars: this campus by year, the running one so far. A campus may lie above or below the path of the boundary that it belongs to.',
                zh: '虚线：所选目标在其自身范围内的路径；柱：本园区逐年值，本年为至今。单个园区可高于或低于其所属范围的路径。',
              },
              width: 24,
              height: 8,
              units: indicatorUnits,
            },
            [
              { from: 'target_path', field: 'year', where: path, name: 'year', ever: true },
              {
                from: 'kpi',
                field: 'value',
                where: { scope: SITE, indicator: 'energy-per-employee', grain: 'year' },
                groupBy: ['unit'],
                name: { en: 'this campus ($tag_unit)', zh: '本园区 ($tag_unit)' },
                ever: true,
              },
              {
                from: 'target_path',
                field: 'path',
                where: path,
                groupBy: ['unit'],
                name: { en: 'path ($tag_unit)', zh: '路径 ($tag_unit)' },
                ever: true,
              },
            ],
          ).overrideByQuery('C', dashed),
        ],
      },
      {
        heading: { en: 'What electricity is used for', zh: '用电用途' },
        panels: [usesOfElectricity(lang, 24)],
      },
      {
        heading: { en: 'When', zh: '用能时段' },
        panels: [
          typicalDay(
            lang,
            {
              title: { en: 'A typical day of $utility', zh: '$utility 的典型日' },
              description: {
                en: 'The mean of each local hour over the workdays and the days of rest of the last 28 days, the 90th percentile of workdays, and yesterday beside them. Hours with estimates do not count; public holidays are not told apart.',
                zh: '最近 28 天工作日与休息日各当地小时的均值、工作日第 90 百分位，并列昨日。含估算的小时不计；未区分法定假日。',
              },
              width: 12,
              height: 9,
            },
            { scope: SITE, utility: '$utility' },
          ),
          lastWeek(lang, '$utility', 12),
          baseLoadTiles(lang, '$utility', { width: 8, height: 8 }),
          baseShareTile(lang, '$utility', { width: 4, height: 8 }),
          baseLoadMonths(lang, 12),
        ],
      },
      {
        heading: { en: 'Solar power, heat, water', zh: '光伏、热力、用水' },
        panels: [
          months(
            lang,
            {
              title: { en: 'Share of solar power', zh: '光伏占比' },
              description: {
                en: 'Own solar power used on site divided by all electricity used. Empty where no panels are metered.',
                zh: '自用光伏电量除以全部用电量；没有光伏计量时为空。',
              },
              width: 8,
              height: 8,
              back: '1y',
            },
            { scope: SITE, indicator: 'pv-share' },
          ),
          barChart(
            lang,
            {
              title: { en: 'Heat', zh: '热力' },
              description: {
                en: 'Heat that was bought or made on site, by the month, as its meters show it.',
                zh: '逐月购入与自产的热量，按表计实测。',
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
                where: { scope: SITE, utility: 'heat', grain: 'month' },
                groupBy: ['unit'],
                name: { en: 'heat ($tag_unit)', zh: '热力 ($tag_unit)' },
              },
            ],
          ),
          months(
            lang,
            {
              title: { en: 'Tap water per employee', zh: '人均自来水' },
              description: {
                en: 'Tap water of the month divided by the full-time employees at its end.',
                zh: '当月自来水用量除以月末全职员工数。',
              },
              width: 8,
              height: 8,
              back: '1y',
            },
            { scope: SITE, indicator: 'tap-water-per-employee' },
          ),
        ],
      },
      {
        heading: { en: 'Areas', zh: '区域' },
        panels: [
          barChart(
            lang,
            {
              title: { en: '$utility of $area, by $grain', zh: '$area 的 $utility，按$grain' },
              description: {
                en: 'What the meters of the area measured, without those that hang on another meter of it. Empty where the area has no meter of this utility.',
                zh: '该区域表计的实测值，不含挂在区域内其他表计之下的分表。区域没有此类表计时为空。',
              },
              width: 24,
              height: 8,
              units: consumptionUnits,
            },
            [
              {
                from: 'usage',
                field: 'value',
                where: { scope: 'area:$area', utility: '$utility', grain: '$grain' },
                groupBy: ['utility', 'unit'],
                name: { en: 'used ($tag_unit)', zh: '用量 ($tag_unit)' },
              },
            ],
          ),
        ],
      },
    ],
  })
}
