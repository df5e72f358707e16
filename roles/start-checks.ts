import { checkReach } from '../ingest/broker.ts'
import { isLoopback } from '../ingest/credentials.ts'
import type { Settings } from '../settings.ts'

/** Thrown where a start is refused, in words for a person. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** Throws a StartError or BrokerError where the settings do not go together, before anything is opened. */
export function checkStart(settings: Settings, keys: readonly string[]): void {
  checkRoles(settings)
  checkStore(settings)
  if (settings.roles.service) {
    checkHttp(settings, keys)
    checkMail(settings)
  }
  if (settings.roles.ingest) checkBroker(settings)
}

function checkRoles({ roles, store, simulate, mqttUrl }: Settings): void {
  if (roles.ingest && roles.service) return
  const role = roles.ingest ? 'ingest' : 'service'
  if (store.url === '') {
    throw new StartError(
      `ROLES=${role} needs STORE_URL, an InfluxDB that the other processes use as well: the embedded store belongs to one process with both roles`,
    )
  }
  if (!roles.ingest && simulate === true && mqttUrl === '') {
    throw new StartError(
      'SIMULATE=1 with ROLES=service needs MQTT_URL: this process has no broker of its own',
    )
  }
}

function checkStore({ store }: Settings): void {
  if (store.url !== '' && store.password !== '' && store.username === '')
    throw new StartError('INFLUX_PASSWORD needs INFLUX_USERNAME beside it; a token stands in INFLUX_TOKEN')
}

/** What was probably meant otherwise, a sentence each. */
export function doubtfulSettings({ store, smtp, pageUrl }: Settings): string[] {
  const doubts: string[] = []
  if (store.url === '' && (store.token !== '' || store.username !== ''))
    doubts.push('INFLUX_… is set and STORE_URL is not: everything is kept in the embedded store')
  if (smtp.url !== '' && pageUrl === '')
    doubts.push('SMTP_URL is set and PAGE_URL is not: links in mail lead to the address that HTTP listens on')
  return doubts
}

/** The health call alone, which is all that the role `ingest` answers, needs no key. */
function checkHttp({ http }: Settings, keys: readonly string[]): void {
  if (keys.length > 0 || isLoopback(http.host)) return
  throw new StartError(
    `HTTP_HOST=${http.host} can be reached from other machines, which needs a key: make one with "npx wattwell key", or set HTTP_KEY`,
  )
}

function checkMail({ smtp }: Settings): void {
  if (smtp.url !== '' && smtp.from === '')
    throw new StartError('SMTP_URL needs SMTP_FROM beside it: the address that mail is from')
}

/** What the embedded broker would refuse. */
function checkBroker({ mqttUrl, mqtt }: Settings): void {
  if (mqttUrl !== '') return
  if (mqtt.username !== '' && mqtt.password === '')
    throw new StartError('MQTT_USERNAME needs MQTT_PASSWORD beside it')
  checkReach(mqtt.host, mqtt.username === '' ? undefined : mqtt)
}
