import { close, fdatasync, ftruncate, open, write } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { syncFolder } from './spool-folder.ts'

const opened = promisify(open)
const closed = promisify(close)
const synced = promisify(fdatasync)
const truncated = promisify(ftruncate)

/** The disk as the spool's writing half sees it. Each call rejects with the system's error. */
export interface SpoolDisk {
  /** Opens a segment, made where it is not there; its folder is synced then. Answers its descriptor. */
  open(path: string, isNew: boolean): Promise<number>
  /** Writes all of the bytes at a position. */
  write(fd: number, bytes: Buffer, position: number): Promise<void>
  /** Resolves when everything written so far is on disk. */
  sync(fd: number): Promise<void>
  /** Gives back what was written from `length` on. */
  truncate(fd: number, length: number): Promise<void>
  close(fd: number): Promise<void>
}

export const disk: SpoolDisk = {
  async open(path, isNew) {
    const fd = await opened(path, isNew ? 'w' : 'r+')
    try {
      if (isNew) await syncFolder(dirname(path))
    } catch (error) {
      await closed(fd).catch(() => {})
      throw error
    }
    return fd
  },
  write: (fd, bytes, position) =>
    new Promise((resolve, reject) => {
      const rest = (from: number): void =>
        write(fd, bytes, from, bytes.length - from, position + from, (error, written) => {
          if (error) reject(error)
          else if (from + written < bytes.length) rest(from + written)
          else resolve()
        })
      rest(0)
    }),
  sync: (fd) => synced(fd),
  truncate: (fd, length) => truncated(fd, length),
  close: (fd) => closed(fd),
}

/** Whether the disk refused because there is no room on it, or no more for this user. */
export function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT'
}
