import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startFleetThread } from '../../simulators/start-thread.ts'
import type { FleetThreadMessage } from '../../simulators/thread.ts'
import { brokerOf } from './support/broker.ts'
import { organisationOf } from './support/demo.ts'

test('a thread tells the history, says how far it is, and stops when told to', async () => {
  const { url, readings } = await brokerOf()
  const folder = mkdtempSync(join(tmpdir(), 'thread-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const organisation = organisationOf({
    meters: [{ id: 'w-in', utility: 'tap-water', role: 'import', register: { unit: 'm3' } }],
  })
  const messages: FleetThreadMessage[] = []
  const thread = startFleetThread(
    { mqttUrl: url, organisation, statePath: join(folder, 'state.json'), seed: 'x' },
    (message) => {
      messages.push(message)
      if (message.kind === 'log') void thread.stop()
    },
  )
  await thread.ended
  expect(messages).toContainEqual({ kind: 'progress', done: readings.length, total: readings.length })
  expect(messages.at(-1)).toEqual({ kind: 'stopped', readings: readings.length })
})
