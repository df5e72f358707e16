import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { spoolMeter } from '../../ingest/frame-builder.ts'
import { openSpool } from '../../ingest/spool.ts'
import { disk, type SpoolDisk } from '../../ingest/spool-disk.ts'
import { segmentsIn } from '../../ingest/spool-folder.ts'
import { SpoolReader } from '../../ingest/spool-reader.ts'
import { contentOf, keptLog, NOW, silent, temporaryFolder, until } from './support.ts'

const meter = spoolMeter('a')

/** A disk whose syncs end when the test says so. */
function heldDisk() {
  const held: (() => void)[] = []
  const slow: SpoolDisk = {
    ...disk,
    sync: (fd) => new Promise((resolve) => held.push(() => resolve(disk.sync(fd)))),
  }
  return { slow, held }
}

describe('an acknowledgement', () => {
  test('waits for the sync, and comes in the order of the messages', async () => {
    const { slow, held } = heldDisk()
    const spool = await openSpool(await temporaryFolder(), silent, { disk: slow })
    const done: number[] = []
    const take = (n: number) => {
      spool.reading(meter, '', NOW + n, n, NOW)
      spool.whenSynced(() => done.push(n))
    }
    take(1)
    take(2)
    await until('a sync is on its way', () => held.length === 1)
    take(3)
    expect(done).toEqual([])
    expect(spool.state).toEqual({ ok: true, pendingCallbacks: 3 })
    held.shift()?.()
    await until('the next group is on its way', () => held.length === 1)
    expect(done).toEqual([1, 2])
    held.shift()?.()
    await until('all are acknowledged', () => done.length === 3)
    expect(done).toEqual([1, 2, 3])
    await spool.close()
  })

  test('that leaves nothing behind still waits for those before it', async () => {
    const { slow, held } = heldDisk()
    const spool = await openSpool(await temporaryFolder(), silent, { disk: slow })
    const done: string[] = []
    spool.whenSynced(() => done.push('idle'))
    spool.reading(meter, '', NOW, 1, NOW)
    spool.whenSynced(() => {
      done.push('first')
      spool.whenSynced(() => done.push('third'))
    })
    await until('a sync is on its way', () => held.length === 1)
    spool.whenSynced(() => done.push('second'))
    expect(done).toEqual(['idle'])
    held.shift()?.()
    await until('all are called', () => done.length === 4)
    expect(done).toEqual(['idle', 'first', 'second', 'third'])
    await spool.close()
  })

  test('that goes wrong does not keep the next from being sent', async () => {
    const spool = await openSpool(await temporaryFolder(), silent)
    let sent = false
    spool.reading(meter, '', NOW, 1, NOW)
    spool.whenSynced(() => {
      throw new Error('the connection is gone')
    })
    spool.whenSynced(() => {
      sent = true
    })
    await until('the second is sent', () => sent)
    await spool.close()
  })
})

describe('a full disk', () => {
  test('holds acknowledgements until there is room, says so once, and loses nothing', async () => {
    const folder = await temporaryFolder()
    let isFull = true
    let attempts = 0
    const full: SpoolDisk = {
      ...disk,
      write: async (fd, bytes, position) => {
        attempts++
        if (!isFull) return disk.write(fd, bytes, position)
        await disk.write(fd, bytes.subarray(0, 9), position)
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      },
    }
    const { log, lines } = keptLog()
    const spool = await openSpool(folder, log, { disk: full, retryMs: 1 })
    let acknowledged = 0
    for (let i = 0; i < 10; i++) {
      spool.reading(meter, '', NOW + i, i, NOW)
      spool.whenSynced(() => acknowledged++)
    }
    await until('it was tried again', () => attempts > 3)
    expect(acknowledged).toBe(0)
    expect(spool.state).toEqual({ ok: false, error: 'no space left on device', pendingCallbacks: 10 })
    expect(lines.filter((line) => line.includes('cannot be written'))).toHaveLength(1)
    isFull = false
    await until('all are acknowledged', () => acknowledged === 10)
    expect(spool.state.ok).toBe(true)
    await spool.close()
    const read = await contentOf(folder)
    expect([...(read?.batches[0]?.value ?? [])]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('that the spool has filled is emptied by the reading half, and then written again', async () => {
    const folder = await temporaryFolder()
    const room = 4000
    const taken = () => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
    const small: SpoolDisk = {
      ...disk,
      write: async (fd, bytes, position) => {
        const free = Math.max(0, room - taken())
        await disk.write(fd, bytes.subarray(0, free), position)
        if (free < bytes.length) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      },
    }
    const spool = await openSpool(folder, silent, { disk: small, retryMs: 1 })
    const acknowledged: number[] = []
    const take = async (n: number) => {
      spool.reading(meter, '', NOW + n, n, NOW)
      spool.whenSynced(() => acknowledged.push(n))
      await sleep(1)
    }
    let next = 0
    while (spool.state.ok && next < 10_000) await take(next++)
    const unacknowledged = next - acknowledged.length
    expect(unacknowledged).toBeGreaterThan(0)
    // All that was acknowledged lies in one segment, and not all of it is read at once.
    const reader = new SpoolReader(folder, silent)
    const read: number[] = []
    for (let turns = 0; turns < 1000 && read.length < next; turns++) {
      const some = await reader.read(spool.synced, 10)
      if (some === null) await sleep(1)
      else {
        read.push(...some.batches.flatMap(({ value }) => [...value]))
        await reader.commit(some.position)
      }
    }
    expect(read).toEqual(Array.from({ length: next }, (_, n) => n))
    expect(acknowledged).toEqual(read)
    expect(spool.state.ok).toBe(true)
    expect(await segmentsIn(folder)).toEqual([2])
    await Promise.all([spool.close(), reader.close()])
  })

  test('does not keep the program from ending; what it did not take was not acknowledged', async () => {
    const failing: SpoolDisk = { ...disk, sync: () => Promise.reject(new Error('input/output error')) }
    const spool = await openSpool(await temporaryFolder(), silent, { disk: failing, retryMs: 60_000 })
    let acknowledged = false
    spool.reading(meter, '', NOW, 1, NOW)
    spool.whenSynced(() => {
      acknowledged = true
    })
    await until('it has failed', () => !spool.state.ok)
    await spool.close()
    expect(acknowledged).toBe(false)
  })

  test('makes the sources wait when memory is full, and calls them in order', async () => {
    const { slow, held } = heldDisk()
    const spool = await openSpool(await temporaryFolder(), silent, { disk: slow, fullBytes: 100 })
    onTestFinished(() => spool.close())
    const taken: number[] = []
    const offer = (n: number) =>
      spool.whenRoom(() => {
        for (let i = 0; i < 5; i++) spool.reading(meter, '', NOW, n, NOW)
        taken.push(n)
      })
    offer(1)
    offer(2)
    offer(3)
    expect(spool.full).toBe(true)
    expect(taken).toEqual([1])
    await until('a sync is on its way', () => held.length === 1)
    held.shift()?.()
    await until('the next is taken', () => taken.length === 2)
    await until('its sync is on its way', () => held.length === 1)
    held.shift()?.()
    await until('the last is taken', () => taken.length === 3)
    await until('its sync is on its way', () => held.length === 1)
    held.shift()?.()
    expect(taken).toEqual([1, 2, 3])
  })
})
