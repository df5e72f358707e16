import { startBroker } from '../ingest/broker.ts'
import type { Receiver } from '../ingest/receive.ts'
import type { ReadingSource } from '../ingest/source.ts'
import { readingFilter, startSubscriber } from '../ingest/subscriber.ts'
import type { Logger } from '../log.ts'
import type { Settings } from '../settings.ts'
import { notedSubscriptions, noteSubscriptions } from './subscriptions.ts'

export interface SourceOptions {
  readonly settings: Settings
  /** The name under which an external broker keeps messages for us. */
  readonly name: string
  /** Takes what an external broker still keeps, and lets it keep nothing more. */
  readonly leaving: boolean
  readonly log: Logger
}

/**
 * The embedded broker, or a subscription to the external one. A process that only takes readings is one of
 * several, so it takes a share; those that write to one database share one stream.
 */
export async function openSource(
  { settings, name, leaving, log }: SourceOptions,
  receiver: Receiver,
): Promise<ReadingSource> {
  const { mqttUrl, mqtt, roles, store, data } = settings
  if (mqttUrl !== '') {
    const group = roles.service ? undefined : store.database
    return startSubscriber({
      url: mqttUrl,
      clientId: name,
      receiver,
      log,
      leaving,
      ...(group !== undefined && { group }),
      ...(await formerFilters(data, readingFilter(group), leaving, log)),
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
 * What the broker may still be sending us besides `filter`. It is noted before the broker is asked for
 * another, so that no end in between leaves a subscription that nobody remembers.
 */
async function formerFilters(data: string, filter: string, leaving: boolean, log: Logger) {
  // Before there were notes there was one filter.
  const noted = (await notedSubscriptions(data)) ?? [readingFilter()]
  const former = noted.filter((one) => one !== filter)
  await noteSubscriptions(data, [filter, ...former])
  return {
    former,
    onSwitched: () => {
      noteSubscriptions(data, leaving ? [] : [filter]).catch((error) =>
        log.warn({ err: error }, 'the new subscription cannot be noted; the old one is given up once more'),
      )
    },
  }
}
