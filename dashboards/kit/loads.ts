import type * as stat from '@grafana/grafana-foundation-sdk/stat'
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries'
import { asLine, barChart, chart, stackedBars } from './chart.ts'
import type { Language } from './language.ts'
import { useNames } from './names.ts'
import { tiles } from './tiles.ts'
import { consumptionUnits, loadUnits } from './units.ts'

const SITE = 'site:$site'

/** What electricity was used for, by `$grain`. */
export function usesOfElectricity(lang: Language, width: number): timeseries.PanelBuilder {
  const named = ['kWh', 'MWh'].flatMap((unit) =>
    Object.entries(useNames).map(([use, said]) => [`${use} (${unit})`, said] as const),
  )
  return stackedBars(
    lang,
    {
      title: { en: 'Uses of electricity, by $grain', zh: '用电构成，按$grain' },
      description: {
        en: 'What the meters of each use measured; a meter beneath another of the same use counts once. Uses need not add up to the supply: what no meter tells apart is in none.',
        zh: '各用途表计的实测值；同一用途的下级表计不重复计算。各用途之和不一定等于总用量：未分项计量的部分不在其中。',
      },
      width,
      height: 9,
      units: consumptionUnits,
      names: Object.fromEntries(named),
    },
    [
      {
        from: 'use',
        field: 'value',
        where: { scope: SITE, utility: 'electricity', grain: '$grain' },
        groupBy: ['use', 'unit'],
        name: '$tag_use ($tag_unit)',
      },
    ],
  )
}

/** Base load, and the highest hour, over the last 28 days. */
export function baseLoadTiles(
  lang: Language,
  utility: string,
  size: { readonly width: number; readonly height: number },
): stat.PanelBuilder {
  const where = { scope: SITE, utility, over: '28-days' }
  return tiles(
    lang,
    {
      title: { en: 'Base load and peak, last 28 days', zh: '近 28 天基础负荷与峰值' },
      description: {
        en: 'Base load: the median of each day’s third lowest hour, so one or two hours of outage change nothing. Peak: the highest hour. Hours with estimates or below 95 % coverage do not count.',
        zh: '基础负荷：各日第三低小时的中位数，个别小时停电不影响。峰值：最高的一小时。含估算或覆盖率低于 95 % 的小时不计。',
      },
      ...size,
      back: '7d',
      units: loadUnits,
    },
    [
      {
        from: 'base_load',
        field: 'value',
        by: 'last',
        where,
        groupBy: ['unit'],
        name: { en: 'base load ($tag_unit)', zh: '基础负荷 ($tag_unit)' },
      },
      {
        from: 'base_load',
        field: 'peak',
        by: 'last',
        where,
        groupBy: ['unit'],
        name: { en: 'peak ($tag_unit)', zh: '峰值 ($tag_unit)' },
      },
    ],
  )
}

/** The share of the load that never stops, over the last 28 days. */
export function baseShareTile(
  lang: Language,
  utility: string,
  size: { readonly width: number; readonly height: number },
): stat.PanelBuilder {
  return tiles(
    lang,
    {
      title: { en: 'Never switched off', zh: '常开部分' },
      description: {
        en: 'Base load as a share of the mean load of the last 28 days: what runs when nobody needs it.',
        zh: '基础负荷占近 28 天平均负荷的比例，即无人需要时仍在运行的部分。',
      },
      ...size,
      back: '7d',
    },
    [
      {
        from: 'base_load',
        field: 'share',
        by: 'last',
        where: { scope: SITE, utility, over: '28-days' },
        name: { en: 'share of the mean load', zh: '占平均负荷' },
      },
    ],
  ).unit('percentunit')
}

/** Base load by the month, beside the mean load. */
export function baseLoadMonths(lang: Language, width: number): timeseries.PanelBuilder {
  const where = { scope: SITE, utility: 'electricity', over: 'month' }
  return barChart(
    lang,
    {
      title: { en: 'Base load of electricity by month', zh: '用电基础负荷，逐月' },
      description: {
        en: 'Bars: the median of each day’s third lowest hour. Line: the highest hour of the month. A month with fewer than four days of known hours has none.',
        zh: '柱：各日第三低小时的中位数。线：当月最高小时。已知天数不足四天的月份不显示。',
      },
      width,
      height: 8,
      back: '1y',
      units: loadUnits,
    },
    [
      {
        from: 'base_load',
        field: 'value',
        where,
        groupBy: ['unit'],
        name: { en: 'base load ($tag_unit)', zh: '基础负荷 ($tag_unit)' },
      },
      {
        from: 'base_load',
        field: 'peak',
        where,
        groupBy: ['unit'],
        name: { en: 'peak ($tag_unit)', zh: '峰值 ($tag_unit)' },
      },
    ],
  ).overrideByQuery('B', asLine)
}

/** The hours of the last week, of a utility. */
export function lastWeek(lang: Language, utility: string, width: number): timeseries.PanelBuilder {
  return chart(
    lang,
    {
      title: { en: 'The last seven days by the hour', zh: '最近七天逐时' },
      description: {
        en: 'Consumption by the hour, to hold against the typical day: nights, weekends and starts of shifts.',
        zh: '每小时用量，可与典型日对照：夜间、周末与交接班。',
      },
      width,
      height: 9,
      back: '7d',
      units: consumptionUnits,
    },
    [
      {
        from: 'usage',
        field: 'value',
        where: { scope: SITE, utility, grain: 'hour' },
        groupBy: ['utility', 'unit'],
        name: { en: 'used ($tag_unit)', zh: '用量 ($tag_unit)' },
      },
    ],
  )
}
