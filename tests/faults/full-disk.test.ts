import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { influxdInstalled } from '../support/influxd.ts'
import { canMount } from '../support/own-mounts.ts'
import { smallDisk } from '../support/small-disk.ts'
import { embeddedStore, influxStore } from '../support/tested-store.ts'
import { type UnderLoad, underLoad } from '../support/under-load.ts'

const WAIT = { timeout: 30_000, interval: 100 }
const FULL = { code: 503, status: 'down', spool: { ok: false, error: expect.stringContaining('ENOSPC') } }
const skipped = canMount ? '' : ' (skipped: no small file system can be mounted here)'

/** Waits until the disk is full, which is said, and nothing is acknowledged for a while. */
async function expectStandstill({ load, program }: UnderLoad): Promise<void> {
  const look = async () => {
    const before = load.acknowledgedReadings
    await sleep(1500)
    return { ...(await program.health()), acknowledged: load.acknowledgedReadings - before }
  }
  await expect.poll(look, WAIT).toMatchObject({ ...FULL, acknowledged: 0 })
  expect(program.log()).toContain('the spool cannot be written')
}

async function expectToGoOn({ acknowledges, program }: UnderLoad): Promise<void> {
  await acknowledges(1)
  await expect.poll(() => program.health(), WAIT).toMatchObject({ code: 200, spool: { ok: true } })
}

describe.skipIf(!canMount)(`a full disk${skipped}`, { timeout: 120_000 }, () => {
  it('stops acknowledging, says so, and goes on when there is room; a kill meanwhile loses nothing', async () => {
    const disk = await smallDisk(24_000_000)
    onTestFinished(disk.remove)
    const service = await underLoad(onTestFinished, {
      store: embeddedStore,
      messagesPerSecond: 500,
      env: { WATTWELL_DATA: `${disk.folder}/data` },
      within: disk.within,
    })
    await service.acknowledges(500)
    await disk.fill(200_000)
    await expectStandstill(service)
    await disk.makeRoom()
    await expectToGoOn(service)
    await disk.fill(200_000)
    await expect.poll(() => service.program.health(), WAIT).toMatchObject(FULL)
    await service.restart(disk.makeRoom)
    await expectToGoOn(service)
    await service.settle('full disk under everything, twice, with a kill -9: duckdb', 1000)
  })

  it.skipIf(!influxdInstalled)('that the spool has filled is emptied by the store that is back', async () => {
    const store = await influxStore()
    onTestFinished(store.remove)
    const disk = await smallDisk(1_000_000)
    onTestFinished(disk.remove)
    const service = await underLoad(onTestFinished, {
      store,
      messagesPerSecond: 1000,
      env: { WATTWELL_DATA: `${disk.folder}/data` },
      within: disk.within,
    })
    await service.acknowledges(500)
    await store.influxd.stop('SIGKILL')
    await expectStandstill(service)
    await store.influxd.start()
    await expectToGoOn(service)
    await service.settle('disk filled by the spool, emptied by the store: influxdb', 10_000)
  })
})
