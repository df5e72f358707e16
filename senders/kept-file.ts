import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'

/** A state that cannot be read or written; the message says which and what can be done. */
export class KeptFileError extends Error {
  override readonly name = 'KeptFileError'
}

/** What a file keeps, or undefined where there is none yet. Throws a KeptFileError that says `otherwise` where it is something else. */
export function readKept<T extends z.ZodType>(
  path: string,
  schema: T,
  otherwise: string,
): z.output<T> | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new KeptFileError(`${path} cannot be read: ${(cause as Error).message}`, { cause })
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new KeptFileError(`${path} ${otherwise}`, { cause })
  }
}

/** Replaces what a file keeps in one step: after a crash the file is the old one or the new one, whole. */
export function writeKept(path: string, value: unknown): void {
  const temporary = `${path}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(temporary, 'w')
    try {
      writeSync(file, JSON.stringify(value))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (cause) {
    throw new KeptFileError(`${path} cannot be written: ${(cause as Error).message}`, { cause })
  }
}
