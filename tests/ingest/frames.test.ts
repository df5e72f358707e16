import { appendFile, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Quarantined } from '../../core/reading.ts'
import { FrameBuilder, spoolMeter } from '../../ingest/frame-builder.ts'
import { openSpool, type Spool, type SpoolOptions } from '../../ingest/spool.ts'
import { segmentPath, segmentsIn } from '../../ingest/spool-folder.ts'
import { decodeFrame, findFrame, seqAfter } from '../../ingest/spool-format.ts'
import { SpoolReader } from '../../ingest/spool-reader.ts'
import { keptLog, NOW, silent, temporaryFolder } from './support.ts'

const readings = fc.array(
  fc.record({
    meter: fc.constantFrom('a', 'b', 'über-zähler', '水表', 'constructor', '__proto__'),
    unit: fc.constantFrom('', 'kWh', 'm3', 'L/min'),
    at: fc.integer({ min: 0, max: 4e12 }),
    value: fc.double({ noNaN: true }),
  }),
  { maxLength: 200 },
)
const refused = fc.array(
  fc.record({
    id: fc.string(),
    topic: fc.string(),
    payload: fc.string({ unit: 'grapheme' }),
    bytes: fc.nat(),
  }),
  { maxLength: 3 },
)

function quarantined(part: Pick<Quarantined, 'id' | 'topic' | 'payload' | 'bytes'>): Quarantined {
  return { ...part, receivedAt: NOW, readings: 1, issue: { code: 'not-json', message: 'not JSON' } }
}

async function synced(spool: Spool): Promise<void> {
  await new Promise<void>((resolve) => spool.whenSynced(resolve))
}

/** A spool with frames of 1, 2, 3 … readings, each value one more than the one before. */
async function spoolOf(folder: string, frames: number, options: SpoolOptions = {}): Promise<number[]> {
  const spool = await openSpool(folder, silent, options)
  const ends = [0]
  let value = spool.synced.seq
  for (let frame = 1; frame <= frames; frame++) {
    for (let i = 0; i < frame; i++) spool.reading(spoolMeter('a'), '', NOW + value, value++, NOW)
    await synced(spool)
    ends.push(spool.synced.offset)
  }
  await spool.close()
  return ends
}

async function valuesIn(folder: string, log = silent): Promise<number[]> {
  const reader = new SpoolReader(folder, log)
  const values: number[] = []
  for (let next = await reader.read(null, 4); next !== null; next = await reader.read(null, 4)) {
    for (const batch of next.batches) values.push(...batch.value)
    await reader.commit(next.position)
  }
  await reader.close()
  return values
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)
const total = (frames: number) => (frames * (frames + 1)) / 2

describe('a frame', () => {
  test('gives back every reading and every refused message as it was put in', () => {
    fc.assert(
      fc.property(readings, refused, fc.nat(), fc.nat(7), (put, bad, seq, shift) => {
        const builder = new FrameBuilder()
        const meters = new Map(put.map(({ meter }) => [meter, spoolMeter(meter)]))
        for (const { meter, unit, at, value } of put) {
          builder.reading(meters.get(meter) ?? spoolMeter(meter), unit, at, value, NOW)
        }
        for (const part of bad) builder.quarantine(quarantined(part))
        const bytes = builder.take(seq)
        // Anywhere in memory, aligned or not.
        const frame = decodeFrame(Buffer.concat([Buffer.alloc(shift), bytes]), shift)
        if (typeof frame !== 'object') throw new Error(frame)
        const { batch } = frame
        const got = upTo(batch.length).map((i) => ({
          meter: batch.meters[batch.meter[i] ?? -1],
          unit: batch.units[batch.unit[i] ?? -1],
          at: batch.at[i],
          value: batch.value[i],
        }))
        expect(got).toEqual(put)
        expect(frame.quarantined).toEqual(bad.map(quarantined))
        expect(seqAfter(frame)).toBe(seq + put.length + bad.length)
        expect(bytes.length % 8).toBe(0)
      }),
    )
  })

  test('with any bit turned over is never taken for a frame with other readings', () => {
    const builder = new FrameBuilder()
    for (const value of upTo(20)) builder.reading(spoolMeter('a'), 'kWh', NOW, value, NOW)
    const bytes = builder.take(0)
    const whole = decodeFrame(bytes, 0)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const damaged = Buffer.from(bytes)
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
        expect(decodeFrame(damaged, 0)).not.toEqual(whole)
        expect(decodeFrame(damaged, 0)).toBeTypeOf('string')
      }),
    )
  })

  test('is found again behind damage', () => {
    const builder = new FrameBuilder()
    builder.reading(spoolMeter('a'), '', NOW, 1, NOW)
    const frame = builder.take(0)
    expect(findFrame(Buffer.concat([Buffer.alloc(24, 7), frame]), 0)).toBe(24)
    expect(findFrame(Buffer.alloc(64, 7), 0)).toBe(-1)
  })
})

describe('a spool after a stop', () => {
  test('loses only the frame that was torn, wherever it was torn, and goes on counting', async () => {
    const source = await temporaryFolder()
    const ends = await spoolOf(source, 4)
    const bytes = await readFile(segmentPath(source, 1))
    expect(bytes.length).toBe(ends[4])
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), fc.boolean(), async (length, garbage) => {
        const folder = await temporaryFolder()
        await writeFile(segmentPath(folder, 1), bytes.subarray(0, length))
        if (garbage) await appendFile(segmentPath(folder, 1), Buffer.alloc(100, 0xee))
        const whole = ends.filter((end) => end <= length).length - 1
        const spool = await openSpool(folder, silent)
        expect(spool.synced).toEqual({ segment: 1, offset: ends[whole], seq: total(whole) })
        await spool.close()
        await spoolOf(folder, 1)
        expect(await valuesIn(folder)).toEqual(upTo(total(whole) + 1))
      }),
      { numRuns: 60 },
    )
  })

  test('keeps what is whole on both sides of damage, sets the damage aside and says so', async () => {
    const folder = await temporaryFolder()
    const ends = await spoolOf(folder, 4)
    const bytes = await readFile(segmentPath(folder, 1))
    bytes.fill(0, (ends[1] ?? 0) + 20, (ends[1] ?? 0) + 60)
    await writeFile(segmentPath(folder, 1), bytes)
    await spoolOf(folder, 1)
    const { log, lines } = keptLog()
    expect(await valuesIn(folder, log)).toEqual([0, ...upTo(11).slice(3)])
    expect(lines.join()).toContain('damaged bytes of the spool were set aside')
    const [copy = ''] = await readdir(join(folder, 'damaged'))
    expect(await readFile(join(folder, 'damaged', copy))).toEqual(bytes.subarray(ends[1], ends[2]))
  })

  test('goes on in the next segment when the rest of one is damaged', async () => {
    const folder = await temporaryFolder()
    await spoolOf(folder, 6, { segmentBytes: 512 })
    expect((await segmentsIn(folder)).length).toBeGreaterThan(2)
    const { size } = { size: (await readFile(segmentPath(folder, 1))).length }
    await truncate(segmentPath(folder, 1), size - 3)
    const { log, lines } = keptLog()
    const values = await valuesIn(folder, log)
    expect(values.length).toBeLessThan(21)
    expect(values).toEqual(upTo(21).filter((value) => values.includes(value)))
    expect(values.at(-1)).toBe(20)
    expect(lines.join()).toContain('set aside')
  })

  test('whose record of what was stored is lost is replayed from its beginning', async () => {
    const folder = await temporaryFolder()
    await spoolOf(folder, 3)
    expect(await valuesIn(folder)).toHaveLength(6)
    await writeFile(join(folder, 'committed.json'), '{')
    const { log, lines } = keptLog()
    expect(await valuesIn(folder, log)).toEqual(upTo(6))
    expect(lines.join()).toContain('replaying the whole spool')
  })

  test('that ends before what was stored from it begins a new segment', async () => {
    const folder = await temporaryFolder()
    await spoolOf(folder, 3)
    expect(await valuesIn(folder)).toHaveLength(6)
    await truncate(segmentPath(folder, 1), 0)
    await spoolOf(folder, 1)
    expect(await valuesIn(folder)).toEqual([6])
  })
})

describe('segments', () => {
  test('are deleted when everything in them is stored, and never before', async () => {
    const folder = await temporaryFolder()
    await spoolOf(folder, 8, { segmentBytes: 512 })
    const before = await segmentsIn(folder)
    const reader = new SpoolReader(folder, silent)
    const first = await reader.read(null, 1)
    expect(await segmentsIn(folder)).toEqual(before)
    expect(await reader.read(null, 1)).toEqual(first)
    await reader.close()
    expect(await valuesIn(folder)).toEqual(upTo(36))
    expect(await segmentsIn(folder)).toEqual([before.at(-1)])
  })

  test('are not read beyond what is synced', async () => {
    const folder = await temporaryFolder()
    const ends = await spoolOf(folder, 3)
    const reader = new SpoolReader(folder, silent)
    const read = await reader.read({ segment: 1, offset: ends[2] ?? 0, seq: 3 }, 1000)
    expect(read?.position).toEqual({ segment: 1, offset: ends[2], seq: 3 })
    await reader.close()
  })
})
