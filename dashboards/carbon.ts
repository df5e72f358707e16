import { type Dashboard, VariableHide } from '@grafana/grafana-foundation-sdk/dashboard'
import { carriedTimeline } from './kit/carried.ts'
import { asLine, barChart, stackedBars } from './kit/chart.ts'
import { dashboard } from './kit/dashboard.ts'
import { emissionsTable } from './kit/emissions-table.ts'
import type { Language, Said } from './kit/language.ts'
import { months } from './kit/months.ts'
import { seriesOfIndicators } from './kit/names.ts'
import { fieldValues, type Question } from './kit/queries.ts'
import { siteLinks } from './kit/scopes-table.ts'
import { pathsOfTargets } from './kit/target-path.ts'
import { tiles } from './kit/tiles.ts'
import { choice, choiceByName } from './kit/variables.ts'

const scope = 'boundary:$boundary'
const shown = ['ghg', 'ghg-scope1', 'ghg-scope2', 'ghg-scope2-market', 'ghg-per-employee']

/** Scope 1 stacked with scope 2 by location, and by market as a line. */
function scopes(grain: 'month' | 'year'): Question[] {
  return ['ghg-scope1', 'ghg-scope2', 'ghg-scope2-market'].map((indicator) => ({
    from: 'kpi',
    field: 'value',
    where: { scope, indicator, grain },
    groupBy: ['indicator', 'unit'],
    name: '$tag_indicator ($tag_unit)',
  }))
}

const made: Said = {
  en: 'Bars: scope 1, fuels burnt and gases that got out, and on it scope 2 by location, bought power and heat by the average factor of the grid. Line: scope 2 by market, less contracts and certificates, the rest at the residual mix. Below 95 % coverage there is none.',
  zh: '柱：范围一（燃料燃烧与逸散气体），其上为按位置的范围二（外购电力与热力，按电网平均因子）。线：按市场的范围二，扣除合同与证书后其余按剩余电力组合。覆盖率低于 95 % 时不给出。',
}

/** Emissions by scope, month, year and site, against the path, and where factors were carried forward. */
export function carbon(lang: Language): Dashboard {
  return dashboard(lang, {
    name: 'carbon',
    title: { en: 'Carbon', zh: '碳排放' },
    description: {
      en: 'Greenhouse gases by scope, month, year and site, against the targets, and where an old factor stands in.',
      zh: '按范围、月份、年份与场所的温室气体排放，与目标对比，以及沿用旧排放因子之处。',
    },
    time: { from: 'now-2y', to: 'now' },
    page: '',
    variables: [
      choiceByName(lang, 'boundary', { en: 'Of', zh: '范围' }, 'scope', { kind: 'boundary' }, 'group'),
      choiceByName(lang, 'target', { en: 'Targets', zh: '目标' }, 'target', { unit: '/^tCO2e/' })
        .multi(true)
        .includeAll(true)
        .current({ selected: true, text: 'All', value: '$__all' }),
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
        heading: { en: 'This year so far', zh: '本年至今' },
        panels: [
          tiles(
            lang,
            {
              title: { en: 'Emissions of $boundary', zh: '$boundary 的排放' },
              description: {
                en: 'Of the running year so far, in t CO2e: scopes 1 and 2 together by location, each by itself, scope 2 by market, and per full-time employee. Below 95 % coverage there is none.',
                zh: '本年至今，单位 t CO2e：范围一与范围二（按位置）合计及各自、按市场的范围二、人均。覆盖率低于 95 % 时不给出。',
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
                where: { scope, indicator: `/^(${shown.join('|')})$/`, grain: 'year' },
                groupBy: ['indicator', 'unit'],
                name: '$tag_indicator ($tag_unit)',
              },
            ],
          ),
        ],
      },
      {
        heading: { en: 'By scope', zh: '按范围' },
        panels: [
          stackedBars(
            lang,
            {
              title: { en: 'By month', zh: '逐月' },
              description: made,
              width: 16,
              height: 9,
              names: seriesOfIndicators(...shown),
            },
            scopes('month'),
          ).overrideByQuery('C', [...asLine, { id: 'custom.stacking', value: { mode: 'none' } }]),
          stackedBars(
            lang,
            {
              title: { en: 'By year', zh: '逐年' },
              description: made,
              width: 8,
              height: 9,
              back: '6y',
              names: seriesOfIndicators(...shown),
            },
            scopes('year'),
          ).overrideByQuery('C', [...asLine, { id: 'custom.stacking', value: { mode: 'none' } }]),
        ],
      },
      {
        heading: { en: 'Against the year before, and per employee', zh: '与上年对比及人均' },
        panels: [
          months(
            lang,
            {
              title: { en: 'Scopes 1 and 2', zh: '范围一与范围二' },
              description: {
                en: 'Both scopes together, scope 2 by location.',
                zh: '两个范围合计，范围二按位置。',
              },
              width: 12,
              height: 8,
            },
            { scope, indicator: 'ghg' },
          ),
          months(
            lang,
            {
              title: { en: 'Per employee', zh: '人均排放' },
              description: {
                en: 'Both scopes together divided by the full-time employees at the month’s end.',
                zh: '两个范围合计除以月末全职员工数。',
              },
              width: 12,
              height: 8,
            },
            { scope, indicator: 'ghg-per-employee' },
          ),
        ],
      },
      {
        heading: { en: 'Against the targets', zh: '与目标对比' },
        panels: [pathsOfTargets(lang)],
      },
      {
        heading: { en: 'By site', zh: '按场所' },
        panels: [emissionsTable(lang, '/^site:$member$/', siteLinks(lang))],
      },
      {
        heading: { en: 'Factors', zh: '排放因子' },
        panels: [
          carriedTimeline(lang, scope),
          barChart(
            lang,
            {
              title: { en: 'Data that the emissions rest on', zh: '排放所依据的数据' },
              description: {
                en: 'Coverage of each month by the meters and entries that scopes 1 and 2 are made of; a figure needs at least 95 %.',
                zh: '构成范围一与范围二的表计与填报各月的覆盖率；给出数值至少需要 95 %。',
              },
              width: 10,
              height: 7,
            },
            [
              {
                from: 'kpi',
                field: 'coverage',
                where: { scope, indicator: 'ghg', grain: 'month' },
                name: { en: 'covered', zh: '覆盖率' },
              },
            ],
          )
            .unit('percentunit')
            .min(0)
            .max(1),
        ],
      },
    ],
  })
}
