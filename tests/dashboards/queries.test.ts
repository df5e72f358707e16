import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fields } from '../../dashboards/kit/fields.ts'
import { datasource } from '../../dashboards/kit/queries.ts'
import { askingPanels, everyDashboard } from '../support/dashboards.ts'
import { variablesIn } from '../support/grafana.ts'

const provisioning = (path: string) =>
  parse(readFileSync(new URL(`../../dashboards/provisioning/${path}`, import.meta.url), 'utf8'))

/** What Grafana fills in by itself. */
const OWN = /^(timeFilter|__interval|__url_time_range|__data|__value|__series|__field)$/

describe.each(everyDashboard)('the queries of $name, $lang', ({ dashboard }) => {
  const panels = askingPanels(dashboard)
  const variables = dashboard.templating.list

  it('use every variable that there is, and have every one that they use', () => {
    const used = new Set(
      [
        ...dashboard.panels.flatMap((panel) => [
          panel.title,
          panel.repeat === undefined ? '' : `$${panel.repeat}`,
          ...(panel.targets ?? []).map((target) => target.query),
          JSON.stringify(panel.fieldConfig ?? {}).replaceAll(/"options":"[^"]*"/g, ''),
        ]),
        ...variables.map(({ query }) => (typeof query === 'string' ? '' : query.query)),
        JSON.stringify(dashboard.links),
      ].flatMap(variablesIn),
    )
    expect([...used].filter((name) => !OWN.test(name)).sort()).toEqual(
      variables.map((variable) => variable.name).sort(),
    )
  })

  it('look variables up that stand before those that need them', () => {
    const before: string[] = []
    for (const { name: variable, query } of variables) {
      for (const needed of typeof query === 'string' ? [] : variablesIn(query.query))
        expect(before, variable).toContain(needed)
      before.push(variable)
    }
  })

  it('ask the provisioned data source, always within a range and for known values', () => {
    for (const panel of panels) {
      expect(panel.datasource).toEqual(datasource)
      for (const target of panel.targets) {
        expect(target).toMatchObject({ datasource, rawQuery: true })
        expect(target.query).toMatch(/\$timeFilter|time >= '\d{4}-.* AND time < '\d{4}-/)
        const [, field = '', measurement = ''] =
          /"(\w+)"(?:, 1s)?\)?(?: AS "\w+")? FROM "(\w+)"/.exec(target.query) ?? []
        const conditions: Readonly<Record<string, Readonly<Record<string, string | null>>>> = fields
        const condition = conditions[measurement]?.[field]
        expect(condition, target.query).not.toBe(undefined)
        if (condition !== null) expect(target.query).toContain(condition)
        expect(target.resultFormat).toBe(target.alias === undefined ? 'table' : 'time_series')
      }
    }
    for (const variable of variables.filter(({ type }) => type === 'query')) {
      expect(variable.datasource).toEqual(datasource)
      expect(variable.query).toMatchObject({
        query: expect.stringMatching(
          /^SHOW TAG VALUES FROM .* WHERE |^SELECT "\w+" FROM "\w+" WHERE .*("known" = 1|"verdict" >= 0) AND time >= /,
        ),
      })
    }
  })

  it('put variables of several values into patterns only', () => {
    for (const { name: variable } of variables.filter(({ multi }) => multi)) {
      for (const { query } of panels.flatMap((panel) => panel.targets)) {
        for (const [, quoted] of query.matchAll(/'([^']*)'/g))
          expect(variablesIn(quoted as string), query).not.toContain(variable)
      }
    }
  })
})

describe('the provisioning', () => {
  it('has the data source that the dashboards ask', () => {
    const [source] = provisioning('datasources/wattwell.yaml').datasources
    expect(datasource).toEqual({ type: source.type, uid: source.uid })
  })

  it('reads the folders that the container has the dashboards in, and keeps nothing that was changed by hand', () => {
    const { apiVersion, providers } = provisioning('dashboards/wattwell.yaml')
    expect(apiVersion).toBe(1)
    const provider = (folder: string, lang: string) =>
      expect.objectContaining({
        folder,
        type: 'file',
        allowUiUpdates: false,
        options: { path: `/var/lib/grafana/dashboards/wattwell/${lang}` },
      })
    expect(providers).toEqual([provider('wattwell', 'en'), provider('wattwell 中文', 'zh')])
    expect(new Set(providers.map(({ name }: { name: string }) => name)).size).toBe(2)
  })
})
