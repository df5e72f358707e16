import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { BytesIEC, Seconds } from '@grafana/grafana-foundation-sdk/units'
import { chart } from './kit/chart.ts'
import { dashboard } from './kit/dashboard.ts'
import { history } from './kit/history.ts'
import type { Language, Said } from './kit/language.ts'
import { coloured } from './kit/names.ts'
import { steps } from './kit/panel.ts'
import { type Question, tagValues } from './kit/queries.ts'
import { tiles } from './kit/tiles.ts'
import { choice } from './kit/variables.ts'

const chosen = { writer: '/^$writer$/' }
const statuses = {
  '0': [{ en: 'ok', zh: '正常' }, 'green'],
  '1': [{ en: 'degraded', zh: '降级' }, 'yellow'],
  '2': [{ en: 'down', zh: '中断' }, 'red'],
} as const

type ServiceField = Extract<Question, { from: 'service' }>['field']

const lines = (field: ServiceField, what: Said): Question => ({
  from: 'service',
  field,
  where: chosen,
  groupBy: ['writer'],
  name: { en: `${what.en}, $tag_writer`, zh: `${what.zh}，$tag_writer` },
})

/** Whether wattwell itself is well: what comes in, what waits, and how far behind everything is. */
export function operations(lang: Language): Dashboard {
  const half = { width: 12, height: 8 } as const
  return dashboard(lang, {
    name: 'operations',
    title: { en: 'Operations', zh: '运行' },
    description: {
      en: 'Whether wattwell itself is well: what comes in, what waits for the store, and how far behind figures are, of each process.',
      zh: 'wattwell 自身是否正常：每个进程的接收速率、等待入库的数量以及数据滞后。',
    },
    time: { from: 'now-6h', to: 'now' },
    page: '',
    variables: [
      choice(lang, 'writer', { en: 'Process', zh: '进程' }, tagValues('service', 'writer', { writer: '/./' }))
        .multi(true)
        .includeAll(true)
        .current({ selected: true, text: 'All', value: '$__all' }),
    ],
    sections: [
      {
        heading: { en: 'At a glance', zh: '概览' },
        panels: [
          history(
            lang,
            {
              title: { en: 'State of each process', zh: '各进程的状态' },
              description: {
                en: 'Minute by minute what the health call answers. Down: it cannot do what its roles are for. A minute that was not written is a gap: the process, its way to InfluxDB, or InfluxDB was away.',
                zh: '每分钟健康检查的结果。中断：无法完成其职责。未写入的分钟留空：进程、到 InfluxDB 的连接或 InfluxDB 本身中断。',
              },
              width: 16,
              height: 6,
            },
            [{ from: 'service', field: 'status', where: chosen, groupBy: ['writer'], name: '$tag_writer' }],
          )
            .mappings(coloured(lang, statuses))
            .thresholds(steps(['green', null], ['yellow', 1], ['red', 2])),
          tiles(
            lang,
            {
              title: { en: 'Running for', zh: '已运行' },
              description: {
                en: 'How long each process has been running since its last start.',
                zh: '每个进程自上次启动以来的运行时间。',
              },
              width: 8,
              height: 6,
            },
            [
              {
                from: 'service',
                field: 'uptime',
                by: 'last',
                where: chosen,
                groupBy: ['writer'],
                name: '$tag_writer',
              },
            ],
          ).unit(Seconds),
        ],
      },
      {
        heading: { en: 'What comes in', zh: '接收' },
        panels: [
          chart(
            lang,
            {
              title: { en: 'Readings taken in', zh: '接收的读数' },
              description: {
                en: 'Readings per second from one minute to the next, of the counter that begins anew with each start; the first minute after a start has none.',
                zh: '由启动后累计的计数得出的每秒读数，逐分钟；启动后的第一分钟不显示。',
              },
              ...half,
            },
            [{ ...lines('readings', { en: 'readings', zh: '读数' }), rate: true }],
          ).unit('suffix:/s'),
          chart(
            lang,
            {
              title: { en: 'Messages taken in and refused', zh: '接收与拒收的消息' },
              description: {
                en: 'Messages per second, and those of them that went to quarantine, from one minute to the next.',
                zh: '每秒接收的消息，以及其中进入隔离区的消息，逐分钟。',
              },
              ...half,
            },
            [
              { ...lines('messages', { en: 'messages', zh: '消息' }), rate: true },
              { ...lines('refused', { en: 'refused', zh: '拒收' }), rate: true },
            ],
          ).unit('suffix:/s'),
        ],
      },
      {
        heading: { en: 'On the way to the store', zh: '入库' },
        panels: [
          chart(
            lang,
            {
              title: { en: 'Waiting in the spool', zh: '缓冲队列中等待' },
              description: {
                en: 'Readings and refused messages that are acknowledged and on disk, and not in the store yet. A few in normal times.',
                zh: '已确认并写入磁盘、尚未入库的读数与被拒消息。正常情况下很少。',
              },
              ...half,
            },
            [lines('spool_pending', { en: 'waiting', zh: '等待' })],
          ),
          chart(
            lang,
            {
              title: { en: 'Lag', zh: '滞后' },
              description: {
                en: 'For how long the oldest of what waits has waited, and how old the newest reading of all meters is by its own time.',
                zh: '等待中最早一条已等待的时间，以及全部表计中最新读数距今的时间。',
              },
              ...half,
            },
            [
              lines('lag', { en: 'oldest that waits', zh: '最早等待' }),
              lines('newest_age', { en: 'newest reading', zh: '最新读数' }),
            ],
          ).unit(Seconds),
          chart(
            lang,
            {
              title: { en: 'The spool on its disk', zh: '缓冲队列占用磁盘' },
              description: {
                en: 'What the spool takes, and what its disk has left.',
                zh: '缓冲队列已占用的空间，以及磁盘剩余空间。',
              },
              ...half,
            },
            [
              lines('spool_bytes', { en: 'taken', zh: '占用' }),
              lines('spool_free', { en: 'left', zh: '剩余' }),
            ],
          ).unit(BytesIEC),
          chart(
            lang,
            {
              title: { en: 'How long the disk would last', zh: '磁盘可维持时间' },
              description: {
                en: 'If the store took nothing and as much came in as over the last minute; nothing where nothing comes in.',
                zh: '假设存储完全不接收、且按最近一分钟的速率接收数据；没有数据接收时不显示。',
              },
              ...half,
            },
            [lines('spool_lasts', { en: 'lasts', zh: '可维持' })],
          ).unit(Seconds),
        ],
      },
      {
        heading: { en: 'From readings to figures', zh: '从读数到指标' },
        panels: [
          chart(
            lang,
            {
              title: { en: 'Windows that wait to be recomputed', zh: '等待重算的时段' },
              description: {
                en: 'Hours of meters that readings have touched, as windows and as meter-hours. Figures of the API are up to date when none waits.',
                zh: '被读数触及、等待重算的时段数量及其中的表计小时数。没有等待时，接口数据即为最新。',
              },
              ...half,
            },
            [
              lines('windows', { en: 'windows', zh: '时段' }),
              lines('hours', { en: 'meter-hours', zh: '表计小时' }),
            ],
          ),
          chart(
            lang,
            {
              title: { en: 'Figures of these dashboards, behind by', zh: '仪表板数据滞后' },
              description: {
                en: 'For how long some series has waited to be written. Some seconds are usual; after a change of the configuration everything is written anew, the newest first.',
                zh: '待写入序列已等待的时间。通常为数秒；配置变更后全部重写，先写最新的数据。',
              },
              ...half,
            },
            [lines('figures_behind', { en: 'behind', zh: '滞后' })],
          ).unit(Seconds),
        ],
      },
    ],
  })
}
