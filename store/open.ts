import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { DuckDbStore } from './duckdb.ts'
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
 * that is kept. Of the embedded one, whoever has it open owns that folder; a second process is refused
 * here, before it can touch anything else. `writer` names this process among those of one InfluxDB.
 */
export async function openStore(
  data: string,
  location: StoreLocation,
  writer: string,
  log: Log,
): Promise<Store> {
  return location.url === '' ? openEmbedded(data) : InfluxStore.open(location, writer, log)
}

/**
 * Makes the folder of everything that is kept this process's own, where no embedded store in it does that:
 * two would write over each other's spool. Let go by what it resolves to, or by the end of the process, a
 * kill too.
 */
export async function lockFolder(data: string): Promise<() => void> {
  // Node can't lock files; a DuckDB that nobody writes to does it with one file and one thread.
  const path = join(data, 'lock')
  const lock = await owning(data, path, () => DuckDBInstance.create(path, { threads: '1' }))
  return () => lock.closeSync()
}

function openEmbedded(data: string): Promise<Store> {
  const path = join(data, 'wattwell.duckdb')
  return owning(data, path, () => DuckDbStore.open(path))
}

/** Opens something that only one process can have open. */
async function owning<Opened>(data: string, path: string, open: () => Promise<Opened>): Promise<Opened> {
  try {
    await mkdir(data, { recursive: true })
    return await open()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const owner = /PID (\d+)/.exec(reason)?.[1]
    const message = reason.includes('lock')
      ? `${data} is in use by another wattwell${owner === undefined ? '' : ` (process ${owner})`}; set WATTWELL_DATA to another folder, or stop it`
      : `${path} cannot be opened: ${reason}`
    throw new StoreError(message, { cause })
  }
}
