import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
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

async function openEmbedded(data: string): Promise<Store> {
  const path = join(data, 'wattwell.duckdb')
  try {
    await mkdir(data, { recursive: true })
    return await DuckDbStore.open(path)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const owner = /PID (\d+)/.exec(reason)?.[1]
    const message = reason.includes('lock')
      ? `${data} is in use by another wattwell${owner === undefined ? '' : ` (process ${owner})`}; set WATTWELL_DATA to another folder, or stop it`
      : `the store ${path} cannot be opened: ${reason}`
    throw new StoreError(message, { cause })
  }
}
