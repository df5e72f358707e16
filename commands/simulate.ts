import { once } from 'node:events'
import { Command } from 'commander'
import { readSettings } from '../settings.ts'
import { brokerUrl } from './broker-url.ts'
import { simulateBeside } from './simulate-beside.ts'

export function simulateCommand(): Command {
  return new Command('simulate')
    .description(
      'only the simulators: every meter of the organisation, its history first, then live every minute',
    )
    .option(
      '--mqtt <url>',
      'the broker to publish to; otherwise MQTT_URL, or the embedded broker of a running wattwell',
    )
    .action(async ({ mqtt }: { mqtt?: string }) => {
      const settings = readSettings(process.env)
      const simulators = await simulateBeside(settings, mqtt ?? brokerUrl(settings))
      await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT'), simulators.ended])
      await simulators.stop()
      process.exit(process.exitCode ?? 0)
    })
}
