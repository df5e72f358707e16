import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
} from '@grafana/grafana-foundation-sdk/common'
import { type Dashboard, VariableHide } from '@grafana/grafana-foundation-sdk/dashboard'
import { barChart, stackedBars } from './kit/chart.ts'
import { dashboard } from './kit/dashboard.ts'
import { typicalDay } from './kit/hours.ts'
import type { Language, Said } from './kit/language.ts'
import { baseLoadMonths, baseLoadTiles, baseShareTile, lastWeek, usesOfElectricity } from './kit/loads.ts'
import { steps } from './kit/panel.ts'
import { tagValues } from './kit/queries.ts'
import { bars, tiles } from './kit/tiles.ts'
import { thresholdFrom } from './kit/transformations.ts'
import { consumptionUnits, grafanaUnit } from './kit/units.ts'
import { choice, choiceByName, choiceOf, grains } from './kit/variables.ts'

const SITE = 'site:$site'
const EVERY = '/^site:$factory$/'

const shiftNames = {
  night: { en: 'night, 0 to 8', zh: '夜班 0–8 时' },
  day: { en: 'day, 8 to 16', zh: '白班 8–16 时' },
  evening: { en: 'evening, 16 to 24', zh: '晚班 16–24 时' },
} as const satisfies Record<string, Said>

/** How a factory runs: its shifts, what never stops, process against building, heat, gas and solar power. */
export function factory(lang: Language): Dashboard {
  return dashboard(lang, {
    name: 'factory',
    title: { en: 'Factory', zh: '工厂' },
    description: {
      en: 'Shifts and base load, process against building, heat recovered, solar power and gas.',
      zh: '班次与基础负荷、工艺与建筑用电、余热回收、光伏与燃气。',
    },
    time: { from: 'now-90d', to: 'now' },
    page: 'site=${site}',
    variables: [
      choiceByName(lang, 'site', { en: 'Factory', zh: '工厂' }, 'scope', { kind: 'factory' }),
      choice(
        lang,
        'utility',
        { en: 'Utility', zh: '能源与水种类' },
        tagValues('usage', 'utility', { scope: SITE }),
        'electricity',
      ),
      choiceOf(lang, 'grain', { en: 'By', zh: '粒度' }, { day: grains.day, month: grains.month }, 'day'),
      choiceByName(lang, 'factory', { en: 'Factories', zh: '全部工厂' }, 'scope', { kind: '/^factory$/' })
        .multi(true)
        .includeAll(true)
        .current({ selected: true, text: 'All', value: '$__all' })
        .hide(VariableHide.HideVariable),
    ],
    sections: [
      {
        heading: { en: 'Shifts', zh: '班次' },
        panels: [
          tiles(
            lang,
            {
              title: { en: 'Share of each shift, last 28 days', zh: '近 28 天各班次占比' },
              description: {
                en: 'How night, day and evening share a typical workday, each eight hours by the local clock: the sum of the mean hours of the shift by that of all 24.',
                zh: '典型工作日中夜、白、晚三班（各八小时，当地时间）的占比：班内各小时均值之和除以全天之和。',
              },
              width: 8,
              height: 8,
              back: '7d',
              names: shiftNames,
            },
            [
              {
                from: 'shift',
                field: 'share',
                by: 'last',
                where: { scope: SITE, utility: '$utility', over: '28-days' },
                groupBy: ['shift'],
                name: '$tag_shift',
              },
            ],
          ).unit('percentunit'),
          stackedBars(
            lang,
            {
              title: { en: 'A typical workday by shift, month by month', zh: '典型工作日各班次用电，逐月' },
              description: {
                en: 'Electricity of a typical workday of each month, by shift. A month in which an hour of a shift is known on fewer than four workdays leaves that shift out.',
                zh: '各月典型工作日的用电，按班次堆叠。班内某小时已知工作日不足四天时，该月该班次不显示。',
              },
              width: 16,
              height: 8,
              back: '1y',
              units: consumptionUnits,
              names: Object.fromEntries(
                ['kWh', 'MWh'].flatMap((unit) =>
                  Object.entries(shiftNames).map(([shift, said]) => [`${shift} (${unit})`, said] as const),
                ),
              ),
            },
            [
              {
                from: 'shift',
                field: 'amount',
                where: { scope: SITE, utility: 'electricity', over: 'month' },
                groupBy: ['shift', 'unit'],
                name: '$tag_shift ($tag_unit)',
              },
            ],
          ),
          typicalDay(
            lang,
            {
              title: { en: 'A typical day of $utility', zh: '$utility 的典型日' },
              description: {
                en: 'The mean of each local hour over the workdays and the days of rest of the last 28 days, the 90th percentile of workdays, and yesterday beside them. Hours with estimates do not count.',
                zh: '最近 28 天工作日与休息日各当地小时的均值、工作日第 90 百分位，并列昨日。含估算的小时不计。',
              },
              width: 12,
              height: 9,
            },
            { scope: SITE, utility: '$utility' },
          ),
          lastWeek(lang, '$utility', 12),
        ],
      },
      {
        heading: { en: 'What never stops', zh: '常开负荷' },
        panels: [
          baseLoadTiles(lang, '$utility', { width: 8, height: 8 }),
          baseShareTile(lang, '$utility', { width: 4, height: 8 }),
          baseLoadMonths(lang, 12),
        ],
      },
      {
        heading: { en: 'Process against building', zh: '工艺与建筑' },
        panels: [usesOfElectricity(lang, 24)],
      },
      {
        heading: { en: 'Heat recovered', zh: '余热回收' },
        panels: [
          bars(
            lang,
            {
              title: { en: 'Energy that measures save, all factories', zh: '各工厂节能措施' },
              description: {
                en: 'What the savings ledger says of each measure, heat recovery among them, in its newest year: entered, since no meter tells it. A factory for which nothing was entered has no bar.',
                zh: '节能台账中各项措施（含余热回收）最近一年的节能量：为录入值，没有表计可直接测得。未录入的工厂没有条。',
              },
              width: 24,
              height: 6,
              back: '2y',
            },
            [
              {
                from: 'saving',
                field: 'value',
                by: 'last',
                where: { scope: EVERY, quantity: 'energy-saved' },
                groupBy: ['measure', 'scope'],
                name: '$tag_measure, $tag_scope',
              },
            ],
          ).unit(grafanaUnit('MWh')),
        ],
      },
      {
        heading: { en: 'Solar power and gas, all factories', zh: '各工厂光伏与燃气' },
        panels: [
          barChart(
            lang,
            {
              title: { en: 'Share of solar power', zh: '光伏占比' },
              description: {
                en: 'Own solar power used on site divided by all electricity used, by the month. Dashed: the newest floor of a target on the share of one of these factories. Factories without panels have no bar.',
                zh: '逐月自用光伏电量除以全部用电量。虚线：这些工厂占比类目标的最新下限。没有光伏的工厂没有柱。',
              },
              width: 12,
              height: 9,
              back: '2y',
            },
            [
              {
                from: 'kpi',
                field: 'value',
                where: { scope: EVERY, indicator: 'pv-share', grain: 'month' },
                groupBy: ['scope'],
                name: '$tag_scope',
              },
              {
                from: 'target',
                field: 'limit',
                by: 'last',
                as: 'floor',
                where: { scope: EVERY, unit: '1' },
              },
            ],
          )
            .unit('percentunit')
            .transformations([thresholdFrom('B', 'floor', 'red')])
            .thresholds(steps(['green', null]))
            .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed)),
          barChart(
            lang,
            {
              title: { en: 'Natural gas', zh: '天然气' },
              description: {
                en: 'Gas of each factory by the month, as its meters show it. Factories without gas have no bar.',
                zh: '各工厂逐月用气量，按表计实测。不用气的工厂没有柱。',
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
                where: { scope: EVERY, utility: 'natural-gas', grain: 'month' },
                groupBy: ['scope', 'unit'],
                name: '$tag_scope ($tag_unit)',
              },
            ],
          ),
        ],
      },
    ],
  })
}
