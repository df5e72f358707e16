import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { DuckDbStore } from '../../store/duckdb.ts'
import { batchOf } from '../support/batch.ts'
import { storeConformance } from './conformance.ts'

describe('the embedded DuckDB store', () => {
  const folders: string[] = []
  const fresh = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wattwell-'))
    folders.push(folder)
    return join(folder, 'wattwell.duckdb')
  }
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

  storeConformance(async () => DuckDbStore.open(await fresh()))

  it('knows everything again after it was closed and opened', async () => {
    const path = await fresh()
    const first = await DuckDbStore.open(path)
    await first.write({
      readings: [batchOf([['a', 1000, 1, 'MWh']], 5)],
      touched: [{ meter: 'a', from: 0, to: 3_600_000 }],
      quarantined: [],
    })
    const reversal = { id: '1', reverses: '0', by: '', note: '', enteredAt: 5 }
    await first.addToJournal(reversal, [])
    await first.close()
    const second = await DuckDbStore.open(path)
    expect((await second.readings('a', 0, 2000)).unit).toEqual(['MWh'])
    expect((await second.lastReadings()).get('a')).toEqual({ at: 1000, value: 1, unit: 'MWh', receivedAt: 5 })
    expect((await second.touched(9)).length).toBe(1)
    expect(await second.journal()).toEqual([reversal])
    await second.close()
  })
})
