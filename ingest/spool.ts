import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import type { Quarantined } from '../core/reading.ts'
import { FrameBuilder, type SpoolMeter } from './frame-builder.ts'
import type { Log } from './log.ts'
import { SegmentWriter } from './segment-writer.ts'
import { isFull, disk as realDisk, type SpoolDisk } from './spool-disk.ts'
import { makeFolder, type SpoolPosition } from './spool-folder.ts'
import { recover } from './spool-recover.ts'

export interface SpoolOptions {
  /** For tests: a disk that is slow or full. */
  readonly disk?: SpoolDisk
  /** A segment is ended when it would grow beyond this. */
  readonly segmentBytes?: number
  /** From this on `full` is true, and whoever reads sockets stops reading. */
  readonly fullBytes?: number
  /** The first wait after a failed write, milliseconds; doubled up to 64 times that. */
  readonly retryMs?: number
}

export interface SpoolState {
  readonly ok: boolean
  /** Why it cannot write at the moment. */
  readonly error?: string
  /** Messages that wait for their acknowledgement. */
  readonly pendingCallbacks: number
}

const SEGMENT_BYTES = 64 * 1024 * 1024
const FULL_BYTES = 64 * 1024 * 1024

/**
 * Opens the writing half of the spool; a torn tail is cut off. Open it before the reading half.
 * Rejects with the system's error where the folder cannot be made or read.
 */
export async function openSpool(folder: string, log: Log, options: SpoolOptions = {}): Promise<Spool> {
  await makeFolder(folder)
  return new Spool(folder, log, await recover(folder, log), options)
}

/**
 * The writing half: readings are appended in memory, written as one frame and synced as a group,
 * and only then are the callbacks of `whenSynced` called, in order. One group is on its way at a
 * time; what arrives meanwhile makes up the next, so that a slow disk gets larger groups.
 *
 * A disk that refuses is asked again for the same bytes until it takes them.
 */
export class Spool {
  readonly #folder: string
  readonly #log: Log
  readonly #segments: SegmentWriter
  readonly #fullBytes: number
  readonly #retryMs: number
  readonly #stop = new AbortController()
  readonly #builder = new FrameBuilder()
  readonly #listeners = new Set<(position: SpoolPosition) => void>()
  /** Frames that are filled and wait to be written. */
  #sealed: Buffer[] = []
  #sealedBytes = 0
  #seq: number
  /** Called when what is being filled, or was sealed, is synced. */
  #waiting: (() => void)[] = []
  /** Of the group on its way; null where none is. */
  #syncing: (() => void)[] | null = null
  #room: (() => void)[] = []
  #active = false
  #run: Promise<void> = Promise.resolve()
  #closed = false
  #error: string | undefined
  #written = 0

  constructor(folder: string, log: Log, start: SpoolPosition, options: SpoolOptions) {
    this.#folder = folder
    this.#log = log
    this.#seq = start.seq
    const { disk = realDisk, segmentBytes = SEGMENT_BYTES } = options
    this.#segments = new SegmentWriter(folder, disk, start, segmentBytes)
    this.#fullBytes = options.fullBytes ?? FULL_BYTES
    this.#retryMs = options.retryMs ?? 100
  }

  /** Everything up to here is on disk. */
  get synced(): SpoolPosition {
    return this.#segments.synced
  }

  /** Bytes that were synced since it was opened. */
  get written(): number {
    return this.#written
  }

  /** True while more waits to be synced than memory should hold. */
  get full(): boolean {
    return this.#sealedBytes + this.#builder.bytes >= this.#fullBytes
  }

  get state(): SpoolState {
    const pendingCallbacks = this.#waiting.length + (this.#syncing?.length ?? 0)
    const error = this.#error
    return { ok: error === undefined, ...(error !== undefined && { error }), pendingCallbacks }
  }

  /** `unit` is canonical, or empty for the meter's own; `at` and `receivedAt` are epoch milliseconds. */
  reading(meter: SpoolMeter, unit: string, at: number, value: number, receivedAt: number): void {
    if (this.#builder.mustEnd(receivedAt)) this.#seal()
    this.#builder.reading(meter, unit, at, value, receivedAt)
    if (!this.#active) this.#start()
  }

  quarantine(message: Quarantined): void {
    if (this.#builder.mustEnd(message.receivedAt)) this.#seal()
    this.#builder.quarantine(message)
    if (!this.#active) this.#start()
  }

  /**
   * Calls back when everything appended so far is on disk: at once where it is, otherwise in the
   * order of these calls. A callback whose bytes never reach the disk is never called.
   */
  whenSynced(callback: () => void): void {
    if (this.#builder.count > 0 || this.#sealed.length > 0) this.#waiting.push(callback)
    else if (this.#syncing !== null) this.#syncing.push(callback)
    else callback()
  }

  /** Calls back when there is room: at once where there is, otherwise in the order of these calls. */
  whenRoom(callback: () => void): void {
    if (this.full) this.#room.push(callback)
    else callback()
  }

  /** Hears of each group that is on disk. Answers how to stop hearing. */
  onSynced(listener: (position: SpoolPosition) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Syncs what is there and closes. A disk that refuses is not asked again: what it did not take
   * was not acknowledged. Nothing may be appended afterwards.
   */
  async close(): Promise<void> {
    this.#closed = true
    this.#stop.abort()
    await this.#run
    await this.#segments.close()
  }

  #start(): void {
    this.#active = true
    this.#run = this.#syncGroups()
  }

  async #syncGroups(): Promise<void> {
    do {
      // Lets everything that has arrived in this turn into the group.
      await turn()
      const frames = this.#cut()
      const bytes = frames.reduce((sum, frame) => sum + frame.length, 0)
      if (!(await this.#store(frames, bytes, this.#seq))) return
      this.#sealedBytes -= bytes
      this.#settle()
    } while (this.#builder.count > 0 || this.#sealed.length > 0)
    this.#active = false
  }

  #seal(): void {
    const seq = this.#seq
    this.#seq += this.#builder.count
    const frame = this.#builder.take(seq)
    this.#sealed.push(frame)
    this.#sealedBytes += frame.length
  }

  #cut(): readonly Buffer[] {
    if (this.#builder.count > 0) this.#seal()
    const frames = this.#sealed
    this.#sealed = []
    this.#syncing = this.#waiting
    this.#waiting = []
    return frames
  }

  /** Resolves true when the frames are on disk, false where the spool was closed before. */
  async #store(frames: readonly Buffer[], bytes: number, seq: number): Promise<boolean> {
    for (let failures = 0; ; failures++) {
      try {
        // Heard of at once, so that the segment before is deleted when it is stored.
        if (await this.#segments.place(bytes)) this.#tell()
        await this.#segments.append(frames, seq)
        this.#written += bytes
        if (failures > 0) this.#log.warn({ folder: this.#folder, failures }, 'the spool is written again')
        this.#error = undefined
        return true
      } catch (error) {
        this.#error = error instanceof Error ? error.message : String(error)
        const { folder, state } = { folder: this.#folder, state: this.state }
        if (failures === 0) this.#log.error({ err: error, folder, state }, 'the spool cannot be written')
        if (this.#closed) {
          this.#log.error({ folder, state }, 'closed with messages that were not acknowledged')
          return false
        }
        // Where even that is refused, the next attempt does it again.
        if (isFull(error)) await this.#segments.giveWay().catch(() => {})
        const wait = this.#retryMs * 2 ** Math.min(failures, 6)
        await sleep(wait, null, { signal: this.#stop.signal }).catch(() => {})
      }
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.synced)
  }

  #settle(): void {
    this.#tell()
    // Stays the group on its way until the last of it was called, so that order is kept.
    const callbacks = this.#syncing ?? []
    for (let i = 0; i < callbacks.length; i++) {
      try {
        callbacks[i]?.()
      } catch (error) {
        this.#log.error({ err: error }, 'an acknowledgement could not be sent')
      }
    }
    this.#syncing = null
    while (!this.full) {
      const next = this.#room.shift()
      if (next === undefined) return
      next()
    }
  }
}
