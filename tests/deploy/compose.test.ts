import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readSettings } from '../../settings.ts'
import { interpolated } from './compose-merge.ts'
import { composeSchema } from './compose-schema.ts'

const file = (path: string) => new URL(`../../${path}`, import.meta.url)
const read = (path: string) => readFileSync(file(path), 'utf8')
const text = read('docker-compose.yml')

interface Service {
  readonly image: string
  readonly build?: string
  readonly environment: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
  readonly healthcheck?: object
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
}
const { services, volumes }: { services: Record<string, Service>; volumes: Record<string, null> } =
  parse(text)
const serviceOf = (name: string) => services[name] as Service

describe('docker-compose.yml', () => {
  it('is what the specification allows', () => {
    const validate = new Ajv2020({ strictTuples: false }).compile(composeSchema)
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true)
  })

  it('has broker, InfluxDB, Grafana and wattwell, each at a version that stays', () => {
    expect(Object.keys(services).sort()).toEqual(['grafana', 'influxdb', 'mosquitto', 'wattwell'])
    for (const [name, { image, build }] of Object.entries(services)) {
      if (build !== undefined) continue
      expect(image, name).toMatch(/^[a-z/-]+:\d+\.\d+\.\d+$/)
    }
    expect(serviceOf('influxdb').image).toMatch(/^influxdb:2\./)
  })

  it('checks the health of each, and starts none before what it needs is well', () => {
    const dockerfile = read('Dockerfile')
    for (const [name, { healthcheck, build }] of Object.entries(services)) {
      if (build === undefined) expect(healthcheck, name).toBeDefined()
      else expect(dockerfile).toContain('\nHEALTHCHECK ')
    }
    const healthy = { condition: 'service_healthy' }
    expect(serviceOf('wattwell').depends_on).toEqual({ mosquitto: healthy, influxdb: healthy })
    expect(serviceOf('grafana').depends_on).toEqual({ influxdb: healthy })
  })

  it('holds no secret: each is asked for, and the start is refused without', () => {
    const asked = new Map(
      Object.values(services).flatMap(({ environment }) =>
        Object.entries(environment).filter(([name]) => /PASSWORD|TOKEN|KEY$/.test(name)),
      ),
    )
    expect(asked.size).toBeGreaterThanOrEqual(8)
    for (const [name, value] of asked) expect(value, name).toMatch(/^\$\{\w+:\?run "sh deploy\/env\.sh"\}$/)
    expect(serviceOf('wattwell').environment.MQTT_URL).toMatch(/:\$\{\w+:\?[^}]+\}@mosquitto:1883$/)
  })

  it('listens on this machine only, until somebody says otherwise', () => {
    const ports = Object.values(services).flatMap(({ ports = [] }) => ports)
    expect(ports.length).toBe(3)
    for (const port of ports) expect(port).toMatch(/^\$\{\w+_BIND:-127\.0\.0\.1\}:(\d+):\1$/)
    expect(serviceOf('influxdb').ports).toBeUndefined()
  })

  it('lets nobody look at Grafana without a password, and gives it a user that only reads', () => {
    const { environment } = serviceOf('grafana')
    expect(environment).toMatchObject({
      GF_AUTH_ANONYMOUS_ENABLED: 'false',
      GF_USERS_ALLOW_SIGN_UP: 'false',
    })
    expect(JSON.stringify(environment)).not.toContain('ADMIN_TOKEN')
    const reader = read('deploy/influxdb/reader.sh')
    expect(reader).toContain(`--username ${environment.INFLUX_READER}`)
    expect(reader).toContain('--read-bucket "$DOCKER_INFLUXDB_INIT_BUCKET_ID"')
    expect(reader).not.toContain('--write-bucket')
    // The image runs what may be run.
    expect(statSync(file('deploy/influxdb/reader.sh')).mode & 0o111).toBe(0o111)
  })

  it('gives the provisioned data source everything that it asks for', () => {
    const { environment } = serviceOf('grafana')
    const provisioning = read('dashboards/provisioning/datasources/wattwell.yaml')
    for (const [, name] of provisioning.matchAll(/\$\{(\w+)\}/g)) {
      expect(Object.keys(environment)).toContain(name)
    }
    const [source] = parse(provisioning).datasources
    expect(source).toMatchObject({
      type: 'influxdb',
      access: 'proxy',
      basicAuth: true,
      jsonData: { version: 'InfluxQL' },
      secureJsonData: { basicAuthPassword: expect.stringMatching(/^\$\{INFLUX_READER_PASSWORD\}$/) },
    })
    expect(environment.INFLUX_DATABASE).toBe(serviceOf('influxdb').environment.DOCKER_INFLUXDB_INIT_BUCKET)
    expect(environment.INFLUX_DATABASE).toBe(serviceOf('wattwell').environment.INFLUX_DATABASE)
  })

  it('mounts what is there, and keeps what must be kept in volumes', () => {
    for (const [name, service] of Object.entries(services)) {
      for (const mount of service.volumes ?? []) {
        const [source = ''] = interpolated(mount, {}).split(':')
        if (source.startsWith('.')) expect(existsSync(file(source)), `${name}: ${source}`).toBe(true)
        else expect(Object.keys(volumes), name).toContain(source)
      }
    }
    const home = serviceOf('grafana').environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH
    expect(home).toBe('/var/lib/grafana/dashboards/wattwell/en/organisation.json')
    expect(existsSync(file('dashboards/generated/en/organisation.json'))).toBe(true)
  })

  it('gives wattwell settings that it accepts', () => {
    const secrets = Object.fromEntries(
      [...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => [name as string, 'x'.repeat(40)]),
    )
    const mail = {
      WATTWELL_SMTP_URL: 'smtp://mail.example.com',
      WATTWELL_SMTP_FROM: 'energy@example.com',
      WATTWELL_PAGE_URL: 'https://energy.example.com',
    }
    const settingsWith = (folder: string) =>
      readSettings({
        ...imageEnvironment(),
        ...Object.fromEntries(
          Object.entries(serviceOf('wattwell').environment).map(([name, value]) => [
            name,
            interpolated(value, {
              ...secrets,
              ...mail,
              WATTWELL_SIMULATE: '',
              WATTWELL_CONFIG_FOLDER: folder,
            }),
          ]),
        ),
      })
    // Meters of one's own are never simulated into the store because a second variable was forgotten.
    expect(settingsWith('/srv/ours')).toMatchObject({ config: '/config', simulate: null })
    expect(settingsWith('')).toMatchObject({
      config: resolve('config'),
      data: '/data',
      http: { host: '0.0.0.0', port: 8080 },
      httpKey: 'x'.repeat(40),
      mqttUrl: `mqtt://wattwell:${'x'.repeat(40)}@mosquitto:1883`,
      store: { url: 'http://influxdb:8086', token: 'x'.repeat(40), database: 'wattwell' },
      simulate: null,
      smtp: { url: 'smtp://mail.example.com', from: 'energy@example.com' },
      pageUrl: 'https://energy.example.com',
    })
  })
})

describe('the Dockerfile', () => {
  const lines = read('Dockerfile').split('\n')
  const stages = lines.filter((line) => line.startsWith('FROM '))

  it('begins with a version of Node that the package accepts, and stays', () => {
    expect(stages.length).toBe(2)
    for (const stage of stages) expect(stage).toMatch(/^FROM node:20\.\d+\.\d+-bookworm-slim( AS build)?$/)
    const [, minor] = /node:20\.(\d+)\./.exec(stages[0] as string) ?? []
    expect(Number(minor)).toBeGreaterThanOrEqual(19)
  })

  it('runs as a user without rights, and asks itself whether it is well', () => {
    const last = lines.slice(lines.lastIndexOf(stages[1] as string))
    expect(last.indexOf('USER node')).toBeGreaterThan(0)
    expect(last.indexOf('USER node')).toBeLessThan(last.findIndex((line) => line.startsWith('CMD ')))
    expect(last.join('\n')).toContain('/api/v1/health')
  })

  it('takes into the image nothing that is secret, or not needed', () => {
    const ignored = read('.dockerignore').split('\n')
    for (const path of ['.env', '.git', 'node_modules', 'data', 'dist', 'web-dist'])
      expect(ignored).toContain(path)
    const copied = lines
      .filter((line) => /^COPY (?!--from)/.test(line))
      .flatMap((line) => line.split(' ').slice(1, -1))
    for (const path of copied) {
      expect(ignored).not.toContain(path)
      expect(existsSync(file(path)), path).toBe(true)
    }
  })
})

/** What the image itself sets. */
function imageEnvironment(): Record<string, string> {
  return Object.fromEntries(
    read('Dockerfile')
      .split('\n')
      .filter((line) => line.startsWith('ENV '))
      .flatMap((line) => line.slice('ENV '.length).split(' '))
      .map((pair) => pair.split('=') as [string, string]),
  )
}
