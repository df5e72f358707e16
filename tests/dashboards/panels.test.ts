import * as units from '@grafana/grafana-foundation-sdk/units'
import { describe, expect, it } from 'vitest'
import { dashboards } from '../../dashboards/all.ts'
import { uidOf } from '../../dashboards/kit/language.ts'
import { askingPanels, committed, everyDashboard } from '../support/dashboards.ts'
import { instantOf, type PanelJson } from '../support/grafana.ts'

const known = new Set<unknown>(Object.values(units))

describe.each(everyDashboard)('the dashboard $name, $lang', ({ name, lang, dashboard }) => {
  const { panels } = dashboard
  const asking = askingPanels(dashboard)

  it('stands in the repository as its code makes it', () => {
    expect(JSON.stringify(dashboard)).toBe(JSON.stringify(dashboards[name]?.(lang)))
  })

  it('has a uid that links can rest on, and a range that Grafana understands', () => {
    expect(dashboard.uid).toBe(uidOf(name, lang))
    expect(dashboard.uid.length).toBeLessThanOrEqual(40)
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(39)
    const now = Date.UTC(2026, 6, 1)
    expect(instantOf(dashboard.time.from, now)).toBeLessThan(instantOf(dashboard.time.to, now))
    for (const { timeFrom } of panels) if (timeFrom !== undefined) expect(timeFrom).toMatch(/^\d+[hdwMy]$/)
  })

  it('has panels under headings, each with a title and how its figures are made', () => {
    expect(panels[0]?.type).toBe('row')
    expect(asking.length).toBeGreaterThanOrEqual(4)
    const enough = lang === 'zh' ? 12 : 40
    for (const { title, description, targets } of asking) {
      expect(title.length).toBeGreaterThan(1)
      expect(description.length, title).toBeGreaterThanOrEqual(enough)
      expect(targets.length, title).toBeGreaterThan(0)
    }
  })

  it('numbers its panels, and each of their queries, once', () => {
    expect(new Set(panels.map((panel) => panel.id)).size).toBe(panels.length)
    for (const { id, targets, title } of asking) {
      expect(id).toBeGreaterThan(0)
      expect(new Set(targets.map((target) => target.refId)).size, title).toBe(targets.length)
    }
  })

  it('lays its panels side by side on 24 columns, none over another', () => {
    for (const [i, one] of panels.entries()) {
      const { x, y, w, h } = one.gridPos
      expect(x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= 24, one.title).toBe(true)
      for (const other of panels.slice(i + 1))
        expect(overlap(one, other), `${one.title}, ${other.title}`).toBe(false)
    }
  })

  it('leaves no hole beside or between its panels', () => {
    const bottom = Math.max(...panels.map(({ gridPos: { y, h } }) => y + h))
    for (let line = 0; line < bottom; line += 1) {
      const there = panels.filter(({ gridPos: { y, h } }) => y <= line && line < y + h)
      const width = there.reduce((sum, { gridPos }) => sum + gridPos.w, 0)
      expect(width, `line ${line}, ${there[0]?.title}`).toBe(24)
    }
  })

  it('shows units that Grafana knows, or puts ours behind the number', () => {
    for (const { title, fieldConfig } of asking) {
      const overridden = (fieldConfig.overrides ?? []).flatMap(({ properties }) =>
        properties.filter(({ id }) => id === 'unit').map(({ value }) => value as string),
      )
      for (const unit of [
        ...(fieldConfig.defaults.unit === undefined ? [] : [fieldConfig.defaults.unit]),
        ...overridden,
      ])
        expect(known.has(unit) || /^suffix:\S+( \S+)*$/.test(unit), `${title}: ${unit}`).toBe(true)
    }
  })

  it('names a series with its unit where units differ, so that each is shown in its own', () => {
    for (const { title, fieldConfig, targets } of asking) {
      const byName = (fieldConfig.overrides ?? []).some(
        ({ matcher, properties }) =>
          (matcher.id === 'byRegexp' || /\(.+\)$/.test(matcher.options)) &&
          properties.some(({ id }) => id === 'unit'),
      )
      const named = targets.filter(({ alias }) => /\(\$tag_\w*unit\)$/.test(alias ?? ''))
      expect(named.length > 0, title).toBe(byName)
      for (const { query, alias } of named) {
        const tag = /\$tag_(\w*unit)/.exec(alias as string)?.[1]
        expect(query).toContain(`"${tag}"`)
      }
    }
  })
})

describe('the dashboards', () => {
  it('have uids of their own', () => {
    const uids = everyDashboard.map(({ dashboard }) => dashboard.uid)
    expect(new Set(uids).size).toBe(uids.length)
  })

  it.each(Object.keys(dashboards))('%s asks the same in both languages, and says it in each', (name) => {
    const [en, zh] = [committed('en', name), committed('zh', name)]
    const asked = (dashboard: typeof en) =>
      dashboard.panels.map(({ type, gridPos, timeFrom, repeat, targets = [] }) => ({
        type,
        gridPos,
        timeFrom,
        repeat,
        queries: targets.map(({ refId, query, resultFormat }) => ({
          refId,
          query: query.replace(/"(name|label|scope)_zh"/g, '"$1_en"'),
          resultFormat,
        })),
      }))
    expect(asked(zh)).toEqual(asked(en))
    expect(zh.time).toEqual(en.time)
    const names = (dashboard: typeof en) =>
      dashboard.templating.list.map(({ name, type, multi, includeAll }) => ({
        name,
        type,
        multi,
        includeAll,
      }))
    expect(names(zh)).toEqual(names(en))
    const texts = [zh.title, ...zh.panels.flatMap(({ title, description }) => [title, description ?? title])]
    for (const text of texts) expect(text).toMatch(/\p{Script=Han}|^\$\w+$/u)
    for (const text of JSON.stringify(en).match(/"[^"]*\p{Script=Han}[^"]*"/gu) ?? [])
      expect(['"中文"']).toContain(text)
  })
})

function overlap(one: PanelJson, other: PanelJson): boolean {
  const a = one.gridPos
  const b = other.gridPos
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}
