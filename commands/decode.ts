import { Command } from 'commander'
import type { Quarantined } from '../core/reading.ts'
import { keepRules } from '../core/retention.ts'
import { NativeDecoder } from '../ingest/decode/native.ts'
import { readConfig } from '../read-config.ts'
import { readSettings } from '../settings.ts'

export function decodeCommand(): Command {
  return new Command('decode')
    .description('say what wattwell would make of a message, without a broker')
    .argument('<topic>', 'such as facility/science-park/park-e-in/reading')
    .argument('<payload>', 'such as \'{"at": "2026-01-01T00:15:00Z", "value": 1234.5}\'')
    .action(async (topic: string, payload: string) => {
      const settings = readSettings(process.env)
      const { organisation, targets } = await readConfig(settings.config)
      const refused: Quarantined[] = []
      const decoder = new NativeDecoder(organisation, keepRules(settings.keep, targets).readings)
      if (!decoder.concerns(topic)) {
        process.stdout.write(`${topic} is not a topic of readings: it would be routed and left alone\n`)
        return
      }
      decoder.decode(topic, Buffer.from(payload), Date.now(), {
        reading(meter, unit, at, value) {
          const row = {
            meter: meter.name,
            at: new Date(at).toISOString(),
            value,
            ...(unit !== '' && { unit }),
          }
          process.stdout.write(`reading ${JSON.stringify(row)}\n`)
        },
        quarantine: (message) => refused.push(message),
      })
      for (const { issue, readings } of refused) {
        process.stdout.write(
          `quarantine ${JSON.stringify({ code: issue.code, reason: issue.message, readings })}\n`,
        )
      }
      if (refused.length > 0) process.exitCode = 1
    })
}
