import { describe, expect, it } from 'vitest'
import { askingPanels, everyDashboard } from '../support/dashboards.ts'
import { GrafanaSchema } from '../support/grafana-schema.ts'

const schema = new GrafanaSchema()

describe.each(everyDashboard)('the JSON of $name, $lang', ({ dashboard }) => {
  it('is a dashboard by Grafana’s own types, down to what each kind of panel and its fields may be told', () => {
    expect(schema.dashboard(dashboard)).toEqual([])
    for (const { type, title, options, fieldConfig } of askingPanels(dashboard)) {
      expect(schema.panel(type, 'Options', options), title).toEqual([])
      const overridden = fieldConfig.overrides.flatMap(({ properties }) =>
        properties.filter(({ id }) => id.startsWith('custom.')),
      )
      const set = { ...(fieldConfig.defaults.custom ?? {}) } as Record<string, unknown>
      for (const { id, value } of overridden) set[id.slice('custom.'.length)] = value
      // Some kinds have no type for it, and nothing that could be set.
      if (Object.keys(set).length === 0) continue
      // What the defaults leave open is filled in by Grafana.
      const refused = schema
        .panel(type, 'FieldConfig', set)
        .filter((problem) => !problem.includes('must have required property'))
      expect(refused, title).toEqual([])
    }
  }, 60_000)
})

it('a misspelt option of a panel, or of the dashboard, is refused', () => {
  const { dashboard } = everyDashboard[0] as (typeof everyDashboard)[number]
  expect(schema.dashboard({ ...dashboard, refersh: '5m' } as never)).not.toEqual([])
  const [panel] = askingPanels(dashboard)
  const options = { ...(panel?.options as object), colourMode: 'value' }
  expect(schema.panel(panel?.type ?? '', 'Options', options)).not.toEqual([])
})
