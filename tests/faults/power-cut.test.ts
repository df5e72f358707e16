import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { spoolMeter } from '../../ingest/frame-builder.ts'
import { openSpool, type Spool } from '../../ingest/spool.ts'
import { disk, type SpoolDisk } from '../../ingest/spool-disk.ts'
import { SpoolReader } from '../../ingest/spool-reader.ts'
import { NOW, silent, temporaryFolder } from '../ingest/support.ts'
import { DiskJournal } from '../support/disk-journal.ts'
import { type Left, leftAt } from '../support/power-cut.ts'
import type { Recording } from '../support/recorded-fs.ts'

const recording = vi.hoisted((): Recording => ({ journal: null }))
vi.mock('node:fs', async (original) => {
  const { recordedFs } = await import('../support/recorded-fs.ts')
  return recordedFs(await original(), recording)
})
vi.mock('node:fs/promises', async (original) => {
  const { recordedPromises } = await import('../support/recorded-fs.ts')
  return recordedPromises(await original(), recording)
})

const SPOOL = 'data/spool'
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const meters = [spoolMeter('a'), spoolMeter('b')]

/** What a power cut took back is asked of these. */
class Life {
  readonly journal: DiskJournal
  readonly #folder: string
  #spool: Spool | null = null
  #reader: SpoolReader | null = null
  #value: number
  #isFull = false
  readonly #disk: SpoolDisk = {
    ...disk,
    write: async (fd, bytes, position) => {
      if (!this.#isFull) return disk.write(fd, bytes, position)
      this.#isFull = false
      await disk.write(fd, bytes.subarray(0, bytes.length / 2), position)
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    },
  }

  /** In a folder whose content is on disk; its readings are `first`, `first` + 1 and so on. */
  constructor(root: string, first: number) {
    this.journal = new DiskJournal(root)
    this.#folder = join(root, SPOOL)
    this.#value = first
  }

  async open(): Promise<void> {
    recording.journal = this.journal
    this.#spool = await openSpool(this.#folder, silent, { segmentBytes: 700, retryMs: 1, disk: this.#disk })
    this.#reader = new SpoolReader(this.#folder, silent)
  }

  /** The disk is full for the next write: half of it is there when it is refused. */
  fill(): void {
    this.#isFull = true
  }

  /** One group of readings, acknowledged when it is synced. Two frames where `late` are a while apart. */
  async group(count: number, late = 0): Promise<void> {
    const spool = this.#spool as Spool
    const values = Array.from({ length: count }, () => this.#value++)
    await new Promise<void>((resolve) => {
      for (const [i, value] of values.entries()) {
        const receivedAt = NOW + (i >= count - late ? 5000 : 0)
        spool.reading(meters[value % 2] ?? spoolMeter('a'), '', NOW + value, value, receivedAt)
        spool.whenSynced(() => {
          this.journal.acknowledged([value])
          if (i === count - 1) resolve()
        })
      }
    })
  }

  /** Everything that is synced goes to a store that forgets nothing. */
  async store(): Promise<void> {
    const [spool, reader] = [this.#spool as Spool, this.#reader as SpoolReader]
    const read = await reader.read(spool.synced, 1000)
    if (read === null) return
    this.journal.stored(read.batches.flatMap(({ value }) => [...value]))
    await reader.commit(read.position)
  }

  /** The power goes: what the program does from here on reaches no disk. */
  async end(): Promise<void> {
    recording.journal = null
    await Promise.all([this.#spool?.close(), this.#reader?.close()])
  }

  get count(): number {
    return this.#value
  }
}

/** The next start in what was left: every reading that the spool still has, and whether it takes another. */
async function nextStart(left: Left): Promise<{ found: number[]; goesOn: boolean }> {
  const root = await rebuilt(left)
  const spool = await openSpool(join(root, SPOOL), silent, { segmentBytes: 700 })
  const reader = new SpoolReader(join(root, SPOOL), silent)
  const found = await valuesOf(reader, spool)
  spool.reading(spoolMeter('a'), '', NOW, -1, NOW)
  await new Promise<void>((resolve) => spool.whenSynced(resolve))
  const after = await valuesOf(reader, spool)
  await Promise.all([spool.close(), reader.close()])
  await rm(root, { recursive: true })
  return { found, goesOn: after.length === 1 && after[0] === -1 }
}

/** In memory where there is such a folder: thousands of starts sync a few files each. */
async function rebuilt({ files, folders }: Left): Promise<string> {
  const root = await temporaryFolder(MEMORY)
  for (const path of folders) await mkdir(join(root, path), { recursive: true })
  for (const [path, bytes] of files) await writeFile(join(root, path), bytes)
  return root
}

async function valuesOf(reader: SpoolReader, spool: Spool): Promise<number[]> {
  const values: number[] = []
  for (let next = await reader.read(spool.synced, 1000); next !== null; ) {
    values.push(...next.batches.flatMap(({ value }) => [...value]))
    await reader.commit(next.position)
    next = await reader.read(spool.synced, 1000)
  }
  return values
}

/** A disk that a power cut may leave, and what must be found on it. */
interface Cut {
  readonly left: Left
  readonly owed: Set<number>
}

/** Cuts the power at every step of a life, in every way. Equal disks are one, which owes what any of them owes. */
function everyCut(journal: DiskJournal, owedBefore: Iterable<number> = []): Map<string, Cut> {
  const cuts = new Map<string, Cut>()
  const owed = new Set(owedBefore)
  for (let moment = 0; moment <= journal.steps.length; moment++) {
    const step = journal.steps[moment - 1]
    if (step?.kind === 'acknowledged') for (const value of step.readings) owed.add(value)
    if (step?.kind === 'stored') for (const value of step.readings) owed.delete(value)
    for (const left of leftAt(journal, moment)) {
      const cut = cuts.get(left.key) ?? { left, owed: new Set() }
      for (const value of owed) cut.owed.add(value)
      cuts.set(left.key, cut)
    }
  }
  return cuts
}

/** Starts on each of the disks, and counts what is wrong with what it finds there. */
async function count(cuts: Iterable<Cut>, published: number) {
  const wrong = { lost: 0, doubled: 0, neverSent: 0, stuck: 0 }
  const waiting = [...cuts]
  const next = async (): Promise<void> => {
    for (let cut = waiting.pop(); cut !== undefined; cut = waiting.pop()) {
      const { found, goesOn } = await nextStart(cut.left)
      const once = new Set(found)
      wrong.lost += [...cut.owed].filter((value) => !once.has(value)).length
      wrong.doubled += found.length - once.size
      wrong.neverSent += found.filter((value) => value < 0 || value >= published).length
      if (!goesOn) wrong.stuck += 1
    }
  }
  // Side by side, because each waits for the disk most of the time.
  await Promise.all(Array.from({ length: 8 }, next))
  return wrong
}

function print(what: string, published: number, disks: number, wrong: Awaited<ReturnType<typeof count>>) {
  const { lost, doubled } = wrong
  console.log(
    `fault: ${what}, ${disks} different disks | published ${published} | acknowledged ${published} | lost ${lost} | doubled ${doubled}`,
  )
}

const NOTHING_WRONG = { lost: 0, doubled: 0, neverSent: 0, stuck: 0 }

async function firstLife(): Promise<Life> {
  const life = new Life(await temporaryFolder(), 0)
  await life.open()
  await life.group(1)
  await life.group(3)
  await life.group(2, 1)
  await life.store()
  await life.group(5)
  await Promise.all([life.store(), life.group(4)])
  life.fill()
  for (const readings of [6, 7, 3, 5]) await life.group(readings)
  await Promise.all([life.store(), life.group(8, 4)])
  await life.group(2)
  await life.end()
  return life
}

describe('a power cut at any moment', { timeout: 240_000 }, () => {
  test('takes nothing that was acknowledged, whatever the disk had written of the rest', async () => {
    const life = await firstLife()
    const cuts = everyCut(life.journal)
    const wrong = await count(cuts.values(), life.count)
    print('power cut at any moment', life.count, cuts.size, wrong)
    expect(wrong).toEqual(NOTHING_WRONG)
    // Every byte of every group but the synced ones was an end once.
    expect(cuts.size).toBeGreaterThan(1000)
  })

  test('takes nothing either while the spool comes up from another one', async () => {
    const life = await firstLife()
    const disks = [...everyCut(life.journal).values()]
    const total = { published: 0, disks: 0 }
    for (let i = 0; i < disks.length; i += Math.ceil(disks.length / 8)) {
      const { left, owed } = disks[i] as Cut
      const second = new Life(await rebuilt(left), life.count)
      await second.open()
      await second.group(2)
      await Promise.all([second.store(), second.group(1)])
      await second.end()
      const cuts = everyCut(second.journal, owed)
      const wrong = await count(cuts.values(), second.count)
      expect(wrong).toEqual(NOTHING_WRONG)
      total.published += second.count
      total.disks += cuts.size
    }
    print('power cut while coming up from another', total.published, total.disks, NOTHING_WRONG)
  })
})
