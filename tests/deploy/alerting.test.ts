import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { alertRules } from '../../dashboards/alert-rules.ts'
import { alerting } from '../../dashboards/alerting.ts'
import { contactPointsSchema, rulesSchema } from './alerting-schema.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const provisioning = (name: string) => parse(read(`dashboards/provisioning/alerting/${name}.yaml`))

const validate = (schema: object, what: unknown) => {
  const check = new Ajv2020({ strictTuples: false }).compile(schema)
  expect(check(what), JSON.stringify(check.errors, null, 1)).toBe(true)
}

describe('the alert rules of Grafana', () => {
  it('stand in the repository as their code makes them, in a shape that Grafana reads', () => {
    const rules = provisioning('rules')
    expect(rules).toEqual(JSON.parse(JSON.stringify(alerting())))
    validate(rulesSchema, rules)
  })

  it('are told apart, and say in both languages what is wrong and of what', () => {
    expect(new Set(alertRules.map(({ uid }) => uid)).size).toBe(alertRules.length)
    for (const { uid, title, summary, query } of alertRules) {
      for (const said of [title.zh, summary.zh]) expect(said, uid).toMatch(/\p{Script=Han}/u)
      const tags = query.slice(query.indexOf('GROUP BY'))
      for (const text of [summary.en, summary.zh]) {
        for (const [, tag] of text.matchAll(/\$labels\.(\w+)/g)) expect(tags, uid).toContain(`"${tag}"`)
        // Of both languages the same is filled in.
        expect([...text.matchAll(/\$[\w.]+/g)].flat().sort()).toEqual(
          [...summary.en.matchAll(/\$[\w.]+/g)].flat().sort(),
        )
      }
    }
  })

  it('fire without any series only where that is what is wrong', () => {
    const silent = alertRules.filter(({ noData }) => noData === 'Alerting').map(({ uid }) => uid)
    expect(silent).toEqual(['wattwell-stopped'])
  })
})

describe('the contact point of Grafana', () => {
  const file = provisioning('contact-points')

  it('has a shape that Grafana reads, and its policy sends there', () => {
    validate(contactPointsSchema, file)
    const names = file.contactPoints.map(({ name }: { name: string }) => name)
    const [{ receiver, routes }] = file.policies
    for (const used of [receiver, ...routes.map((route: { receiver: string }) => route.receiver)])
      expect(names).toContain(used)
  })

  it('takes its address from the environment that Compose gives, by way of the script that starts Grafana', () => {
    const [{ settings }] = file.contactPoints[0].receivers
    expect(settings.addresses).toMatch(/^\$\{ALERT_EMAIL\}$/)
    const { grafana } = parse(read('docker-compose.yml')).services
    expect(grafana.entrypoint).toEqual(['/bin/sh', '/deploy/start.sh'])
    expect(grafana.volumes).toContain('./deploy/grafana:/deploy:ro')
    expect(grafana.environment).toMatchObject({
      ALERT_EMAIL: expect.stringMatching(/^\$\{GRAFANA_ALERT_EMAIL:-\}$/),
      SMTP_URL: expect.stringMatching(/^\$\{WATTWELL_SMTP_URL:-\}$/),
      SMTP_FROM: expect.stringMatching(/^\$\{WATTWELL_SMTP_FROM:-\}$/),
    })
  })

  it('gets what is critical more often, by a label that the rules set', () => {
    const [{ routes, repeat_interval }] = file.policies
    const [label, , value] = routes[0].object_matchers[0]
    const labels = alerting().groups.flatMap(({ rules }) => rules.map((rule) => rule.labels))
    expect(labels.some((one) => one[label as 'severity'] === value)).toBe(true)
    expect([routes[0].repeat_interval, repeat_interval]).toEqual(['4h', '1d'])
  })
})
