import { type FileHandle, open } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { constants, createGunzip, gunzipSync } from 'node:zlib'

/** A file that cannot be read, or not as what it should be; the message names it. */
export class FileError extends Error {
  override readonly name = 'FileError'
}

/** A file that is being read. */
export interface InputFile {
  /** Its bytes, unpacked where it is `.gz`. */
  readonly content: Readable
  /** The text that it begins with. */
  readonly head: string
  /** How many bytes of the file have been read, of how many. */
  readonly position: () => number
  readonly size: number
}

const HEAD_BYTES = 65_536

/** Opens a file. Rejects with a FileError where it is no text file; its content may fail later. */
export async function openInput(path: string): Promise<InputFile> {
  const handle = await open(path).catch((error) => {
    throw unreadable(path, error)
  })
  try {
    const size = await sizeOf(path, handle)
    const packed = path.endsWith('.gz')
    const head = await headOf(handle, packed)
    if (/^(\xff\xfe|\xfe\xff)/.test(head.toString('latin1', 0, 2)))
      throw new FileError(`${path}: it is UTF-16; save it as UTF-8`)
    const source = handle.createReadStream({ start: 0 })
    return {
      content: packed ? pipeline(source, createGunzip(), () => {}) : source,
      head: head.toString('utf8').replace(/^\ufeff/, ''),
      position: () => source.bytesRead,
      size,
    }
  } catch (error) {
    await handle.close()
    throw unreadable(path, error)
  }
}

/** Why a file could not be read, for a person. */
export function unreadable(path: string, error: unknown): FileError {
  if (error instanceof FileError) return error
  const { code = '', message } = error as NodeJS.ErrnoException
  const why =
    code === 'ENOENT'
      ? 'there is no such file'
      : code.startsWith('Z_')
        ? `it is no whole gzip file: ${message}`
        : message
  return new FileError(`${path}: ${why}`, { cause: error })
}

async function sizeOf(path: string, handle: FileHandle): Promise<number> {
  const found = await handle.stat()
  if (found.isFile()) return found.size
  throw new FileError(`${path}: it is ${found.isDirectory() ? 'a folder' : 'no file'}`)
}

async function headOf(handle: FileHandle, packed: boolean): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  const head = buffer.subarray(0, bytesRead)
  // What is cut off in the midst is unpacked as far as it goes.
  return packed ? gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }) : head
}
