import { once } from 'node:events'
import { Command } from 'commander'
import { makeLog } from '../log.ts'
import { start } from '../main.ts'
import { readSettings } from '../settings.ts'
import { brokerUrl } from './broker-url.ts'
import { enterDemo } from './demo-entries.ts'
import { simulateBeside } from './simulate-beside.ts'

/** After a signal everything ends within this, milliseconds; what is left is on disk already. */
const END_MS = 4700

export function startCommand(): Command {
  return new Command('start')
    .description(
      'everything, or the ROLES that are set: broker, store, aggregation, API and page, and the simulators where the demo is used',
    )
    .action(async () => {
      const settings = readSettings(process.env)
      const running = await start(settings)
      const { ingest, service } = settings.roles
      // Of several processes on the demo, not each should tell the same.
      const simulating = settings.simulate ?? (running.demo && ingest && service)
      print([
        '',
        ...(service
          ? [`  page    ${running.http}`, `  API     ${running.http}/docs`]
          : [`  health  ${running.http}/api/v1/health`]),
        ...(running.mqtt === '' ? [] : [`  broker  ${running.mqtt}`]),
        `  store   ${running.store}`,
        ...(simulating
          ? ['  The simulators publish what they have not told yet, then a reading a minute.']
          : []),
        '',
      ])
      print([`ready ${JSON.stringify({ http: running.http, mqtt: running.mqtt, store: running.store })}`])
      if (simulating && running.demo && service) {
        enterDemo(running.http, settings.httpKey, Date.now(), makeLog(settings.logLevel, 'simulators'))
      }
      const simulators = simulating ? await simulateBeside(settings, brokerUrl(settings, running.mqtt)) : null
      try {
        await Promise.race([signalled(), running.died])
      } finally {
        setTimeout(() => process.exit(process.exitCode ?? 0), END_MS).unref()
        await simulators?.stop()
        await running.stop()
      }
      process.exit(0)
    })
}

async function signalled(): Promise<void> {
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}
