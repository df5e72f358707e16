import { describe, expect, it } from 'vitest'
import { viewOf } from '../../web/route.ts'
import { committed, everyDashboard } from '../support/dashboards.ts'
import { type DashboardJson, variablesIn } from '../support/grafana.ts'

const byUid = new Map(everyDashboard.map((one) => [one.dashboard.uid, one]))

/** Every address that a dashboard leads to, of panels and of its head. */
function addresses(dashboard: DashboardJson): string[] {
  const found: string[] = []
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'url' && typeof inner === 'string') found.push(inner)
      else collect(inner)
    }
  }
  collect(dashboard.links)
  collect(dashboard.panels.map(({ fieldConfig }) => fieldConfig))
  return found
}

/** A link filled in as it is followed: what stands for a value becomes one. */
const followed = (url: string) =>
  new URL(
    url.replace('${page:raw}', 'https://energy.example.com').replaceAll(/\$\{[^}]+\}/g, 'x'),
    'https://grafana.example.com',
  )

describe.each(everyDashboard)('the links of $name, $lang', ({ lang, dashboard }) => {
  const urls = addresses(dashboard)
  const intoPage = urls.filter((url) => url.startsWith('${page:raw}'))
  const toDashboards = urls.filter((url) => url.startsWith('/d/'))

  it('lead to other dashboards, or into the page', () => {
    expect(intoPage.length).toBeGreaterThan(0)
    expect(toDashboards.length).toBeGreaterThan(0)
    expect(intoPage.length + toDashboards.length).toBe(urls.length)
  })

  it('of dashboards lead to one that there is, over the same time, with variables that it has', () => {
    for (const url of toDashboards) {
      const uid = followed(url).pathname.slice('/d/'.length)
      const there = byUid.get(uid)
      expect(there, url).toBeDefined()
      const set = [...url.matchAll(/[?&]var-(\w+)=/g)].map(([, name]) => name)
      const has = there?.dashboard.templating.list.map(({ name }) => name) ?? []
      for (const name of set) expect(has, url).toContain(name)
      if (url.includes('?')) {
        expect(url).toContain('${__url_time_range}')
        expect(there?.lang).toBe(lang)
      }
    }
  })

  it('into the page lead to a view that it has, in the language of the dashboard', () => {
    for (const url of intoPage) {
      const { pathname, search, searchParams } = followed(url)
      expect(searchParams.get('lang'), url).toBe(lang)
      const asked = [...searchParams.keys()].filter((key) => key !== 'lang')
      // What no view knows is the overview: only the bare address may be that.
      expect(viewOf({ pathname, search }).name === 'overview', url).toBe(asked.length === 0)
    }
  })

  it('take only what a row, a variable or the time holds', () => {
    const has = new Set(dashboard.templating.list.map(({ name }) => name))
    for (const url of urls) {
      for (const name of variablesIn(
        url.replaceAll(/\$\{__(data\.fields\.\w+|url_time_range|to:date:YYYY)\}/g, ''),
      ))
        expect(has, url).toContain(name)
    }
    for (const { title, fieldConfig, targets = [], transformations = [] } of dashboard.panels) {
      const fields = [...JSON.stringify(fieldConfig ?? {}).matchAll(/__data\.fields\.(\w+)/g)].map(
        ([, name]) => name as string,
      )
      if (fields.length === 0) continue
      const hidden = transformations.flatMap(({ options }) => Object.keys(options?.excludeByName ?? {}))
      for (const field of fields) {
        const asked = targets.some(
          ({ query }) =>
            query.split(' FROM ')[0]?.includes(`"${field}"`) ||
            new RegExp(`GROUP BY .*"${field}"`).test(query),
        )
        expect(asked && !hidden.includes(field), `${title}: ${field}`).toBe(true)
      }
    }
  })
})

describe('the way through the dashboards', () => {
  it('leads from the organisation to a site, from there to a meter, and on into the page', () => {
    const urlsOf = (name: string) => addresses(committed('en', name)).join('\n')
    expect(urlsOf('organisation')).toContain('/d/wattwell-site?var-site=${__data.fields.site}')
    expect(urlsOf('organisation')).toContain('?target=${__data.fields.target}')
    expect(urlsOf('site')).toContain('/d/wattwell-meter?var-site=${site}&var-meter=${__data.fields.meter}')
    expect(urlsOf('meter')).toContain('?meter=${meter}')
  })
})
