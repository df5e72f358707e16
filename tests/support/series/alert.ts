import { expect } from 'vitest'
import type { Json } from '../json.ts'
import type { SeriesCheck } from './series.ts'

const SEVERITIES = ['info', 'warning', 'critical']

/** What the point of an alert that fired says of it. */
export function alertOfApi({ severity, status, since, firedAt, resolvedAt, acknowledged, cost }: Json) {
  const began = Date.parse(since)
  return {
    severity: SEVERITIES.indexOf(severity),
    open: status === 'resolved' ? 0 : 1,
    since: began,
    acknowledged_after: acknowledged && Date.parse(acknowledged.at) - Date.parse(firedAt),
    ended_at: resolvedAt && Date.parse(resolvedAt),
    lasted: resolvedAt && Date.parse(resolvedAt) - began,
    kwh: cost.kWh ?? null,
    m3: cost.m3 ?? null,
    tco2e: cost.tCO2e ?? null,
  }
}

/** Alerts one by one, each by its id, or their number. */
export const alert: SeriesCheck = {
  measurement: 'alert',
  async holds({ by, like, query }, answer, { from, to }, get) {
    const { rows } = await get('/alerts?limit=1000')
    const fired = rows.filter((row: Json) => {
      const at = Date.parse(row.firedAt ?? '')
      const tags: Record<string, string> = { rule: row.rule, site: row.site ?? '-' }
      const asked = like.every(([tag, pattern]) => pattern.test(tags[tag] ?? ''))
      return at >= from && at <= to && asked && (!query.includes('"open" = 1') || row.status !== 'resolved')
    })
    let seen = 0
    for (const { tags = {}, columns, values } of answer) {
      if (by === 'count') {
        seen += values[0]?.[1] as number
        const [[tag, value]] = Object.entries(tags) as [[string, string]]
        expect(values[0]?.[1], query).toBe(
          fired.filter((row: Json) => (tag === 'site' ? (row.site ?? '-') : row[tag]) === value).length,
        )
        continue
      }
      for (const row of values) {
        const cell = (name: string) => row[columns.indexOf(name)]
        const found = fired.find(({ id }: Json) => id === cell('id'))
        for (const [name, value] of Object.entries(alertOfApi(found)))
          if (columns.includes(name)) expect(cell(name), `${query} ${name}`).toBe(value)
        expect([cell('title_en'), cell('title_zh')]).toEqual([found.summary.en, found.summary.zh])
        seen += 1
      }
    }
    expect(seen, query).toBe(fired.length)
    return seen
  },
}
