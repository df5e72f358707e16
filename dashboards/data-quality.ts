import { TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common'
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { DateTimeFromNow, PercentUnit } from '@grafana/grafana-foundation-sdk/units'
import { chart, stackedBars } from './kit/chart.ts'
import { dashboard } from './kit/dashboard.ts'
import { history } from './kit/history.ts'
import type { Language, Said } from './kit/language.ts'
import { toPage } from './kit/links.ts'
import { coloured, qualitySteps, qualityWords } from './kit/names.ts'
import { steps } from './kit/panel.ts'
import { type Question, tagValues } from './kit/queries.ts'
import { rows } from './kit/table.ts'
import { tiles } from './kit/tiles.ts'
import { choice, choiceByName } from './kit/variables.ts'

const states = {
  '0': [{ en: 'live', zh: '在线' }, 'green'],
  '1': [{ en: 'late', zh: '延迟' }, 'yellow'],
  '2': [{ en: 'silent', zh: '失联' }, 'red'],
  '3': [{ en: 'never heard', zh: '从未收到' }, 'purple'],
} as const

const sites = { scope: '/^site:/', utility: '$utility', grain: 'day' }
const perSite = { groupBy: ['scope'], name: '$tag_scope' }

const count = (field: 'meters_live' | 'meters_late' | 'meters_silent' | 'meters_never_heard', name: Said) =>
  ({ from: 'service', field, by: 'last', where: { writer: '/./' }, name }) as const satisfies Question

/** How far the figures can be trusted, where data lacks, and what was refused. */
export function dataQuality(lang: Language): Dashboard {
  const ofMeter = (from: 'meter_state' | 'meter_quality', field: string) =>
    ({
      from,
      field,
      by: 'last',
      as: field,
      where: { site: '$site', ...(from === 'meter_quality' && { grain: 'month' }) },
      groupBy: ['meter'],
    }) as Question
  const percent = { unit: PercentUnit, decimals: 1 }
  return dashboard(lang, {
    name: 'data-quality',
    title: { en: 'Data quality', zh: '数据质量' },
    description: {
      en: 'How far the figures can be trusted: coverage, what is estimated, meters that are silent, and messages that were refused.',
      zh: '数据可信程度：覆盖率、估算比例、失联表计，以及被拒收的消息。',
    },
    time: { from: 'now-30d', to: 'now' },
    page: 'quality',
    variables: [
      choice(
        lang,
        'utility',
        { en: 'Utility', zh: '能源与水种类' },
        tagValues('usage', 'utility', { scope: '/^site:/' }),
        'electricity',
      ),
      choiceByName(lang, 'site', { en: 'Site', zh: '场所' }, 'scope', { scope: '/^site:/' }),
    ],
    sections: [
      {
        heading: { en: 'Coverage', zh: '覆盖率' },
        panels: [
          history(
            lang,
            {
              title: { en: 'Coverage of $utility by site and day', zh: '$utility 的覆盖率，按场所与日' },
              description: {
                en: 'The share of each day that lies between readings, of the worst meter of the site. Indicators need 95 %. A day without any reading has no cell.',
                zh: '每天处于两次读数之间的时间比例，取场所中最差的表计。计算指标需要 95 %。完全没有读数的日期不显示。',
              },
              width: 24,
              height: 10,
            },
            [{ from: 'usage', field: 'coverage', where: sites, ...perSite }],
          )
            .unit(PercentUnit)
            .thresholds(steps(['red', null], ['yellow', 0.95], ['green', 0.9995])),
          history(
            lang,
            {
              title: { en: 'How $utility is known', zh: '$utility 数据的来源' },
              description: {
                en: 'The worst of all that a day of a site is made of: measured, interpolated over a short stretch, edited by somebody, estimated, suspect, or missing in part.',
                zh: '场所每日数据中最差的一种：实测、短时插值、人工修正、估算、可疑或部分缺失。',
              },
              width: 12,
              height: 10,
            },
            [{ from: 'usage', field: 'quality', where: sites, ...perSite }],
          )
            .mappings(qualityWords(lang))
            .thresholds(qualitySteps()),
          chart(
            lang,
            {
              title: { en: 'Estimated share of $utility', zh: '$utility 的估算比例' },
              description: {
                en: 'The share of each day’s consumption that lies inside a gap and was estimated. Above 10 % of a year there is no verdict on its target.',
                zh: '每日用量中处于数据缺口、由估算得出的比例。全年超过 10 % 时不作目标判定。',
              },
              width: 12,
              height: 10,
            },
            [{ from: 'usage', field: 'estimated', where: sites, ...perSite }],
          ).unit(PercentUnit),
        ],
      },
      {
        heading: { en: 'Meters', zh: '表计' },
        panels: [
          tiles(
            lang,
            {
              title: { en: 'All meters by state', zh: '全部表计的状态' },
              description: {
                en: 'Live: the newest reading is up to two hours old. Late: up to a day. Silent: older. Virtual meters are not counted.',
                zh: '在线：最新读数在两小时以内。延迟：一天以内。失联：超过一天。虚拟表不计。',
              },
              width: 6,
              height: 11,
              back: '1h',
            },
            [
              count('meters_live', { en: 'live', zh: '在线' }),
              count('meters_late', { en: 'late', zh: '延迟' }),
              count('meters_silent', { en: 'silent', zh: '失联' }),
              count('meters_never_heard', { en: 'never heard', zh: '从未收到' }),
            ],
          ),
          rows(
            lang,
            {
              title: { en: 'The meters of $site', zh: '$site 的表计' },
              description: {
                en: 'How each stands, when it was last read and at what; coverage, estimated share and the worst quality of the running month.',
                zh: '各表计的状态、最近一次读数的时间与数值；本月至今的覆盖率、估算比例与最差质量。',
              },
              width: 18,
              height: 11,
            },
            [
              ofMeter('meter_state', 'state'),
              ofMeter('meter_state', 'last_at'),
              ofMeter('meter_state', 'last_value'),
              ofMeter('meter_quality', 'coverage'),
              ofMeter('meter_quality', 'estimated'),
              ofMeter('meter_quality', 'quality'),
            ],
            {
              by: 'meter',
              columns: {
                meter: {
                  header: { en: 'Meter', zh: '表计' },
                  links: [
                    toPage(lang, { en: 'Its readings', zh: '查看读数' }, 'meter=${__data.fields.meter}'),
                  ],
                },
                state: {
                  header: { en: 'State', zh: '状态' },
                  mappings: coloured(lang, states),
                  more: [{ id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } }],
                },
                last_at: { header: { en: 'Last read', zh: '最近读数时间' }, unit: DateTimeFromNow },
                last_value: { header: { en: 'At', zh: '读数' }, decimals: 1 },
                coverage: { header: { en: 'Covered', zh: '覆盖率' }, ...percent },
                estimated: { header: { en: 'Estimated', zh: '估算' }, ...percent },
                quality: { header: { en: 'Worst', zh: '最差质量' }, mappings: qualityWords(lang) },
              },
            },
          ),
        ],
      },
      {
        heading: { en: 'Refused messages', zh: '被拒收的消息' },
        panels: [
          stackedBars(
            lang,
            {
              title: { en: 'Quarantine by reason and day', zh: '隔离消息，按原因与日' },
              description: {
                en: 'How many messages came in on each day that could not be taken, by why; nothing on any day is 0. docs/operations.md says what to do about each.',
                zh: '每天收到但无法接收的消息数量，按原因分列；没有即为 0。处理办法见 docs/operations.md。',
              },
              width: 18,
              height: 9,
            },
            [
              {
                from: 'quarantined',
                field: 'count',
                where: { reason: '/./' },
                groupBy: ['reason'],
                name: '$tag_reason',
              },
            ],
          ),
          tiles(
            lang,
            {
              title: { en: 'In quarantine', zh: '隔离总数' },
              description: {
                en: 'All messages that are kept in quarantine, from the beginning on.',
                zh: '自开始以来保留在隔离区的全部消息。',
              },
              width: 6,
              height: 9,
              back: '1h',
            },
            [
              {
                from: 'service',
                field: 'quarantine',
                by: 'last',
                where: { writer: '/./' },
                name: { en: 'messages', zh: '消息' },
              },
            ],
          ),
        ],
      },
    ],
  })
}
