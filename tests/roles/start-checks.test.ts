import { describe, expect, it } from 'vitest'
import { checkStart, doubtfulSettings } from '../../roles/start-checks.ts'
import { readSettings } from '../../settings.ts'

const INFLUX = { STORE_URL: 'http://influx:8086' }
const BROKER = { MQTT_URL: 'mqtt://broker' }

const check = (env: Record<string, string>, keys: string[] = []) => checkStart(readSettings(env), keys)

describe('a start', () => {
  it.each([
    [{}],
    [{ ROLES: 'ingest,service' }],
    [{ ROLES: 'service,ingest', ...INFLUX }],
    [{ ROLES: 'ingest', ...INFLUX, ...BROKER }],
    // One process that takes readings may have the broker in it.
    [{ ROLES: 'ingest', ...INFLUX }],
    [{ ROLES: 'service', ...INFLUX }],
    [{ ROLES: 'service', ...INFLUX, ...BROKER, SIMULATE: '1' }],
    // The health call is for everybody.
    [{ ROLES: 'ingest', ...INFLUX, HTTP_HOST: '0.0.0.0' }],
    // A broker that isn't there needs no password.
    [{ ROLES: 'service', ...INFLUX, MQTT_HOST: '0.0.0.0' }],
  ])('is possible with %j', (env) => {
    expect(() => check(env)).not.toThrow()
  })

  it.each([
    [{ ROLES: 'ingest' }, /^ROLES=ingest needs STORE_URL/],
    [{ ROLES: 'ingest', ...BROKER }, /^ROLES=ingest needs STORE_URL/],
    [{ ROLES: 'service', ...BROKER }, /^ROLES=service needs STORE_URL/],
    [{ ROLES: 'service', ...INFLUX, SIMULATE: '1' }, /^SIMULATE=1 with ROLES=service needs MQTT_URL/],
    [{ ROLES: 'service', ...INFLUX, HTTP_HOST: '0.0.0.0' }, /^HTTP_HOST=0\.0\.0\.0 .* needs a key/],
    [{ ROLES: 'ingest', ...INFLUX, MQTT_HOST: '0.0.0.0' }, /^MQTT_HOST=0\.0\.0\.0/],
    [{ SMTP_URL: 'smtp://mail' }, /^SMTP_URL needs SMTP_FROM/],
    [{ ...INFLUX, INFLUX_PASSWORD: 'p' }, /^INFLUX_PASSWORD needs INFLUX_USERNAME/],
    [{ ROLES: 'ingest', ...INFLUX, MQTT_USERNAME: 'a' }, /^MQTT_USERNAME needs MQTT_PASSWORD/],
  ])('is refused with %j', (env, sentence) => {
    expect(() => check(env)).toThrow(sentence)
  })

  it('doubts credentials of an InfluxDB that nobody named', () => {
    expect(doubtfulSettings(readSettings({ INFLUX_TOKEN: 't' }))[0]).toMatch(/STORE_URL is not/)
    expect(doubtfulSettings(readSettings({ ...INFLUX, INFLUX_TOKEN: 't' }))).toEqual([])
  })

  it('doubts links in mail that lead to this machine only', () => {
    const mail = { SMTP_URL: 'smtp://mail', SMTP_FROM: 'a@example.com' }
    expect(doubtfulSettings(readSettings(mail))[0]).toMatch(/PAGE_URL is not/)
    expect(doubtfulSettings(readSettings({ ...mail, PAGE_URL: 'https://example.com' }))).toEqual([])
  })

  it('is refused with roles that there are not', () => {
    expect(() => check({ ROLES: 'ingest,ingest' })).toThrow(
      'ROLES="ingest,ingest" is not accepted: ingest, service, or both with a comma; one alone needs STORE_URL',
    )
  })
})
