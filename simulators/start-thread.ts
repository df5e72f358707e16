import { Worker } from 'node:worker_threads'
import type { FleetThreadData, FleetThreadMessage } from './thread.ts'

export interface FleetThread {
  /** Resolves when the thread has ended, by itself or after `stop`. */
  readonly ended: Promise<void>
  /** Asks the thread to write its state and end; resolves when it has. */
  stop(): Promise<void>
}

/** Runs the simulators in a thread of their own, so that they never hold up the service beside them. */
export function startFleetThread(
  data: FleetThreadData,
  onMessage: (message: FleetThreadMessage) => void,
): FleetThread {
  const worker = workerOf(data)
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.on('message', onMessage)
  worker.on('error', (error) => onMessage({ kind: 'log', level: 'error', text: error.message }))
  return {
    ended,
    async stop() {
      worker.postMessage({ kind: 'stop' })
      await ended
    },
  }
}

function workerOf(workerData: FleetThreadData): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./thread.js', import.meta.url), { workerData })
  }
  // From the sources: Node runs no TypeScript of its own, and a thread does not inherit tsx.
  const thread = JSON.stringify(new URL('./thread.ts', import.meta.url).href)
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${thread}) })`
  return new Worker(code, { eval: true, workerData })
}
