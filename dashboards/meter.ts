import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { utilityNames } from '../core/utility-names.ts'
import { barChart, chart } from './kit/chart.ts'
import { coverageChart } from './kit/coverage.ts'
import { dashboard } from './kit/dashboard.ts'
import type { Language } from './kit/language.ts'
import { toPage } from './kit/links.ts'
import { qualitySteps, qualityWords, roleNames, words } from './kit/names.ts'
import type { Question } from './kit/queries.ts'
import { rows } from './kit/table.ts'
import { tiles } from './kit/tiles.ts'
import { timeline } from './kit/timeline.ts'
import { choiceByName, choiceOf, grains } from './kit/variables.ts'

const where = { meter: '$meter' }
/** A sensor is no meter: its rollups are degree-hours, which only models ask for. */
const COUNTING = '/^(import|export|generation|submeter)$/'

/** One meter: its faces, what it used, and how well each day is known. */
export function meter(lang: Language): Dashboard {
  const used = (grain: keyof typeof grains): Question => ({
    from: 'consumption',
    field: 'value',
    by: 'last',
    where: { ...where, grain },
    name: {
      en: { hour: 'this hour', day: 'today', month: 'this month', year: 'this year' }[grain],
      zh: { hour: '本小时', day: '今日', month: '本月', year: '本年' }[grain],
    },
  })
  return dashboard(lang, {
    name: 'meter',
    title: { en: 'Meter', zh: '表计' },
    description: {
      en: 'One meter: its readings, what they come to by hour, day, month and year, and how well each span is known.',
      zh: '一个表计：读数、逐时至逐年的用量，以及每段时间的数据质量。',
    },
    time: { from: 'now-30d', to: 'now' },
    page: 'meter=${meter}',
    variables: [
      choiceByName(lang, 'site', { en: 'Site', zh: '场所' }, 'scope', { scope: '/^site:/' }),
      choiceByName(lang, 'meter', { en: 'Meter', zh: '表计' }, 'meter', { site: '$site', role: COUNTING }),
      choiceOf(lang, 'grain', { en: 'By', zh: '粒度' }, grains, 'day'),
    ],
    sections: [
      {
        heading: { en: 'Now', zh: '现状' },
        panels: [
          rows(
            lang,
            {
              title: { en: 'What it measures', zh: '计量内容' },
              description: {
                en: 'Where the meter stands and what it measures; the last value as it was sent. The link opens it on the page, where a wrong point can be mended.',
                zh: '表计的位置与计量内容；最新值按发送的原样。链接打开网页中的表计视图，可在其中修正错误的点。',
              },
              width: 14,
              height: 4,
            },
            [
              {
                from: 'meter',
                field: `name_${lang}`,
                by: 'last',
                as: 'name',
                where,
                groupBy: ['meter', 'site', 'utility', 'role', 'unit'],
                ever: true,
              },
              { from: 'reading', field: 'value', by: 'last', as: 'last', where, groupBy: ['meter'] },
            ],
            {
              by: 'meter',
              columns: {
                name: {
                  header: { en: 'Meter', zh: '表计' },
                  links: [
                    toPage(
                      lang,
                      { en: 'Mend a point on the page', zh: '在网页中修正读数' },
                      'meter=${meter}',
                    ),
                  ],
                },
                meter: { header: { en: 'Id', zh: '标识' } },
                site: { header: { en: 'Site', zh: '场所' } },
                utility: {
                  header: { en: 'Measures', zh: '计量' },
                  mappings: words(lang, utilityNames),
                },
                role: { header: { en: 'Role', zh: '角色' }, mappings: words(lang, roleNames) },
                last: { header: { en: 'Last value', zh: '最新值' }, decimals: 1 },
                unit: { header: { en: 'Unit of use', zh: '用量单位' } },
              },
            },
          ),
          tiles(
            lang,
            {
              title: { en: 'Used', zh: '用量' },
              description: {
                en: 'What the meter used in the running day, month and year so far, in its unit of use; of a sensor the mean.',
                zh: '该表计今日、本月、本年至今的用量，用其用量单位；传感器则为平均值。',
              },
              width: 10,
              height: 4,
              back: '1y',
            },
            [used('day'), used('month'), used('year')],
          ).decimals(1),
        ],
      },
      {
        heading: { en: 'What it used', zh: '用量' },
        panels: [
          barChart(
            lang,
            {
              title: { en: 'By $grain', zh: '按$grain' },
              description: {
                en: 'The difference of the register, or the integral of the gauge, between the bounds of each span of the site’s own zone; a bound without a reading is interpolated. In the unit of use; what is unknown has no bar.',
                zh: '按场所当地时间，计数器在每段两端之差，或量计的积分；边界无读数时作插值。用用量单位，未知处无柱。',
              },
              width: 16,
              height: 9,
            },
            [
              {
                from: 'consumption',
                field: 'value',
                where: { ...where, grain: '$grain' },
                name: { en: 'used', zh: '用量' },
              },
            ],
          ),
          coverageChart(
            lang,
            { width: 8, height: 9 },
            { from: 'meter_quality', where: { ...where, grain: 'day' } },
          ),
        ],
      },
      {
        heading: { en: 'How well it is known', zh: '数据质量' },
        panels: [
          timeline(
            lang,
            {
              title: { en: 'Quality of each day', zh: '每日质量' },
              description: {
                en: 'The worst quality in each day: measured, interpolated over a short gap, edited by somebody, estimated from like days, suspect, or missing.',
                zh: '每日内最差的质量：实测、短缺口插值、人工修正、按相似日估算、可疑或缺失。',
              },
              width: 24,
              height: 4,
            },
            [
              {
                from: 'meter_quality',
                field: 'quality',
                where: { ...where, grain: 'day' },
                name: { en: 'quality', zh: '质量' },
              },
            ],
          )
            .mappings(qualityWords(lang))
            .thresholds(qualitySteps()),
          chart(
            lang,
            {
              title: { en: 'Readings of the last seven days', zh: '最近七天读数' },
              description: {
                en: 'Each reading as it came: the face of a register, the power or flow of a gauge. A fall of a register is a rollover, a reset or a replacement; a spike can be taken out on the page.',
                zh: '每个读数的原样：计数器的表面读数，或量计的功率、流量。计数器下降意味着翻转、复位或更换；尖峰可在网页中剔除。',
              },
              width: 24,
              height: 9,
              back: '7d',
            },
            [{ from: 'reading', field: 'value', where, name: { en: 'reading', zh: '读数' } }],
          ),
        ],
      },
    ],
  })
}
