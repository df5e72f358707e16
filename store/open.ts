import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDbStore } from './duckdb.ts'
import { FolderTaken, lockFolder, takenBy } from './folder-lock.ts'
import { InfluxStore } from './influx.ts'
import type { Log } from './influx-connection.ts'
import type { Store } from './store.ts'

/** Thrown where the store cannot be opened, in words for a person. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
}

/** Where the store is, as the settings say. */
export interface StoreLocation {
  /** Of an InfluxDB; empty for the embedded store. */
  readonly url: string
  readonly token: string
  readonly username: string
  readonly password: string
  readonly database: string
}

/**
 * Opens the store that the settings ask for: an InfluxDB, or the embedded one in the folder of everything
 * that is kept. Either way this process owns that folder from then on; a second one is refused here,
 * before it can touch anything else. `writer` names this process among those of one InfluxDB.
 */
export async function openStore(
  data: string,
  location: StoreLocation,
  writer: string,
  log: Log,
): Promise<Store> {
  const path = join(data, 'wattwell.duckdb')
  try {
    if (location.url !== '') return await InfluxStore.open(location, writer, log, await lockFolder(data))
    await mkdir(data, { recursive: true })
    return await DuckDbStore.open(path)
  } catch (cause) {
    const taken = cause instanceof FolderTaken ? cause : takenBy(data, cause)
    if (taken !== undefined) throw new StoreError(taken.message, { cause })
    const reason = cause instanceof Error ? cause.message : String(cause)
    const what = location.url === '' ? `the store ${path}` : `the folder ${data}`
    throw new StoreError(`${what} cannot be opened: ${reason}`, { cause })
  }
}
