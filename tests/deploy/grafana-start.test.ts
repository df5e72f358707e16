import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const script = new URL('../../deploy/grafana/start.sh', import.meta.url).pathname

/** What Grafana would be started with. */
function started(environment: Record<string, string>): Record<string, string> {
  const env = { PATH: process.env.PATH ?? '', ...environment }
  const said = execFileSync('sh', [script, 'env'], { env, encoding: 'utf8', timeout: 20_000 })
  const pairs = said
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  return Object.fromEntries(pairs.filter(([name]) => /^(GF_|ALERT_|SMTP_)/.test(name as string)))
}

const mail = {
  ALERT_EMAIL: 'desk@example.com',
  SMTP_URL: 'smtp://mail.example.com',
  SMTP_FROM: 'energy@example.com',
}

describe('the start of Grafana', () => {
  it('takes the server and sender of mail from the settings of wattwell', () => {
    expect(started(mail)).toEqual({
      ALERT_EMAIL: 'desk@example.com',
      GF_SMTP_ENABLED: 'true',
      GF_SMTP_HOST: 'mail.example.com:587',
      GF_SMTP_STARTTLS_POLICY: 'OpportunisticStartTLS',
      GF_SMTP_FROM_ADDRESS: 'energy@example.com',
      GF_SMTP_FROM_NAME: 'Grafana',
    })
  })

  it('reads user and password as they stand escaped in the address, and a sender with a name', () => {
    const SMTP_URL = 'smtps://desk%40example.com:p%3Aa%25ss%2Fw@mail.example.com:2465/'
    expect(started({ ...mail, SMTP_URL, SMTP_FROM: 'Energy desk <energy@example.com>' })).toMatchObject({
      GF_SMTP_HOST: 'mail.example.com:2465',
      GF_SMTP_USER: 'desk@example.com',
      GF_SMTP_PASSWORD: 'p:a%ss/w',
      GF_SMTP_FROM_ADDRESS: 'energy@example.com',
      GF_SMTP_FROM_NAME: 'Energy desk',
    })
    expect(started({ ...mail, SMTP_URL: 'smtps://mail.example.com' }).GF_SMTP_HOST).toBe(
      'mail.example.com:465',
    )
  })

  it.each([
    ['nobody is to hear', { ...mail, ALERT_EMAIL: '' }],
    ['there is no server', { ...mail, SMTP_URL: '' }],
    ['nothing is set', {}],
  ])('where %s nothing goes out, and the contact point has an address all the same', (_, environment) => {
    expect(started(environment)).toEqual({ GF_SMTP_ENABLED: 'false', ALERT_EMAIL: 'nobody@example.invalid' })
  })
})
