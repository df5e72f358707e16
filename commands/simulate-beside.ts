import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { makeLog } from '../log.ts'
import { readConfig } from '../read-config.ts'
import type { Settings } from '../settings.ts'
import { progressReport } from '../simulators/progress.ts'
import type { FleetThreadData, FleetThreadMessage } from '../simulators/thread.ts'

/** The simulators in a thread of their own, publishing to a broker like any other device. */
export async function simulateBeside(
  settings: Settings,
  mqttUrl: string,
): Promise<{ stop(): Promise<void> }> {
  const log = makeLog(settings.logLevel, 'simulators')
  const { organisation } = await readConfig(settings.config)
  const worker = new Worker(new URL('../simulators/thread.js', import.meta.url), {
    workerData: {
      mqttUrl,
      organisation,
      statePath: join(settings.data, 'simulators.json'),
    } satisfies FleetThreadData,
  })
  const progress = progressReport('history', process.stderr)
  worker.on('message', (message: FleetThreadMessage) => {
    if (message.kind === 'progress') {
      progress.update(message)
      if (message.done >= message.total) progress.stop()
    }
    if (message.kind === 'log') log[message.level](message.text)
  })
  worker.on('error', (error) => log.error({ err: error }, 'the simulators ended'))
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  return {
    async stop() {
      worker.postMessage({ kind: 'stop' })
      const force = setTimeout(() => worker.terminate(), 1500)
      await gone
      clearTimeout(force)
    },
  }
}
