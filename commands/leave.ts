import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import type { Health } from '../api/context.ts'
import { start } from '../main.ts'
import { StartError } from '../roles/start-checks.ts'
import { readSettings, type Settings } from '../settings.ts'

/** When nothing has come for so long, milliseconds, the broker has nothing left for us. */
const QUIET_MS = 10_000
const LOOK_EVERY_MS = 250

export function leaveCommand(): Command {
  return new Command('leave')
    .description(
      'before this process is taken away for good: takes and stores what the external broker still keeps for it, and has it keep nothing more',
    )
    .action(async () => {
      const settings = readSettings(process.env)
      checkLeaving(settings)
      const running = await start({ ...settings, simulate: false }, { leaving: true })
      try {
        const messages = await Promise.race([allStored(running.http), running.died])
        process.stdout.write(`left ${JSON.stringify({ broker: running.mqtt, messages })}\n`)
      } finally {
        await running.stop()
      }
      process.exit(0)
    })
}

function checkLeaving({ mqttUrl, roles }: Settings): void {
  if (mqttUrl === '') throw new StartError('MQTT_URL is empty: only an external broker keeps messages for us')
  if (!roles.ingest) throw new StartError('ROLES=service takes no messages: run this with ROLES=ingest')
}

/** Resolves to how many messages came, when no more come and all of them are stored. */
async function allStored(http: string): Promise<number> {
  let messages = 0
  let since = performance.now()
  for (;;) {
    const { broker, spool, received } = await healthAt(http)
    const came = received?.messages ?? 0
    if (came !== messages || !broker.ok || spool?.pending !== 0) since = performance.now()
    messages = came
    if (performance.now() - since >= QUIET_MS) return messages
    await sleep(LOOK_EVERY_MS)
  }
}

async function healthAt(http: string): Promise<Health> {
  return (await fetch(`${http}/api/v1/health`)).json() as Promise<Health>
}
