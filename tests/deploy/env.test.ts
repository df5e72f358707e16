import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'dotenv'
import { expect, it, onTestFinished } from 'vitest'

const root = new URL('../../', import.meta.url).pathname
const compose = ['docker-compose.yml', 'docker-compose.external.yml']
  .map((name) => readFileSync(join(root, name), 'utf8'))
  .join('')
/** Those that are drawn: of what is elsewhere the secrets are known there. */
const isDrawn = (name: string) => /PASSWORD|TOKEN|KEY/.test(name) && !name.startsWith('EXTERNAL_')

/** A folder with the script, as after a checkout. */
function checkout() {
  const folder = mkdtempSync(join(tmpdir(), 'wattwell-env-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync(join(root, 'deploy'), join(folder, 'deploy'), { recursive: true })
  return {
    path: join(folder, '.env'),
    make: () =>
      execFileSync('sh', [join(folder, 'deploy/env.sh')], {
        cwd: tmpdir(),
        encoding: 'utf8',
        timeout: 20_000,
      }),
    entries: () => parse(readFileSync(join(folder, '.env'))),
  }
}

it('the script writes everything that docker-compose.yml and its overlay ask for', () => {
  const { make, entries } = checkout()
  make()
  const asked = new Set([...compose.matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name]) => name))
  expect(Object.keys(entries()).sort()).toEqual([...asked].sort())
})

it('secrets are long, each another one, and others at every machine', () => {
  const [one, two] = [checkout(), checkout()]
  for (const { make } of [one, two]) make()
  const secrets = [one, two].flatMap(({ entries }) =>
    Object.entries(entries())
      .filter(([name]) => isDrawn(name))
      .map(([, value]) => value),
  )
  expect(secrets.length).toBe(14)
  expect(new Set(secrets).size).toBe(14)
  for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9]{40}$/)
})

it('the file can be read by its owner only', () => {
  const { make, path } = checkout()
  writeFileSync(path, 'OTHER=1')
  make()
  expect(statSync(path).mode & 0o077).toBe(0)
})

it('run again it changes nothing, and what somebody has set stays', () => {
  const { make, path, entries } = checkout()
  writeFileSync(path, 'GRAFANA_ADMIN_PASSWORD=chosen\nMOSQUITTO_BIND=0.0.0.0')
  make()
  expect(entries()).toMatchObject({ GRAFANA_ADMIN_PASSWORD: 'chosen', MOSQUITTO_BIND: '0.0.0.0' })
  const before = readFileSync(path, 'utf8')
  make()
  expect(readFileSync(path, 'utf8')).toBe(before)
})

it('no secret is printed', () => {
  const { make, entries } = checkout()
  const said = make()
  for (const [name, value] of Object.entries(entries())) if (isDrawn(name)) expect(said).not.toContain(value)
})

it('of a broker and an InfluxDB elsewhere nothing is made up', () => {
  const { make, entries } = checkout()
  make()
  const external = Object.entries(entries()).filter(([name]) => name.startsWith('EXTERNAL_'))
  expect(external.length).toBeGreaterThan(8)
  for (const [name, value] of external) if (/PASSWORD|TOKEN$|URL/.test(name)) expect(value, name).toBe('')
})
