import type fs from 'node:fs'
import type promises from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DiskJournal } from './disk-journal.ts'

/** Whose steps are written down at the moment. */
export interface Recording {
  journal: DiskJournal | null
}

/**
 * `node:fs` as it is, for the calls that the spool makes, with everything that changes the disk written
 * down. A call that changes a file in another way than these goes unseen.
 */
export function recordedFs(real: typeof fs, recording: Recording): typeof fs {
  const byFd = new Map<number, number>()
  return {
    ...real,
    open: ((path: string, flags: string, done: (error: Error | null, fd: number) => void) => {
      const ended = opens(recording.journal, path, flags)
      real.open(path, flags, (error, fd) => {
        ended()
        const inode = recording.journal?.inode(path)
        if (inode !== undefined) byFd.set(fd, inode)
        done(error, fd)
      })
    }) as typeof fs.open,
    write: ((fd: number, bytes: Buffer, from: number, length: number, at: number, done: Written) => {
      const part = Buffer.from(bytes.subarray(from, from + length))
      const ended = changes(recording.journal, byFd.get(fd), { kind: 'write', at, bytes: part })
      real.write(fd, bytes, from, length, at, (error, written) => {
        ended()
        done(error, written)
      })
    }) as typeof fs.write,
    fdatasync: ((fd: number, done: (error: Error | null) => void) => {
      const ended = syncs(recording.journal, byFd.get(fd))
      real.fdatasync(fd, (error) => {
        if (!error) ended()
        done(error)
      })
    }) as typeof fs.fdatasync,
    ftruncate: ((fd: number, length: number, done: (error: Error | null) => void) => {
      const ended = changes(recording.journal, byFd.get(fd), { kind: 'truncate', length })
      real.ftruncate(fd, length, (error) => {
        ended()
        done(error)
      })
    }) as typeof fs.ftruncate,
    close: ((fd: number, done: (error: Error | null) => void) => {
      byFd.delete(fd)
      real.close(fd, done)
    }) as typeof fs.close,
  }
}

/** The same for `node:fs/promises`. */
export function recordedPromises(real: typeof promises, recording: Recording): typeof promises {
  return {
    ...real,
    mkdir: (async (path: string, options: { recursive: true }) => {
      const missing: string[] = []
      for (let at = path; recording.journal?.inode(at) === undefined && at !== dirname(at); at = dirname(at))
        missing.unshift(at)
      const ended = missing.map((folder) => recording.journal?.link(folder, true))
      const made = await real.mkdir(path, options)
      for (const end of ended) end?.()
      return made
    }) as typeof promises.mkdir,
    rename: async (from, to) => {
      const ended = recording.journal?.rename(String(from), String(to))
      await real.rename(from, to)
      ended?.()
    },
    unlink: async (path) => {
      const ended = recording.journal?.unlink(String(path))
      await real.unlink(path)
      ended?.()
    },
    open: (async (path: string, flags: string) => {
      const ended = opens(recording.journal, path, flags)
      const handle = await real.open(path, flags)
      ended()
      return recordedHandle(handle, recording.journal?.inode(path), recording)
    }) as typeof promises.open,
  }
}

type Written = (error: Error | null, written: number) => void

function recordedHandle(
  handle: promises.FileHandle,
  inode: number | undefined,
  recording: Recording,
): promises.FileHandle {
  const calls: Partial<Record<keyof promises.FileHandle, unknown>> = {
    writeFile: async (text: string) => {
      const ended = changes(recording.journal, inode, { kind: 'write', at: 0, bytes: Buffer.from(text) })
      await handle.writeFile(text)
      ended()
    },
    truncate: async (length: number) => {
      const ended = changes(recording.journal, inode, { kind: 'truncate', length })
      await handle.truncate(length)
      ended()
    },
    sync: async () => {
      const ended = syncs(recording.journal, inode)
      await handle.sync()
      ended()
    },
    datasync: async () => {
      const ended = syncs(recording.journal, inode)
      await handle.datasync()
      ended()
    },
  }
  return new Proxy(handle, {
    get(target, name: keyof promises.FileHandle) {
      const own = calls[name] ?? target[name]
      return typeof own === 'function' ? own.bind(target) : own
    },
  })
}

function opens(journal: DiskJournal | null, path: string, flags: string): () => void {
  if (journal === null || flags !== 'w') return nothing
  const inode = journal.inode(path)
  return inode === undefined
    ? journal.link(path, false)
    : journal.change(inode, { kind: 'truncate', length: 0 })
}

function changes(
  journal: DiskJournal | null,
  inode: number | undefined,
  change: Parameters<DiskJournal['change']>[1],
): () => void {
  return journal === null || inode === undefined ? nothing : journal.change(inode, change)
}

function syncs(journal: DiskJournal | null, inode: number | undefined): () => void {
  return journal === null || inode === undefined ? nothing : journal.sync(inode)
}

function nothing(): void {}
