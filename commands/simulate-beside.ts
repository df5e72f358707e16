import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeLog } from '../log.ts'
import { readConfig } from '../read-config.ts'
import { progressReport } from '../senders/progress.ts'
import type { Settings } from '../settings.ts'
import { startFleetThread } from '../simulators/start-thread.ts'
import type { Story } from '../simulators/state.ts'

/** Longer than this a stop does not wait for them: what they don't know of is sent again, unchanged. */
const STOP_MS = 1500

export interface Simulators {
  /** Resolves when they have ended, by themselves or by `stop`. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/** The simulators in a thread of their own, publishing to a broker like any other device. */
export async function simulateBeside(
  settings: Settings,
  mqttUrl: string,
  story: Story = settings.simulation,
): Promise<Simulators> {
  const log = makeLog(settings.logLevel, 'simulators')
  const { organisation } = await readConfig(settings.config)
  const progress = progressReport('history', process.stderr)
  const statePath = join(settings.data, 'simulators.json')
  const thread = startFleetThread({ ...story, mqttUrl, organisation, statePath }, (message) => {
    if (message.kind === 'log') log[message.level](message.text)
    if (message.kind !== 'progress') return
    progress.update(message)
    if (message.done >= message.total) progress.stop()
  })
  return {
    ended: thread.ended,
    async stop() {
      await Promise.race([thread.stop(), sleep(STOP_MS, null, { ref: false })])
      progress.stop()
    },
  }
}
