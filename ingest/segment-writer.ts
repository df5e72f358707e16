import type { SpoolDisk } from './spool-disk.ts'
import { type SpoolPosition, segmentPath } from './spool-folder.ts'

/**
 * Writes frames into segments, one behind the other, and syncs them as a group. What the disk did not
 * take is offered again by the caller: after a failed sync the kernel may have forgotten the pages, so
 * the same bytes are written anew.
 */
export class SegmentWriter {
  readonly #folder: string
  readonly #disk: SpoolDisk
  readonly #segmentBytes: number
  #fd = -1
  #synced: SpoolPosition

  constructor(folder: string, disk: SpoolDisk, start: SpoolPosition, segmentBytes: number) {
    this.#folder = folder
    this.#disk = disk
    this.#segmentBytes = segmentBytes
    this.#synced = start
  }

  /** Everything up to here is on disk. */
  get synced(): SpoolPosition {
    return this.#synced
  }

  /**
   * Opens the segment that takes the next `bytes`: another one where this would grow too large.
   * Resolves to whether it is new, and rejects with the system's error.
   */
  async place(bytes: number): Promise<boolean> {
    const { offset } = this.#synced
    if (offset > 0 && offset + bytes > this.#segmentBytes) await this.#leave()
    if (this.#fd !== -1) return false
    const isNew = this.#synced.offset === 0
    this.#fd = await this.#disk.open(segmentPath(this.#folder, this.#synced.segment), isNew)
    return isNew
  }

  /** Resolves when the frames are on disk; `seq` counts what the spool ever held, with them. */
  async append(frames: readonly Buffer[], seq: number): Promise<void> {
    const { segment, offset } = this.#synced
    let end = offset
    for (const frame of frames) {
      await this.#disk.write(this.#fd, frame, end)
      end += frame.length
    }
    await this.#disk.sync(this.#fd)
    this.#synced = { segment, offset: end, seq }
  }

  /**
   * On a full disk: the next frames go into another segment, so that this one can be deleted, and room
   * be made, as soon as the store has it.
   */
  async giveWay(): Promise<void> {
    if (this.#fd === -1) return
    // What was written in vain takes room, and would be taken for damage when the segment is read to its end.
    await this.#disk.truncate(this.#fd, this.#synced.offset)
    if (this.#synced.offset > 0) await this.#leave()
  }

  async close(): Promise<void> {
    if (this.#fd !== -1) await this.#disk.close(this.#fd).catch(() => {})
    this.#fd = -1
  }

  async #leave(): Promise<void> {
    await this.close()
    const { segment, seq } = this.#synced
    this.#synced = { segment: segment + 1, offset: 0, seq }
  }
}
