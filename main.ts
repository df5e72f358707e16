import { existsSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { hashOfKey } from './api/keys.ts'
import { brokerAddress, withCredentials } from './core/broker-address.ts'
import { keepRules } from './core/retention.ts'
import { readKeys } from './keys.ts'
import { makeLog } from './log.ts'
import { readConfig } from './read-config.ts'
import { Ingest } from './roles/ingest.ts'
import { installationName } from './roles/installation.ts'
import { checkStart, doubtfulSettings, StartError } from './roles/start-checks.ts'
import { StoreThread } from './roles/store-link.ts'
import { notedSubscriptions } from './roles/subscriptions.ts'
import type { Settings } from './settings.ts'
import { version } from './version.ts'

/** A running wattwell. */
export interface Running {
  readonly http: string
  /** The broker that the meters publish to, as far as it is known; else empty. */
  readonly mqtt: string
  readonly store: string
  /** The configuration is the demo organisation that comes with the program; a copy of it isn't. */
  readonly demo: boolean
  /** Rejects when a part of it has died. */
  readonly died: Promise<never>
  stop(): Promise<void>
}

/**
 * Starts the roles that the settings ask for: broker and spool in this thread, everything at the store in
 * another. Where it is `leaving`, it takes what an external broker still keeps for it, and nothing more.
 * Rejects with a StartError.
 */
export async function start(settings: Settings, { leaving = false } = {}): Promise<Running> {
  const config = await readConfig(settings.config)
  const { roles, data } = settings
  const log = makeLog(settings.logLevel, roles.ingest ? 'ingest' : 'service')
  for (const file of config.unused) log.warn({ file }, 'this version does not use it yet')
  for (const doubt of doubtfulSettings(settings)) log.warn(doubt)
  const keys = await keysOf(settings)
  checkStart(settings, keys)
  const keep = keepRules(settings.keep, config.targets)
  const syncedSeq = new SharedArrayBuffer(8)
  const brokerUrl = settings.mqttUrl === '' ? '' : brokerAddress(settings.mqttUrl).address
  const name = await installationName(data)
  if (!roles.ingest && (await notedSubscriptions(data))?.length) {
    const advice = 'run "npx wattwell leave" with ROLES=ingest'
    log.warn(
      { client: name },
      `a broker keeps readings for this process, which takes none any more: ${advice}`,
    )
  }
  const thread = await StoreThread.open({
    roles,
    config,
    data,
    store: settings.store,
    othersWrite: settings.store.url !== '',
    writer: name,
    http: settings.http,
    keep,
    brokerUrl,
    keys,
    version,
    webRoot: shipped('web-dist'),
    syncedSeq,
    smtp: settings.smtp,
    pageUrl: settings.pageUrl,
    logLevel: settings.logLevel,
  })
  let ingest: Ingest | null = null
  const stop = async () => {
    await ingest?.close()
    await thread.stop()
  }
  try {
    if (roles.ingest) {
      ingest = await Ingest.open({
        settings,
        name,
        leaving,
        organisation: config.organisation,
        keep: keep.readings,
        syncedSeq,
        log,
      })
    }
    const { http, store } = await thread.begin(ingest?.synced ?? null)
    const mqtt = (await ingest?.listen(thread)) ?? brokerUrl
    thread.tell({ kind: 'broker', url: brokerWithCredentials(settings, mqtt) })
    return {
      http,
      mqtt,
      store,
      demo: realpathSync(settings.config) === realpathSync(shipped('config')),
      died: thread.died,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Where this process publishes notices of alerts; null where it knows no broker. */
function brokerWithCredentials({ mqttUrl, mqtt }: Settings, address: string): string | null {
  if (mqttUrl !== '' || address === '') return mqttUrl || null
  return withCredentials(address, mqtt)
}

/** The hashes of the keys that open the API. */
async function keysOf({ data, httpKey }: Settings): Promise<string[]> {
  const kept = await readKeys(data).catch((error: Error) => {
    throw new StartError(`WATTWELL_DATA=${data} cannot be used: ${error.message}`)
  })
  return [...kept.map((key) => key.sha256), ...(httpKey === '' ? [] : [hashOfKey(httpKey)])]
}

/** A folder that comes with the program: beside this file, or one up when this runs from `dist`. */
function shipped(folder: string): string {
  const beside = fileURLToPath(new URL(`./${folder}`, import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL(`../${folder}`, import.meta.url))
}
