import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/** Thrown where another process has the folder, in words for a person. */
export class FolderTaken extends Error {
  override readonly name = 'FolderTaken'
}

/**
 * Takes a folder for this process alone; answers how to give it back. The lock is DuckDB's on a file of
 * its own, which Node has no call for: the system takes it back when the process ends, however it ends.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  await mkdir(folder, { recursive: true })
  const options = { memory_limit: '64MB', threads: '1' }
  const instance = await DuckDBInstance.create(join(folder, 'in-use.duckdb'), options).catch((cause) => {
    throw takenBy(folder, cause) ?? cause
  })
  return () => instance.closeSync()
}

/** What a failed lock says of who has the folder; undefined where it failed otherwise. */
export function takenBy(folder: string, cause: unknown): FolderTaken | undefined {
  const reason = cause instanceof Error ? cause.message : String(cause)
  if (!reason.includes('lock')) return undefined
  const owner = /PID (\d+)/.exec(reason)?.[1]
  const by = owner === undefined ? '' : ` (process ${owner})`
  return new FolderTaken(
    `${folder} is in use by another wattwell${by}; set WATTWELL_DATA to another folder, or stop it`,
    { cause },
  )
}
