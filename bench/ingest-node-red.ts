import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { CLIENT_ID, type Contestant, DATABASE, type Stage } from './ingest-stage.ts'
import { SUBSCRIPTION } from './load.ts'
import { end, freePort } from './server.ts'

const INSTALLS_WITHIN_MS = 300_000
const PACKAGES = ['node-red@4', 'node-red-contrib-influxdb@0.7']

/**
 * Node-RED 4 with a flow as it is commonly built: mqtt in, json, a function that gathers 5,000 points, and
 * the influxdb node that writes them. It is installed with npm into the user's cache, once.
 */
export async function nodeRed(): Promise<Contestant> {
  const installed = await install()
  const { version } = JSON.parse(
    await readFile(join(installed, 'node_modules/node-red/package.json'), 'utf8'),
  ) as { version: string }
  return {
    name: `Node-RED ${version}`,
    subscription: SUBSCRIPTION,
    stores: true,
    async start(stage) {
      const home = join(stage.folder, 'node-red')
      await mkdir(home)
      const settings = join(home, 'settings.js')
      await writeFile(settings, `module.exports = ${JSON.stringify(await settingsOf(home, installed))}`)
      await writeFile(join(home, 'flows.json'), JSON.stringify(flowsOf(stage)))
      const program = join(installed, 'node_modules/node-red/red.js')
      const child = spawn(process.execPath, [program, '--userDir', home, '--settings', settings], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const said: string[] = []
      const lines = createInterface({ input: child.stdout })
      await new Promise<void>((resolve, reject) => {
        lines.on('line', (line) => {
          said.push(line)
          if (line.includes('Started flows')) resolve()
          if (/\[error\]/.test(line)) process.stderr.write(`${line}\n`)
        })
        child.once('exit', () => reject(new Error(`Node-RED did not get ready:\n${said.join('\n')}`)))
      })
      return {
        pid: child.pid as number,
        // By the store's own count, which costs it half a millisecond.
        done: () => stage.influxd.written(),
        lookEveryMs: 100,
        stop: () => end(child),
      }
    },
  }
}

/** Answers the folder that it is in. What was installed before is used as it is. */
async function install(): Promise<string> {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'wattwell-bench', 'node-red-4')
  if (existsSync(join(folder, 'node_modules', 'node-red-contrib-influxdb', 'package.json'))) return folder
  await mkdir(folder, { recursive: true })
  const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', ...PACKAGES]
  await promisify(execFile)('npm', args, { cwd: folder, timeout: INSTALLS_WITHIN_MS })
  return folder
}

async function settingsOf(home: string, installed: string): Promise<object> {
  return {
    uiHost: '127.0.0.1',
    uiPort: await freePort(),
    httpAdminRoot: false,
    httpNodeRoot: false,
    disableEditor: true,
    flowFile: 'flows.json',
    userDir: home,
    nodesDir: join(installed, 'node_modules', 'node-red-contrib-influxdb'),
    mqttReconnectTime: 500,
    telemetry: { enabled: false, updateNotification: false },
    logging: { console: { level: 'info', metrics: false, audit: false } },
  }
}

/** The function node: the points that wattwell writes too, sent on by 5,000; what is left when nothing more comes, as it is. */
const GATHER = `
const points = context.get('points')
const meter = msg.topic.split('/')[2]
const received = Date.now()
for (const { at, value, unit } of Array.isArray(msg.payload) ? msg.payload : [msg.payload]) {
  points.push({
    measurement: 'reading',
    tags: { meter },
    fields: { value, received, unit: unit ?? '' },
    timestamp: Date.parse(at),
  })
}
if (points.length < 5000) return null
context.set('points', [])
msg.payload = points
return msg
`
const AT_THE_START = `
context.set('points', [])
let before = 0
setInterval(() => {
  const points = context.get('points')
  if (points.length > 0 && points.length === before) {
    context.set('points', [])
    node.send({ payload: points })
  }
  before = points.length
}, 2000)
`

function flowsOf({ brokerPort, influxd }: Stage): object[] {
  const node = (id: string, type: string, wires: string[], rest: object) => ({
    id,
    type,
    z: 'flow',
    // What has no place on the page counts as configuration.
    x: 100,
    y: 100,
    wires: [wires],
    ...rest,
  })
  return [
    { id: 'flow', type: 'tab', label: 'readings' },
    {
      id: 'broker',
      type: 'mqtt-broker',
      broker: '127.0.0.1',
      port: String(brokerPort),
      clientid: CLIENT_ID,
      autoConnect: true,
      usetls: false,
      protocolVersion: '4',
      keepalive: '60',
      cleansession: false,
      autoUnsubscribe: false,
    },
    {
      id: 'store',
      type: 'influxdb',
      influxdbVersion: '1.x',
      hostname: '127.0.0.1',
      port: String(influxd.port),
      protocol: 'http',
      database: DATABASE,
      usetls: false,
    },
    node('in', 'mqtt in', ['json'], {
      topic: SUBSCRIPTION,
      qos: '1',
      datatype: 'utf8',
      broker: 'broker',
      inputs: 0,
    }),
    node('json', 'json', ['gather'], { property: 'payload', action: 'obj', pretty: false }),
    node('gather', 'function', ['batch'], {
      func: GATHER,
      initialize: AT_THE_START,
      finalize: '',
      outputs: 1,
      noerr: 0,
      libs: [],
    }),
    node('batch', 'influxdb batch', [], { influxdb: 'store', precision: 'ms', retentionPolicy: '' }),
  ]
}
