import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { parse } from 'yaml'
import { type OrganisationFile, organisationSchema } from '../core/organisation.ts'
import type { Progress } from '../senders/progress.ts'
import { runFleet } from './fleet.ts'
import type { Story } from './state.ts'

/** What a thread that runs the simulators is given. */
export interface FleetThreadData extends Story {
  readonly mqttUrl: string
  /** Either the organisation or the path of its file. */
  readonly organisation?: OrganisationFile
  readonly organisationPath?: string
  readonly statePath: string
}

/** What it says. `stopped` is its last word. */
export type FleetThreadMessage =
  | ({ readonly kind: 'progress' } & Progress)
  | { readonly kind: 'log'; readonly level: 'info' | 'warn' | 'error'; readonly text: string }
  | { readonly kind: 'stopped'; readonly readings: number }

const PROGRESS_EVERY_MS = 250

if (parentPort !== null) await run(parentPort, workerData as FleetThreadData)

async function run(port: NonNullable<typeof parentPort>, data: FleetThreadData): Promise<void> {
  const say = (message: FleetThreadMessage) => port.postMessage(message)
  const stop = new AbortController()
  port.on('message', (message: { kind?: string }) => {
    if (message.kind === 'stop') stop.abort()
  })
  let said = Number.NEGATIVE_INFINITY
  try {
    const { readings } = await runFleet({
      mqttUrl: data.mqttUrl,
      organisation: organisationOf(data),
      statePath: data.statePath,
      seed: data.seed,
      without: data.without,
      faults: data.faults,
      signal: stop.signal,
      log: {
        info: (text) => say({ kind: 'log', level: 'info', text }),
        warn: (text) => say({ kind: 'log', level: 'warn', text }),
      },
      onProgress: ({ done, total }) => {
        if (done < total && performance.now() - said < PROGRESS_EVERY_MS) return
        said = performance.now()
        say({ kind: 'progress', done, total })
      },
    })
    say({ kind: 'stopped', readings })
  } catch (error) {
    say({ kind: 'log', level: 'error', text: (error as Error).message })
    process.exitCode = 1
  } finally {
    port.close()
  }
}

function organisationOf({ organisation, organisationPath }: FleetThreadData): OrganisationFile {
  if (organisation !== undefined) return organisation
  if (organisationPath === undefined) throw new Error('the simulators need an organisation or its path')
  return organisationSchema.parse(parse(readFileSync(organisationPath, 'utf8')))
}
