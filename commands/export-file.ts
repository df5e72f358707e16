import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type ProgressReport, progressReport } from '../senders/progress.ts'
import type { Settings } from '../settings.ts'
import { type Answer, ExportError, type Source, sourceOf } from './export-source.ts'

export interface FileExport {
  /** Where to; packed where it ends in `.gz`. */
  readonly out: string
  /** What is asked for, below `/api/v1`. */
  readonly path: string
  /** The answer has a reading on each line. */
  readonly lines: boolean
  readonly url: string | undefined
  readonly key: string | undefined
}

/** Writes what the API answers to a file. It has its name only when it is whole. Resolves to what was done, for a person. */
export async function exportFile(
  settings: Settings,
  { out, path, lines, url, key }: FileExport,
): Promise<string> {
  const ending = new AbortController()
  const end = () => ending.abort()
  process.once('SIGINT', end).once('SIGTERM', end)
  const source = await sourceOf(settings, url, key, ending.signal)
  const part = `${out}.part`
  const progress = progressReport('export', process.stderr)
  try {
    const answer = await asked(source, path)
    const readings = await write(answer, part, lines, progress, ending.signal)
    const { size } = await stat(part)
    await rename(part, out)
    progress.stop()
    const count = readings === null ? '' : `${readings.toLocaleString('en-US')} readings, `
    return `${out}: ${count}${size.toLocaleString('en-US')} bytes, from ${source.name}`
  } catch (error) {
    progress.stop()
    await rm(part, { force: true })
    if (ending.signal.aborted) throw new ExportError(`${out}: interrupted; nothing was written`)
    throw error instanceof ExportError
      ? error
      : new ExportError(`${out}: not written: ${(error as Error).message}`, { cause: error })
  } finally {
    await source.close()
  }
}

async function asked(source: Source, path: string): Promise<Answer> {
  const answer = await source.get(path)
  if (answer.status === 200) return answer
  const problem = await text(answer.body)
  throw new ExportError(`${source.name} refuses: ${detailOf(problem, answer.status)}`)
}

/** Resolves to the number of lines, where there are lines. */
async function write(
  { body, length }: Answer,
  path: string,
  lines: boolean,
  progress: ProgressReport,
  signal: AbortSignal,
): Promise<number | null> {
  let [bytes, readings] = [0, 0]
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (lines) for (let i = chunk.indexOf(10); i >= 0; i = chunk.indexOf(10, i + 1)) readings += 1
      progress.update({ unit: 'bytes', done: bytes, total: length, ...(lines && { readings }) })
      yield chunk
    }
  }
  const file = createWriteStream(path, { flush: true })
  if (path.endsWith('.gz.part')) await pipeline(body, counted, createGzip(), file, { signal })
  else await pipeline(body, counted, file, { signal })
  return lines ? readings : null
}

function detailOf(problem: string, status: number): string {
  try {
    const { detail } = JSON.parse(problem) as { detail?: string }
    if (detail !== undefined) return detail
  } catch {
    // What is no problem document is told as it is.
  }
  return `${status} ${problem.slice(0, 300)}`
}
