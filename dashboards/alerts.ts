import { TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common'
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { DatetimeISO, KiloWattHour, Milliseconds } from '@grafana/grafana-foundation-sdk/units'
import { stackedBars } from './kit/chart.ts'
import { dashboard } from './kit/dashboard.ts'
import type { Language } from './kit/language.ts'
import { toPage } from './kit/links.ts'
import { coloured } from './kit/names.ts'
import { steps } from './kit/panel.ts'
import { tagValues } from './kit/queries.ts'
import { type Column, list } from './kit/table.ts'
import { bars, tiles } from './kit/tiles.ts'
import { choice } from './kit/variables.ts'

const severity = {
  '0': [{ en: 'info', zh: '提示' }, 'blue'],
  '1': [{ en: 'warning', zh: '警告' }, 'yellow'],
  '2': [{ en: 'critical', zh: '严重' }, 'red'],
} as const
const opened = {
  '0': [{ en: 'ended', zh: '已结束' }, 'green'],
  '1': [{ en: 'open', zh: '未结束' }, 'red'],
} as const
const inSight = { site: '/^$site$/', rule: '/^$rule$/' }
const levels = [
  ['critical', { en: 'critical', zh: '严重' }],
  ['warning', { en: 'warning', zh: '警告' }],
  ['info', { en: 'info', zh: '提示' }],
] as const

/** What is wrong and what was: open alerts, their course, who saw to them and what they cost. */
export function alerts(lang: Language): Dashboard {
  const colouredText = [{ id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } }]
  const columns: Readonly<Record<string, Column>> = {
    severity: {
      header: { en: 'Severity', zh: '级别' },
      mappings: coloured(lang, severity),
      more: colouredText,
      width: 100,
    },
    [`title_${lang}`]: {
      header: { en: 'What is wrong', zh: '内容' },
      links: [toPage(lang, { en: 'Its course', zh: '查看经过' }, 'alerts=${__data.fields.id}')],
    },
    [lang === 'en' ? 'title_zh' : 'title_en']: {
      header: { en: 'Chinese', zh: '英文' },
      hidden: true,
    },
    site: { header: { en: 'Site', zh: '场所' }, width: 150 },
    since: { header: { en: 'Since', zh: '开始' }, unit: DatetimeISO, width: 180 },
    acknowledged_after: {
      header: { en: 'Acknowledged after', zh: '确认用时' },
      unit: Milliseconds,
      width: 150,
    },
    lasted: { header: { en: 'Lasted', zh: '持续' }, unit: Milliseconds, width: 120 },
    kwh: { header: { en: 'Cost, energy', zh: '损失电热' }, unit: KiloWattHour, decimals: 0, width: 120 },
    m3: { header: { en: 'Cost, water', zh: '损失水量' }, unit: 'suffix:m³', decimals: 1, width: 110 },
    tco2e: { header: { en: 'Cost, gases', zh: '排放' }, unit: 'suffix:tCO₂e', decimals: 2, width: 110 },
    open: {
      header: { en: 'State', zh: '状态' },
      mappings: coloured(lang, opened),
      more: colouredText,
      width: 90,
    },
    id: { header: { en: 'Id', zh: '编号' }, hidden: true },
    Time: { header: { en: 'Fired', zh: '触发' }, hidden: true },
  }
  const told = {
    from: 'alert',
    field: 'open',
    also: [
      'title_en',
      'title_zh',
      'site',
      'severity',
      'since',
      'acknowledged_after',
      'lasted',
      'kwh',
      'm3',
      'tco2e',
      'id',
    ],
    where: inSight,
  } as const
  return dashboard(lang, {
    name: 'alerts',
    title: { en: 'Alerts', zh: '告警' },
    description: {
      en: 'What is wrong and what was: open alerts by severity, their history by rule and site, who saw to them how soon, and what they cost.',
      zh: '当前与以往的问题：按级别的未结束告警，按规则与场所的历史，确认用时以及造成的损失。',
    },
    time: { from: 'now-90d', to: 'now' },
    page: 'alerts',
    variables: [
      choice(lang, 'site', { en: 'Site', zh: '场所' }, tagValues('alert', 'site', { rule: '/./' }))
        .multi(true)
        .includeAll(true)
        .current({ selected: true, text: 'All', value: '$__all' }),
      choice(lang, 'rule', { en: 'Rule', zh: '规则' }, tagValues('alert', 'rule', { site: '/./' }))
        .multi(true)
        .includeAll(true)
        .current({ selected: true, text: 'All', value: '$__all' }),
    ],
    sections: [
      {
        heading: { en: 'Open', zh: '未结束' },
        panels: [
          tiles(
            lang,
            {
              title: { en: 'Open now', zh: '当前未结束' },
              description: {
                en: 'Alerts that fire or that somebody has acknowledged, by severity, of all sites and rules; 0 is none.',
                zh: '正在触发或已确认的告警，按级别，含全部场所与规则；0 表示没有。',
              },
              width: 24,
              height: 4,
              back: '1h',
            },
            levels.map(([level, name]) => ({
              from: 'service',
              field: `alerts_${level}` as const,
              by: 'last',
              where: { writer: '/./' },
              name,
            })),
          ).thresholds(steps(['green', null], ['red', 1])),
          list(
            lang,
            {
              title: { en: 'Open alerts', zh: '未结束的告警' },
              description: {
                en: 'Each with what it has cost so far beyond what was to be expected, as far as that can be told. The page shows its course and what to look at first.',
                zh: '每条告警及其至今超出预期的损失（可估算时）。网页上可查看经过与首先应检查的内容。',
              },
              width: 24,
              height: 10,
            },
            { ...told, only: { open: 1 } },
            columns,
          ),
        ],
      },
      {
        heading: { en: 'History', zh: '历史' },
        panels: [
          stackedBars(
            lang,
            {
              title: { en: 'Open by severity', zh: '各级别未结束数量' },
              description: {
                en: 'How many alerts were open at each minute, of all sites and rules. A minute in which wattwell did not write is a gap.',
                zh: '每分钟未结束的告警数量，含全部场所与规则。未写入的分钟留空。',
              },
              width: 12,
              height: 9,
              back: '7d',
            },
            levels.map(([level, name]) => ({
              from: 'service',
              field: `alerts_${level}` as const,
              where: { writer: '/./' },
              name,
            })),
          ),
          bars(
            lang,
            {
              title: { en: 'By rule', zh: '按规则' },
              description: {
                en: 'How many alerts of each rule fired in the range above.',
                zh: '所选时间内每条规则触发的告警数量。',
              },
              width: 6,
              height: 9,
            },
            [
              {
                from: 'alert',
                field: 'open',
                by: 'count',
                where: inSight,
                groupBy: ['rule'],
                name: '$tag_rule',
              },
            ],
          ),
          bars(
            lang,
            {
              title: { en: 'By site', zh: '按场所' },
              description: {
                en: 'How many alerts of each site fired in the range above; - stands for what concerns several sites or none.',
                zh: '所选时间内每个场所触发的告警数量；- 表示涉及多个场所或不属于任何场所。',
              },
              width: 6,
              height: 9,
            },
            [
              {
                from: 'alert',
                field: 'open',
                by: 'count',
                where: inSight,
                groupBy: ['site'],
                name: '$tag_site',
              },
            ],
          ),
          list(
            lang,
            {
              title: { en: 'All alerts of the range', zh: '所选时间内的全部告警' },
              description: {
                en: 'Those that fired in the range above. Acknowledged after: from when it fired until somebody saw to it. Lasted: from when it began to its end. An empty cell is unknown, or not yet.',
                zh: '所选时间内触发的告警。确认用时：从触发到有人确认。持续：从开始到结束。空格表示未知或尚未发生。',
              },
              width: 24,
              height: 12,
            },
            told,
            columns,
          ),
        ],
      },
    ],
  })
}
