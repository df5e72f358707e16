import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { expect, it, onTestFinished } from 'vitest'
import type { Pages } from '../../alerts/book.ts'
import { gather } from '../../alerts/gather.ts'
import { alertOf, noticeOf, pagesOf, subscriptionOf } from '../alerts/support.ts'
import { organisation } from '../ingest/fixture-organisation.ts'
import { serve } from '../support/http-server.ts'
import { home, startProgram } from '../support/program.ts'

it('the program delivers what its book holds: to a webhook, and to its own broker as no reading', {
  timeout: 60_000,
}, async () => {
  const { folder, remove } = await home(organisation)
  onTestFinished(remove)
  const hook = await serve(() => ({ status: 200 }))
  onTestFinished(() => hook.close())
  const [{ id: site } = { id: '' }] = organisation.sites
  const subscriptions = [
    subscriptionOf({ id: 'hook', channel: { kind: 'webhook', url: hook.url } }),
    subscriptionOf({ id: 'topic', channel: { kind: 'mqtt' } }),
  ]
  const alert = alertOf({ site })
  const path = join(folder, 'data', 'alerts', 'book.json')
  await mkdir(join(folder, 'data', 'alerts'), { recursive: true })
  const pages = gather(pagesOf(subscriptions, { alerts: [alert] }), [noticeOf('firing', alert)], 0)
  await writeFile(path, JSON.stringify(pages))
  const login = { MQTT_USERNAME: 'meters', MQTT_PASSWORD: 'p@ss:/1%' }
  const program = await startProgram(folder, login)
  onTestFinished(() => program.end('SIGTERM').then(() => {}))

  const client = await connectAsync(program.mqtt, { username: 'meters', password: 'p@ss:/1%' })
  onTestFinished(() => client.endAsync(true).then(() => {}))
  const heard = new Promise<string>((resolve) => {
    client.on('message', (_, payload) => JSON.parse(String(payload)).message && resolve(String(payload)))
  })
  await client.subscribeAsync(`facility/${site}/alerts`)
  expect(JSON.parse(await heard).alerts).toMatchObject([{ id: alert.id }])
  const written = async (): Promise<Pages> => JSON.parse(await readFile(path, 'utf8'))
  await expect
    .poll(async () => (await written()).deliveries.map(({ state }) => state), { timeout: 30_000 })
    .toEqual(['delivered', 'delivered'])
  const [request] = hook.requests
  expect(JSON.parse(request?.body ?? '')).toMatchObject({ externalURL: program.http })
  expect((await program.get('/quarantine')).rows).toEqual([])
})
