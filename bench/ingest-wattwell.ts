import { spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readingFilter } from '../ingest/subscriber.ts'
import { CLIENT_ID, type Contestant, DATABASE } from './ingest-stage.ts'
import { benchOrganisation } from './load.ts'
import { end } from './server.ts'

const CLI = join(import.meta.dirname, '..', 'cli.js')

/** The built program as an ingest process: every message decoded, checked, on disk before its PUBACK, and stored. */
export function wattwell(profileFolder?: string): Contestant {
  return {
    name: 'wattwell',
    // Processes that write to one database share one stream under its name.
    subscription: readingFilter(DATABASE),
    stores: true,
    async start({ folder, brokerPort, influxd }) {
      const kept = join(folder, 'kept')
      await mkdir(kept)
      // JSON is YAML too.
      await writeFile(join(folder, 'organisation.yaml'), JSON.stringify(benchOrganisation()))
      await writeFile(join(kept, 'mqtt-client-id'), CLIENT_ID)
      const profile = profileFolder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`]
      const child = spawn(process.execPath, [...profile, CLI, 'start'], {
        cwd: folder,
        env: {
          PATH: process.env.PATH,
          WATTWELL_CONFIG: folder,
          WATTWELL_DATA: kept,
          HTTP_PORT: '0',
          MQTT_URL: `mqtt://127.0.0.1:${brokerPort}`,
          STORE_URL: influxd.url,
          INFLUX_DATABASE: DATABASE,
          ROLES: 'ingest',
          SIMULATE: '0',
          LOG_LEVEL: 'warn',
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const lines = createInterface({ input: child.stdout })
      await new Promise<void>((resolve, reject) => {
        lines.on('line', (line) => line.startsWith('ready ') && resolve())
        child.once('exit', () => reject(new Error('wattwell did not get ready')))
      })
      return {
        pid: child.pid as number,
        // It writes there, after each batch, how far the store has what it acknowledged.
        done: async () => {
          const text = await readFile(join(kept, 'spool', 'committed.json'), 'utf8').catch(() => '{"seq":0}')
          return (JSON.parse(text) as { seq: number }).seq
        },
        lookEveryMs: 20,
        stop: () => end(child),
      }
    },
  }
}
