import { type FileHandle, mkdir, open, unlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Quarantined, ReadingBatch } from '../core/reading.ts'
import type { Log } from './log.ts'
import { isFull } from './spool-disk.ts'
import {
  makeFolder,
  readCommitted,
  type SpoolPosition,
  START,
  segmentPath,
  segmentsIn,
  writeCommitted,
} from './spool-folder.ts'
import { decodeFrame, type Frame, findFrame, seqAfter } from './spool-format.ts'

/** What the reading half hands on at once. Commit `position` when it is stored. */
export interface SpoolRead {
  readonly batches: readonly ReadingBatch[]
  readonly quarantined: readonly Quarantined[]
  readonly position: SpoolPosition
}

const CHUNK_BYTES = 4 * 1024 * 1024
const DAMAGED = 'damaged'
const NO_ROOM = 'no room to write down how far the spool is stored; the next start may store some of it again'

/**
 * The reading half: shares nothing with the writing half but the files, and may live in another
 * thread. It must not read beyond what the writing half says is synced; without that notice it may
 * read to the end, which is right once after a start.
 */
export class SpoolReader {
  readonly #folder: string
  readonly #log: Log
  #committed: SpoolPosition | null = null
  /** The last position could not be written. */
  #noRoom = false
  #file: { readonly segment: number; readonly handle: FileHandle } | null = null

  constructor(folder: string, log: Log) {
    this.#folder = folder
    this.#log = log
  }

  /** How far everything was stored. */
  async committed(): Promise<SpoolPosition> {
    this.#committed ??= await this.#firstPosition()
    return this.#committed
  }

  /**
   * The frames that come next, at most about `maxReadings` readings of them, or null where there
   * are none. Reading again without a commit answers the same. Damage is copied to `damaged/`, said
   * in the log and stepped over; only a disk that cannot be read rejects.
   */
  async read(upTo: SpoolPosition | null, maxReadings: number): Promise<SpoolRead | null> {
    let position = await this.committed()
    const batches: ReadingBatch[] = []
    const quarantined: Quarantined[] = []
    let readings = 0
    let moved = false
    while (readings < maxReadings) {
      const end = await this.#endOf(position.segment, upTo)
      const bytes = await this.#bytes(position, end.offset)
      const frames = framesIn(bytes, maxReadings - readings)
      for (const frame of frames) {
        if (frame.batch.length > 0) batches.push(frame.batch)
        quarantined.push(...frame.quarantined)
        readings += frame.batch.length + frame.quarantined.length
        position = { ...position, offset: position.offset + frame.bytes, seq: seqAfter(frame) }
        moved = true
      }
      if (frames.length > 0) continue
      if (bytes.length > 0 && end.sure) {
        position = await this.#setAside(position, end.offset)
      } else {
        if (end.next === undefined) break
        position = { segment: end.next, offset: 0, seq: position.seq }
      }
      moved = true
    }
    return moved ? { batches, quarantined, position } : null
  }

  /**
   * Deletes the segments that are wholly consumed, and persists how far everything is stored. In this
   * order, and not stopped by a full disk, because it may be the spool that has filled it. A start for
   * which the position was not written stores again what the store has already.
   */
  async commit(position: SpoolPosition): Promise<void> {
    this.#committed = position
    if (this.#file !== null && this.#file.segment < position.segment) await this.close()
    for (const segment of await segmentsIn(this.#folder)) {
      if (segment < position.segment) await unlink(segmentPath(this.#folder, segment))
    }
    await writeCommitted(this.#folder, position).then(
      () => {
        this.#noRoom = false
      },
      (error: unknown) => {
        if (!isFull(error)) throw error
        if (!this.#noRoom) this.#log.warn({ err: error, folder: this.#folder }, NO_ROOM)
        this.#noRoom = true
      },
    )
  }

  async close(): Promise<void> {
    await this.#file?.handle.close()
    this.#file = null
  }

  async #firstPosition(): Promise<SpoolPosition> {
    await mkdir(this.#folder, { recursive: true })
    const committed = await readCommitted(this.#folder).catch((error: unknown) => {
      // The store takes the same things twice without a change, so beginning anew loses nothing.
      this.#log.error(
        { err: error, folder: this.#folder },
        'replaying the whole spool: how far it was stored is lost',
      )
      return null
    })
    const first = (await segmentsIn(this.#folder)).find((segment) => segment >= (committed?.segment ?? 0))
    if (first === undefined || first === committed?.segment) return committed ?? START
    return { segment: first, offset: 0, seq: committed?.seq ?? 0 }
  }

  /**
   * Where a segment ends for this read, the segment after it, and whether every byte before the end
   * must be a whole frame: not so for the end of the last segment when nobody said what is synced.
   */
  async #endOf(
    segment: number,
    upTo: SpoolPosition | null,
  ): Promise<{ offset: number; next?: number; sure: boolean }> {
    if (upTo !== null && segment >= upTo.segment) {
      return { offset: segment === upTo.segment ? upTo.offset : 0, sure: true }
    }
    const next = (await segmentsIn(this.#folder)).find((other) => other > segment)
    const size = (await this.#open(segment).then((file) => file?.stat()))?.size ?? 0
    if (next === undefined || (upTo !== null && next > upTo.segment))
      return { offset: size, sure: upTo !== null }
    return { offset: size, next, sure: true }
  }

  /** Whole frames from a position on, or whatever is there where not even one is whole. */
  async #bytes(position: SpoolPosition, end: number): Promise<Buffer> {
    const rest = Math.max(0, end - position.offset)
    const file = rest === 0 ? null : await this.#open(position.segment)
    if (file === null) return Buffer.alloc(0)
    for (let length = Math.min(rest, CHUNK_BYTES); ; length = Math.min(rest, length * 4)) {
      const bytes = Buffer.from(new ArrayBuffer(length))
      const { bytesRead } = await file.read(bytes, 0, length, position.offset)
      const got = bytes.subarray(0, bytesRead)
      if (length === rest || decodeFrame(got, 0) !== 'incomplete') return got
    }
  }

  /** Copies a damaged stretch beside and answers where the next whole frame begins. */
  async #setAside(position: SpoolPosition, end: number): Promise<SpoolPosition> {
    const file = await this.#open(position.segment)
    const bytes = Buffer.alloc(end - position.offset)
    if (file !== null) await file.read(bytes, 0, bytes.length, position.offset)
    const found = findFrame(bytes, 8)
    const length = found === -1 ? bytes.length : found
    const folder = join(this.#folder, DAMAGED)
    await makeFolder(folder)
    const copy = join(
      folder,
      `${basename(segmentPath('', position.segment), '.spool')}-${position.offset}.bytes`,
    )
    await writeFile(copy, bytes.subarray(0, length), { flush: true })
    this.#log.error(
      { copy, ...position, length },
      'damaged bytes of the spool were set aside; readings in them are lost',
    )
    return { ...position, offset: position.offset + length }
  }

  async #open(segment: number): Promise<FileHandle | null> {
    if (this.#file?.segment === segment) return this.#file.handle
    await this.close()
    const handle = await open(segmentPath(this.#folder, segment), 'r').catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      },
    )
    if (handle !== null) this.#file = { segment, handle }
    return handle
  }
}

function framesIn(bytes: Buffer, maxReadings: number): Frame[] {
  const frames: Frame[] = []
  let readings = 0
  for (let offset = 0; offset < bytes.length && readings < maxReadings; ) {
    const frame = decodeFrame(bytes, offset)
    if (typeof frame !== 'object') break
    frames.push(frame)
    offset += frame.bytes
    readings += frame.batch.length + frame.quarantined.length
  }
  return frames
}
