import { spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectAsync, type MqttClient } from 'mqtt'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ended } from '../support/ended.ts'
import { freePort } from '../support/free-port.ts'
import { mosquittoInstalled } from '../support/mosquitto.ts'

const deploy = new URL('../../deploy/mosquitto', import.meta.url).pathname
const PASSWORDS = {
  MOSQUITTO_WATTWELL_PASSWORD: 'of the service',
  MOSQUITTO_METERS_PASSWORD: 'of the meters',
}

/** Mosquitto as the container starts it, but on loopback, another port and another folder. */
async function started() {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-mosquitto-'))
  // Started as root it goes on as another user, who must get here.
  await chmod(folder, 0o755)
  await cp(deploy, join(folder, 'deploy'), { recursive: true })
  await mkdir(join(folder, 'home'))
  const port = await freePort()
  const path = join(folder, 'deploy/mosquitto.conf')
  const shipped = await readFile(path, 'utf8')
  expect(shipped).toContain('\nlistener 1883\n')
  await writeFile(path, shipped.replace('\nlistener 1883\n', `\nlistener ${port} 127.0.0.1\n`))
  const child = spawn('sh', [join(folder, 'deploy/start.sh'), join(folder, 'home')], {
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin`, ...PASSWORDS },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  onTestFinished(async () => {
    child.kill()
    await ended(child, 'deploy/start.sh')
    await rm(folder, { recursive: true, force: true })
  })
  const connect = async (username?: string, password?: string): Promise<MqttClient> => {
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
      reconnectPeriod: 0,
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
    })
    onTestFinished(() => client.endAsync(true))
    return client
  }
  const until = Date.now() + 10_000
  for (;;) {
    const up = await connect('wattwell', PASSWORDS.MOSQUITTO_WATTWELL_PASSWORD).catch(() => null)
    if (up !== null) break
    if (child.exitCode !== null || Date.now() > until) throw new Error(`it did not start: ${said}`)
    await sleep(100)
  }
  return { folder, connect, said: () => said }
}

const name = `the Mosquitto of docker-compose.yml${mosquittoInstalled ? '' : ' (skipped: no Mosquitto)'}`

describe.skipIf(!mosquittoInstalled)(name, () => {
  it('starts from its script without a warning, and keeps passwords as hashes', async () => {
    const { folder, said } = await started()
    expect(said()).not.toMatch(/warning|error/i)
    const passwords = await readFile(join(folder, 'home/run/passwords'), 'utf8')
    expect(passwords).toMatch(/^wattwell:\$7\$\d+\$\S+\nmeters:\$7\$\d+\$\S+\n$/)
  })

  it('lets nobody in without a password', async () => {
    const { connect } = await started()
    await expect(connect()).rejects.toThrow(/not authorized/i)
    await expect(connect('meters', 'wrong')).rejects.toThrow(/not authorized/i)
  })

  it('brings a reading from a meter to wattwell, and lets meters read nothing', async () => {
    const { connect } = await started()
    const wattwell = await connect('wattwell', PASSWORDS.MOSQUITTO_WATTWELL_PASSWORD)
    const meters = await connect('meters', PASSWORDS.MOSQUITTO_METERS_PASSWORD)
    const [grant] = await wattwell.subscribeAsync('facility/#', { qos: 1 })
    expect(grant?.qos).toBe(1)
    const heard: string[] = []
    wattwell.on('message', (topic) => heard.push(topic))
    const overheard: string[] = []
    meters.on('message', (topic) => overheard.push(topic))
    await meters.subscribeAsync('facility/#').catch(() => {})
    // Not theirs to say: the broker hands it to nobody, and may show who tried it the door.
    const another = await connect('meters', PASSWORDS.MOSQUITTO_METERS_PASSWORD)
    await another.publishAsync('facility/park/alerts', 'x', { qos: 1 }).catch(() => {})
    await meters.publishAsync('facility/park/in/reading', '{}', { qos: 1 })
    const until = Date.now() + 5000
    while (heard.length === 0 && Date.now() < until) await sleep(20)
    expect(heard).toEqual(['facility/park/in/reading'])
    expect(overheard).toEqual([])
  })

  it('answers the check of its health', async () => {
    const { connect } = await started()
    const wattwell = await connect('wattwell', PASSWORDS.MOSQUITTO_WATTWELL_PASSWORD)
    const answered = new Promise((resolve) => wattwell.once('message', resolve))
    await wattwell.subscribeAsync('$SYS/broker/uptime')
    expect(await answered).toBe('$SYS/broker/uptime')
  })
})
