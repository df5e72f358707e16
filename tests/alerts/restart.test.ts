import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { expect, it, onTestFinished } from 'vitest'
import { AlertBook } from '../../alerts/book.ts'
import { ended } from '../support/ended.ts'
import { mosquittoInstalled, startMosquitto } from '../support/mosquitto.ts'
import type { Errand } from './fixture-post.ts'
import { receiver } from './post-support.ts'
import { mailServer } from './smtp-support.ts'
import { pagesOf, subscriptionOf } from './support.ts'

const FIXTURE = new URL('./fixture-post.ts', import.meta.url).pathname

/** Runs the post to its end, or to its death; whether it got to its end. */
async function run(errand: Errand): Promise<boolean> {
  const child = spawn(process.execPath, ['--import', 'tsx', FIXTURE, JSON.stringify(errand)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  const heard = once(child, 'close')
  await ended(child, 'the post')
  await heard
  return said.includes('done')
}

const deaths: Pick<Errand, 'dies' | 'diesAfterMs'>[] = [
  { dies: 'told' },
  { dies: 'frozen' },
  { dies: 'sent' },
  { dies: 'recorded' },
  { diesAfterMs: 3 },
  { diesAfterMs: 20 },
]

it.skipIf(!mosquittoInstalled)(
  'a kill -9 between firing and delivery loses no notice, and none is told under two ids',
  { timeout: 60_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wattwell-alerts-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const broker = await startMosquitto()
    onTestFinished(broker.remove)
    const mail = await mailServer()
    const hook = await receiver({ status: 200 })
    const path = join(folder, 'book.json')
    const subscriptions = [
      subscriptionOf({ id: 'hook', channel: { kind: 'webhook', url: hook.url }, capPerHour: 60 }),
      subscriptionOf({ id: 'mail', channel: { kind: 'email', address: 'duty@example.com' }, capPerHour: 60 }),
      subscriptionOf({ id: 'topic', channel: { kind: 'mqtt' }, capPerHour: 60 }),
    ]
    await writeFile(path, JSON.stringify(pagesOf(subscriptions)))
    const errand = { book: path, smtpUrl: mail.url, mqttUrl: broker.url }
    const fired: string[] = []
    for (const [i, death] of deaths.entries()) {
      fired.push(`a${i}`)
      expect(await run({ ...errand, ...death, alert: `a${i}` })).toBe(false)
    }
    expect(await run(errand)).toBe(true)
    const { deliveries, alerts } = (await AlertBook.open(path)).pages
    // One that dies at once may not have come to write down that it fired; then nobody is to hear of it.
    const known = fired.filter((id) => alerts.some((alert) => alert.id === id))
    expect(known.length).toBeGreaterThanOrEqual(4)
    expect(deliveries.every(({ state }) => state === 'delivered')).toBe(true)

    const hooked = new Map(
      hook.requests.map(({ headers, body }) => [
        headers['webhook-id'] as string,
        JSON.parse(body).alerts.map(({ fingerprint }: { fingerprint: string }) => fingerprint) as string[],
      ]),
    )
    expect([...hooked.values()].flat().sort()).toEqual(known)
    // After the death of `sent` something came a second time; under the id that it had.
    expect(hook.requests.length).toBeGreaterThan(hooked.size)

    const mailed = new Map(mail.mails.map(({ mail: { messageId, text } }) => [messageId, text ?? '']))
    for (const id of known)
      expect([...mailed.values()].filter((text) => text.includes(`alerts=${id}`)).length).toBe(1)

    const client = await connectAsync(broker.url)
    onTestFinished(() => client.endAsync(true).then(() => {}))
    const heard = new Promise<string>((resolve) => {
      client.once('message', (_, payload) => resolve(payload.toString()))
    })
    await client.subscribeAsync('facility/science-park/alerts')
    expect(JSON.parse(await heard).alerts.map(({ id }: { id: string }) => id)).toEqual(known)
  },
)
