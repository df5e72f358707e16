import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectAsync } from 'mqtt'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { serve } from '../support/http-server.ts'
import type { Json } from '../support/json.ts'
import { home, type Program, startProgram } from '../support/program.ts'

const QUARTER_MS = 900_000
const HOUR_MS = 3_600_000
const LOGIN = { username: 'meters', password: 'p@ss:/1%' }
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

const organisation = {
  organisation: { id: 'test', zone: 'Asia/Kolkata' },
  sites: [
    {
      id: 'works',
      name: { en: 'Works', zh: '工厂' },
      kind: 'factory',
      zone: 'Asia/Kolkata',
      meters: [{ id: 'in', utility: 'electricity', role: 'import', register: { unit: 'kWh', digits: 8 } }],
    },
  ],
}

/** A reading each quarter of an hour of a day, and none for four hours. */
function untilLately(now: number) {
  const last = now - (now % QUARTER_MS) - 4 * HOUR_MS
  return Array.from({ length: 97 }, (_, i) => ({ at: last - (96 - i) * QUARTER_MS, value: i * 10 }))
}

describe('an alert on its way through the program', () => {
  let place: Awaited<ReturnType<typeof home>>
  let program: Program
  let env: Record<string, string>
  let smtp: SMTPServer
  const mails: Buffer[] = []
  let receiver: Awaited<ReturnType<typeof serve>>

  const post = async (path: string, body: object) => {
    const answer = await fetch(`${program.http}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(answer.status, await answer.clone().text()).toBeLessThan(300)
    return answer.json() as Promise<Json>
  }
  const until = async <T>(ask: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> => {
    for (const end = Date.now() + 90_000; Date.now() < end; await sleep(200)) {
      const found = await ask()
      if (found !== undefined) return found
    }
    throw new Error(`there is no ${what} after 90 s`)
  }

  beforeAll(async () => {
    place = await home(organisation)
    const rules = [{ id: 'silent', severity: 'critical', for: 'PT0S' }]
    await writeFile(join(place.folder, 'alerts.yaml'), JSON.stringify({ rules }))
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk) => chunks.push(chunk))
        stream.on('end', () => {
          mails.push(Buffer.concat(chunks))
          done()
        })
      },
    })
    const port = await freePort()
    await new Promise<void>((resolve) => smtp.listen(port, '127.0.0.1', resolve))
    receiver = await serve(() => ({ status: 204 }))
    env = { SMTP_URL: `smtp://127.0.0.1:${port}`, SMTP_FROM: 'wattwell@example.org' }
    env.PAGE_URL = 'https://wattwell.example.org'
    Object.assign(env, { MQTT_USERNAME: LOGIN.username, MQTT_PASSWORD: LOGIN.password })
    program = await startProgram(place.folder, env)
  })
  afterAll(async () => {
    await program?.end('SIGTERM')
    await receiver?.close()
    await new Promise<void>((resolve) => (smtp === undefined ? resolve() : smtp.close(() => resolve())))
    await place?.remove()
  })

  it('reaches each subscriber once, though the program is killed between firing and delivery', async () => {
    await post('/subscriptions', {
      name: 'Facility',
      channel: { kind: 'email', address: 'facility@example.org' },
      of: { severity: 'critical' },
      lang: 'zh',
    })
    await post('/subscriptions', {
      name: 'Desk',
      of: { severity: 'critical' },
      channel: { kind: 'webhook', url: `${receiver.url}/hook`, secret: SECRET },
    })
    await post('/subscriptions', {
      name: 'Screens',
      of: { severity: 'critical' },
      channel: { kind: 'mqtt' },
    })
    const now = Date.now()
    const meters = await connectAsync(program.mqtt, LOGIN)
    const readings = JSON.stringify(untilLately(now))
    await meters.publishAsync('facility/works/in/reading', readings, { qos: 1 })
    await meters.endAsync()
    await program.settled()
    // A look comes at once after a start, and then each minute.
    await program.end('SIGKILL')
    program = await startProgram(place.folder, env)
    const firing = await until(
      async () =>
        (await program.get('/alerts')).rows.find(
          (row: Json) => row.kind === 'meter-silent' && row.status === 'firing',
        ),
      'firing alert',
    )
    expect(firing).toMatchObject({ severity: 'critical', site: 'works', utility: 'electricity' })
    const waiting = (await program.get('/deliveries')).rows
    expect(waiting.map((row: Json) => row.state)).not.toContain('delivered')
    expect([mails.length, receiver.requests.length]).toEqual([0, 0])

    await program.end('SIGKILL')
    program = await startProgram(place.folder, env)
    await until(async () => {
      const { rows } = await program.get('/deliveries')
      return rows.length === 3 && rows.every((row: Json) => row.state === 'delivered') ? rows : undefined
    }, 'delivery to everybody')
    expect(receiver.requests).toHaveLength(1)
    expect(mails).toHaveLength(1)

    const [hook] = receiver.requests
    const body = hook?.body as string
    expect(new Webhook(SECRET).verify(body, hook?.headers as Record<string, string>)).toMatchObject({
      version: '4',
      status: 'firing',
      alerts: [{ status: 'firing', labels: { severity: 'critical', site: 'works' } }],
    })
    const mail = await PostalMime.parse(mails[0] as Buffer)
    expect(mail.to?.[0]?.address).toBe('facility@example.org')
    expect(mail.text).toContain('工厂')
    expect(mail.html).toContain('https://wattwell.example.org')
    expect(mail.headers.find(({ key }) => key === 'list-unsubscribe-post')?.value).toBe(
      'List-Unsubscribe=One-Click',
    )

    const screen = await connectAsync(program.mqtt, LOGIN)
    const told = new Promise<Json>((resolve) =>
      screen.once('message', (_, payload) => resolve(JSON.parse(payload.toString()))),
    )
    await screen.subscribeAsync('facility/works/alerts')
    expect(JSON.stringify(await told)).toContain(firing.id)
    await screen.endAsync()
    // What is published for screens is no reading, and no refused message either.
    expect((await program.get('/quarantine')).rows).toEqual([])

    const acknowledged = await post(`/alerts/${firing.id}/acknowledge`, { by: 'shift', note: 'on it' })
    expect(acknowledged.status).toBe('acknowledged')
    await program.end('SIGTERM')
    program = await startProgram(place.folder, env)
    expect((await program.get(`/alerts/${firing.id}`)).acknowledged).toMatchObject({ by: 'shift' })
    expect(receiver.requests).toHaveLength(1)
  }, 180_000)
})
