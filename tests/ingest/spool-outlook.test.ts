import { statfs } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { spoolMeter } from '../../ingest/frame-builder.ts'
import { openSpool } from '../../ingest/spool.ts'
import { IntakeRate, spoolRoom } from '../../ingest/spool-outlook.ts'
import { NOW, silent, temporaryFolder } from './support.ts'

test('the room is what the segments take, and what the disk has left', async () => {
  const folder = await temporaryFolder()
  const spool = await openSpool(folder, silent, { segmentBytes: 1000 })
  const meter = spoolMeter('a')
  for (let i = 0; i < 40; i++) {
    spool.reading(meter, '', NOW + i, i, NOW)
    await new Promise<void>((resolve) => spool.whenSynced(resolve))
  }
  const { bytes, freeBytes } = await spoolRoom(folder)
  expect(bytes).toBe(spool.written)
  expect(bytes).toBeGreaterThan(40 * 21)
  expect(spool.synced.segment).toBeGreaterThan(1)
  const disk = await statfs(folder)
  expect(freeBytes).toBeGreaterThan(0)
  expect(freeBytes).toBeLessThanOrEqual(disk.blocks * disk.bsize)
  await spool.close()
})

test('the rate is that of the last minute', () => {
  const rate = new IntakeRate()
  expect(rate.look(1_000_000, 0)).toBe(0)
  expect(rate.look(1_000_500, 500)).toBe(0)
  expect(rate.look(1_002_000, 1000)).toBe(2000)
  let bytes = 1_002_000
  for (let second = 2; second <= 120; second += 1) {
    bytes += 300
    rate.look(bytes, second * 1000)
  }
  expect(rate.look(bytes, 120_000)).toBeCloseTo(300, 9)
  for (let second = 121; second <= 200; second += 1) rate.look(bytes, second * 1000)
  expect(rate.look(bytes, 200_000)).toBe(0)
})
