import { existsSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readSettings } from '../../settings.ts'
import { type ComposeFile, interpolated, merged } from './compose-merge.ts'
import { composeSchema, overlaySchema } from './compose-schema.ts'

const file = (path: string) => new URL(`../../${path}`, import.meta.url)
const read = (path: string) => readFileSync(file(path), 'utf8')
const overlay = parse(read('docker-compose.external.yml'))
const compose = merged(parse(read('docker-compose.yml')), overlay) as ComposeFile
const running = Object.entries(compose.services).filter(([, { profiles = [] }]) => profiles.length === 0)
const serviceOf = (name: string) => compose.services[name] as ComposeFile['services'][string]

const validate = (schema: object, what: unknown) => {
  const check = new Ajv2020({ strictTuples: false }).compile(schema)
  expect(check(what), JSON.stringify(check.errors)).toBe(true)
}

const drawn = Object.fromEntries(
  [...read('docker-compose.yml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => [
    name as string,
    'x'.repeat(40),
  ]),
)
const ours = {
  ...drawn,
  EXTERNAL_MQTT_URL: 'mqtts://meters:secret@broker.example.com',
  EXTERNAL_STORE_URL: 'https://influx.example.com:8086',
}
const environmentOf = (name: string, variables: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(serviceOf(name).environment).map(([key, value]) => [key, interpolated(value, variables)]),
  )

describe('docker-compose.external.yml', () => {
  it('is what the specification allows, by itself and over docker-compose.yml', () => {
    validate(overlaySchema, overlay)
    validate(composeSchema, compose)
  })

  it('starts wattwell and Grafana, which wait for no service that is not started', () => {
    expect(running.map(([name]) => name).sort()).toEqual(['grafana', 'wattwell'])
    for (const [name, { depends_on = {} }] of running) {
      for (const [needed, { required }] of Object.entries(depends_on)) {
        expect(serviceOf(needed).profiles, needed).toEqual(['not-with-external'])
        expect(required, `${name} needs ${needed}`).toBe(false)
      }
    }
  })

  it('leaves nothing that names a service which is not started, or a secret of one', () => {
    for (const [name, { environment }] of running) {
      const text = JSON.stringify(environment)
      expect(text, name).not.toMatch(/@mosquitto|\/\/influxdb|MOSQUITTO_|INFLUXDB_/)
    }
  })

  it('is refused where broker or InfluxDB are not named, and says where to', () => {
    for (const name of ['EXTERNAL_MQTT_URL', 'EXTERNAL_STORE_URL']) {
      const without = { ...ours, [name]: '' }
      expect(() => environmentOf('wattwell', without)).toThrow(new RegExp(`${name} is not set: .*\\.env`))
    }
  })

  it('gives wattwell settings that it accepts, with a token or with a user', () => {
    const token = readSettings(environmentOf('wattwell', { ...ours, EXTERNAL_INFLUX_TOKEN: 'abc' }))
    expect(token).toMatchObject({
      mqttUrl: 'mqtts://meters:secret@broker.example.com',
      store: { url: 'https://influx.example.com:8086', token: 'abc', database: 'wattwell' },
    })
    const user = readSettings(
      environmentOf('wattwell', {
        ...ours,
        EXTERNAL_INFLUX_USERNAME: 'wattwell',
        EXTERNAL_INFLUX_PASSWORD: 'secret',
        EXTERNAL_INFLUX_DATABASE: 'energy',
      }),
    )
    expect(user.store).toMatchObject({
      username: 'wattwell',
      password: 'secret',
      database: 'energy',
      token: '',
    })
  })

  it.each([
    ['a token', {}, 'deploy/grafana/datasource-token.yaml'],
    [
      'a user',
      { EXTERNAL_GRAFANA_DATASOURCE: './dashboards/provisioning/datasources/wattwell.yaml' },
      'dashboards/provisioning/datasources/wattwell.yaml',
    ],
  ])('mounts over the data source one that asks with %s, and gives it all that it needs', (_, more, path) => {
    const place = '/etc/grafana/provisioning/datasources/wattwell.yaml'
    const mount = serviceOf('grafana').volumes?.find((one) => one.includes(place)) ?? ''
    expect(interpolated(mount, { ...ours, ...more })).toBe(`./${path}:${place}:ro`)
    // A file can be mounted only where there is one below.
    expect(existsSync(file('dashboards/provisioning/datasources/wattwell.yaml'))).toBe(true)
    const environment = environmentOf('grafana', ours)
    for (const [, name] of read(path).matchAll(/\$\{(\w+)\}/g))
      expect(Object.keys(environment)).toContain(name)
    const bundled = parse(read('dashboards/provisioning/datasources/wattwell.yaml')).datasources[0]
    const { uid, type, access, url, jsonData } = parse(read(path)).datasources[0]
    expect({ uid, type, access, url }).toEqual({
      uid: bundled.uid,
      type: bundled.type,
      access: bundled.access,
      url: bundled.url,
    })
    expect(jsonData).toMatchObject(bundled.jsonData)
  })

  it('asks with the word for the token that the version of InfluxDB knows', () => {
    const [{ secureJsonData }] = parse(read('deploy/grafana/datasource-token.yaml')).datasources
    const asked = (more: object) =>
      interpolated(
        secureJsonData.httpHeaderValue1,
        environmentOf('grafana', { ...ours, EXTERNAL_INFLUX_READ_TOKEN: 'abc', ...more }),
      )
    expect(asked({})).toBe('Token abc')
    expect(asked({ EXTERNAL_INFLUX_TOKEN_KIND: 'Bearer' })).toBe('Bearer abc')
  })

  it('is told of in the .env that the script writes', () => {
    const script = read('deploy/env.sh')
    const names = [...read('docker-compose.external.yml').matchAll(/\$\{(EXTERNAL_\w+)/g)].map(
      ([, name]) => name,
    )
    for (const name of names) expect(script).toContain(`entry ${name} `)
  })
})
