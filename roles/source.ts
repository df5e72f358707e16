import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startBroker } from '../ingest/broker.ts'
import type { Receiver } from '../ingest/receive.ts'
import type { ReadingSource } from '../ingest/source.ts'
import { readingFilter, startSubscriber } from '../ingest/subscriber.ts'
import type { Logger } from '../log.ts'
import type { Settings } from '../settings.ts'

/**
 * The embedded broker, or a subscription to the external one. A process that only takes readings is one of
 * several, so it takes a share; those that write to one database share one stream. `name` is what the broker
 * keeps messages under.
 */
export async function openSource(
  settings: Settings,
  name: string,
  receiver: Receiver,
  log: Logger,
): Promise<ReadingSource> {
  const { mqttUrl, mqtt, roles, store, data } = settings
  if (mqttUrl !== '') {
    const group = roles.service ? undefined : store.database
    return startSubscriber({
      url: mqttUrl,
      clientId: name,
      receiver,
      log,
      ...(group !== undefined && { group }),
      ...(await formerFilters(data, readingFilter(group), log)),
    })
  }
  const { host, port, username, password } = mqtt
  return startBroker({
    host,
    port,
    receiver,
    log,
    ...(username !== '' && { credentials: { username, password } }),
  })
}

/**
 * What the broker may still be sending us besides `filter`. It is on disk before the broker is asked for
 * another, so that no end in between leaves a subscription that nobody remembers.
 */
async function formerFilters(data: string, filter: string, log: Logger) {
  const path = join(data, 'mqtt-subscriptions')
  const text = await readFile(path, 'utf8').catch(() => readingFilter())
  const former = text.split('\n').filter((line) => line !== '' && line !== filter)
  const keep = (filters: readonly string[]) => writeFile(path, `${filters.join('\n')}\n`, { flush: true })
  await keep([filter, ...former])
  return {
    former,
    onSwitched: () => {
      keep([filter]).catch((error) =>
        log.warn({ err: error }, `${path} cannot be written; it is only asked for once more`),
      )
    },
  }
}
