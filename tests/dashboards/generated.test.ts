import { readFileSync } from 'node:fs'
import * as units from '@grafana/grafana-foundation-sdk/units'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { datasource } from '../../dashboards/queries.ts'
import { site } from '../../dashboards/site.ts'
import { targets2026 } from '../../dashboards/targets-2026.ts'
import { type DashboardJson, instantOf, type PanelJson, variablesIn } from '../support/grafana.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const committed = (name: string): DashboardJson => JSON.parse(read(`dashboards/generated/${name}.json`))

/** What Grafana fills in by itself. */
const OWN = ['timeFilter', '__interval']
const known = new Set<unknown>(Object.values(units))

describe.each([
  ['targets-2026', targets2026],
  ['site', site],
])('the dashboard %s', (name, made) => {
  const dashboard = committed(name)
  const { panels, templating } = dashboard
  const variables = templating.list

  it('stands in the repository as its code makes it', () => {
    expect(JSON.stringify(dashboard)).toBe(JSON.stringify(made()))
  })

  it('has a uid that links can rest on, and a range that Grafana understands', () => {
    expect(dashboard.uid).toBe(`wattwell-${name}`)
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(39)
    const now = Date.UTC(2026, 6, 1)
    expect(instantOf(dashboard.time.from, now)).toBeLessThan(instantOf(dashboard.time.to, now))
    for (const { timeFrom } of panels) if (timeFrom !== undefined) expect(timeFrom).toMatch(/^\d+[hdwMy]$/)
  })

  it('has panels of the kinds that it is made of, each with a title and how its figures are made', () => {
    expect(panels.length).toBeGreaterThanOrEqual(8)
    for (const { type, title, description, targets } of panels) {
      expect(['stat', 'table', 'timeseries', 'bargauge']).toContain(type)
      expect(title.length).toBeGreaterThan(3)
      expect(description.length, title).toBeGreaterThan(40)
      expect(targets.length, title).toBeGreaterThan(0)
    }
  })

  it('numbers its panels, and each of their queries, once', () => {
    expect(new Set(panels.map((panel) => panel.id)).size).toBe(panels.length)
    for (const { id, targets, title } of panels) {
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

  it('uses every variable that it has, and has every one that it uses', () => {
    const used = new Set(
      [
        ...panels.flatMap((panel) => [
          panel.title,
          panel.repeat === undefined ? '' : `$${panel.repeat}`,
          ...panel.targets.map((target) => target.query),
        ]),
        ...variables.map(({ query }) => (typeof query === 'string' ? '' : query.query)),
      ].flatMap(variablesIn),
    )
    for (const own of OWN) used.delete(own)
    expect([...used].sort()).toEqual(variables.map((variable) => variable.name).sort())
  })

  it('looks variables up that stand before those that need them', () => {
    const before: string[] = []
    for (const { name: variable, query } of variables) {
      for (const needed of typeof query === 'string' ? [] : variablesIn(query.query))
        expect(before, variable).toContain(needed)
      before.push(variable)
    }
  })

  it('asks the provisioned data source, always within a range and for known values', () => {
    const provisioned = parse(read('dashboards/provisioning/datasources/wattwell.yaml')).datasources[0]
    expect(datasource).toEqual({ type: provisioned.type, uid: provisioned.uid })
    for (const panel of panels) {
      expect(panel.datasource).toEqual(datasource)
      for (const target of panel.targets) {
        expect(target).toMatchObject({ datasource, rawQuery: true })
        expect(target.query).toContain('$timeFilter')
        expect(target.query).toMatch(/"(\w+_)?known" = 1|"verdict" >= 0|"covered_ms" > 0|FROM "reading"/)
        expect(target.resultFormat).toBe(panel.type === 'table' ? 'table' : 'time_series')
      }
    }
    for (const variable of variables.filter(({ type }) => type === 'query')) {
      expect(variable.datasource).toEqual(datasource)
      expect(variable.query).toMatchObject({
        query: expect.stringMatching(/^SHOW TAG VALUES FROM .* WHERE /),
      })
    }
  })

  it('puts variables of several values into patterns only', () => {
    for (const { name: variable } of variables.filter(({ multi }) => multi)) {
      for (const { query } of panels.flatMap((panel) => panel.targets)) {
        for (const [, quoted] of query.matchAll(/'([^']*)'/g))
          expect(variablesIn(quoted as string), query).not.toContain(variable)
      }
    }
  })

  it('shows units that Grafana knows, or puts ours behind the number', () => {
    const seen = panels.flatMap(({ fieldConfig: { defaults, overrides } }) => [
      ...(defaults.unit === undefined ? [] : [defaults.unit]),
      ...overrides.flatMap(({ properties }) =>
        properties.filter(({ id }) => id === 'unit').map(({ value }) => value as string),
      ),
    ])
    expect(seen.length).toBeGreaterThan(5)
    for (const unit of seen) expect(known.has(unit) || /^suffix:\S+( \S+)*$/.test(unit), unit).toBe(true)
    expect(seen).toContain('mwatth')
    expect(seen).toContain('suffix:MWh/person')
  })

  it('names a series with its unit where units differ, so that each is shown in its own', () => {
    for (const panel of panels) {
      const byName = panel.fieldConfig.overrides.filter(({ properties }) =>
        properties.some(({ id }) => id === 'unit'),
      )
      const named = panel.targets.filter(({ alias }) => /\(\$tag_\w*unit\)$/.test(alias ?? ''))
      expect(named.length, panel.title).toBe(byName.length === 0 ? 0 : panel.targets.length)
      for (const { query, alias } of named) {
        const tag = /\$tag_(\w*unit)/.exec(alias as string)?.[1]
        expect(query).toContain(`"${tag}"`)
      }
    }
  })
})

describe('the provider of dashboards', () => {
  it('reads the folder that the container has them in, and keeps nothing that was changed by hand', () => {
    const { apiVersion, providers } = parse(read('dashboards/provisioning/dashboards/wattwell.yaml'))
    expect(apiVersion).toBe(1)
    expect(providers).toEqual([
      expect.objectContaining({
        type: 'file',
        allowUiUpdates: false,
        options: { path: '/var/lib/grafana/dashboards/wattwell' },
      }),
    ])
  })
})

function overlap(one: PanelJson, other: PanelJson): boolean {
  const a = one.gridPos
  const b = other.gridPos
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}
