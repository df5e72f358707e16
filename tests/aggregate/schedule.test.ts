import { expect, it, onTestFinished } from 'vitest'
import { Schedule, type ScheduleOptions } from '../../aggregate/schedule.ts'
import { MemoryStore } from '../../store/memory.ts'
import { StoreUnavailable } from '../../store/store.ts'
import { keptLog } from '../ingest/support.ts'
import { batchOf } from '../support/batch.ts'
import { incomer, organisation, site } from '../support/organisation.ts'

const HOUR_MS = 3_600_000
const START = Date.UTC(2026, 0, 1)
const org = organisation([site({ id: 'park', meters: [incomer('a')] })])

function scheduled(options: ScheduleOptions, store = new MemoryStore()) {
  const { log, lines } = keptLog()
  const changed: string[][] = []
  const schedule = new Schedule(store, org, log, ({ meters }) => changed.push([...meters]), options)
  onTestFinished(() => schedule.stop())
  const write = () =>
    store.write({
      readings: [
        batchOf(
          [
            ['a', START, 1],
            ['a', START + HOUR_MS, 3],
          ],
          START,
        ),
      ],
      touched: [{ meter: 'a', from: START, to: START + 2 * HOUR_MS }],
      quarantined: [],
    })
  const hours = async () =>
    (await store.rollups(['a'], 'hour', START, START + HOUR_MS)).map((row) => row.value)
  return { schedule, write, hours, changed, messages: () => lines.map((line) => JSON.parse(line).msg) }
}

it('what others have touched is found without being told', async () => {
  const { schedule, write, hours, changed } = scheduled({ lookEveryMs: 10 })
  schedule.wake()
  await schedule.begun
  await write()
  await expect.poll(hours).toEqual([2])
  expect(changed).toEqual([['a']])
})

it('without that it runs only when it is woken', async () => {
  const { schedule, write, hours, changed } = scheduled({})
  schedule.wake()
  await schedule.begun
  await write()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(changed).toEqual([])
  schedule.wake()
  await expect.poll(hours).toEqual([2])
})

it('a store that is away at the start holds nothing up, and the start is made good', async () => {
  let prepared = 0
  const prepare = async () => {
    prepared += 1
    if (prepared === 1) throw new StoreUnavailable('busy', 'away')
  }
  const { schedule, write, hours, messages } = scheduled({ prepare, lookEveryMs: 10 })
  await write()
  schedule.wake()
  await schedule.begun
  expect(messages()).toEqual(['the aggregation failed; it is tried again and again'])
  expect(await hours()).toEqual([])
  await expect.poll(hours, { timeout: 15_000 }).toEqual([2])
  expect(prepared).toBe(2)
  expect(messages().at(-1)).toBe('the aggregation goes on')
})

it('it ends at once, whatever it waits for', async () => {
  const { schedule } = scheduled({ lookEveryMs: 3_600_000 })
  schedule.wake()
  await schedule.begun
  await schedule.stop()
  const failing = scheduled({ prepare: () => Promise.reject(new Error('no')) })
  failing.schedule.wake()
  await failing.schedule.begun
  await failing.schedule.stop()
})
