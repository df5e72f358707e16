import { type Issue, type IssueCode, issue } from '../../core/issue.ts'
import type { OrganisationFile } from '../../core/organisation.ts'
import { type KeepRule, keptForEver } from '../../core/retention.ts'
import { quarantined, type Refusal } from '../quarantine.ts'
import type { Decoded, Decoder, ReadingSink } from './decoder.ts'
import { shown } from './got.ts'
import { instantOf } from './instant.ts'
import { type MeterEntry, metersByTopic, unitOf, unknownTopic } from './native-meters.ts'

const MAX_PAYLOAD_BYTES = 4 * 1024 * 1024
const MAX_READINGS = 10_000
/** Up to here a number still tells units apart. */
const MAX_VALUE = 1e15
const ACCEPTED = 'send {"at": …, "value": …}, or an array of up to 10,000 of them'
const ONE: Decoded = { readings: 1, quarantined: 0 }
const ALERTS = /^facility\/[^/]+\/alerts$/

/** The topics and payloads of CONTRACT "MQTT": `facility/<site>/<meter>/reading`, JSON. */
export class NativeDecoder implements Decoder {
  readonly #organisation: OrganisationFile
  readonly #meters: ReadonlyMap<string, MeterEntry>
  // What the last item held, so that a reading needs no object of its own.
  #at = 0
  #value = 0
  #unit = ''

  /** `keep`: of which years readings are still taken. */
  constructor(organisation: OrganisationFile, keep: KeepRule = keptForEver) {
    this.#organisation = organisation
    this.#meters = metersByTopic(organisation, keep)
  }

  concerns(topic: string): boolean {
    return topic.startsWith('facility/') && !(topic.endsWith('/alerts') && ALERTS.test(topic))
  }

  decode(topic: string, payload: Buffer, receivedAt: number, sink: ReadingSink): Decoded {
    const entry = this.#meters.get(topic)
    if (entry === undefined || entry.unit === '' || payload.length > MAX_PAYLOAD_BYTES) {
      const why = this.#notFor(topic, payload, entry)
      return refuse(sink, { receivedAt, topic, payload, readings: countIn(payload), issue: why })
    }
    const json = parse(payload)
    if (Array.isArray(json) && json.length > 0 && json.length <= MAX_READINGS) {
      return this.#many(topic, json, entry, receivedAt, sink)
    }
    const why = this.#check(json, entry, receivedAt)
    if (why !== undefined) {
      const readings = Array.isArray(json) ? json.length : 1
      return refuse(sink, { receivedAt, topic, payload, readings, issue: why })
    }
    sink.reading(entry.meter, this.#unit, this.#at, this.#value, receivedAt)
    return ONE
  }

  /** Why a message is not even looked into. */
  #notFor(topic: string, payload: Buffer, entry: MeterEntry | undefined): Issue {
    if (entry === undefined) return unknownTopic(topic, this.#organisation)
    if (entry.unit === '') {
      const why = `${entry.meter.name} is computed from other meters and takes no readings`
      return issue('not-a-reading-meter', why)
    }
    return issue('too-large', `${payload.length} bytes; at most ${MAX_PAYLOAD_BYTES} are taken`)
  }

  /** Takes the good ones; the bad ones go to quarantine together, by reason. */
  #many(topic: string, items: unknown[], entry: MeterEntry, receivedAt: number, sink: ReadingSink): Decoded {
    const bad = new Map<IssueCode, { first: Issue; items: unknown[] }>()
    let readings = 0
    for (const item of items) {
      const why = this.#check(item, entry, receivedAt)
      if (why === undefined) {
        sink.reading(entry.meter, this.#unit, this.#at, this.#value, receivedAt)
        readings++
      } else {
        const same = bad.get(why.code)
        if (same === undefined) bad.set(why.code, { first: why, items: [item] })
        else same.items.push(item)
      }
    }
    for (const { first, items } of bad.values()) {
      const payload = textOf(items)
      sink.quarantine(quarantined({ receivedAt, topic, payload, readings: items.length, issue: first }))
    }
    return { readings, quarantined: bad.size }
  }

  /** Why an item cannot be taken; undefined where it can, and its fields are in this. */
  #check(item: unknown, entry: MeterEntry, now: number): Issue | undefined {
    if (item instanceof NotJson) return item.why
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return notReading(item)
    const { at, value, unit } = item as { at?: unknown; value?: unknown; unit?: unknown }
    const instant = instantOf(at, now)
    if (typeof instant !== 'number') return instant
    const gone = entry.kept?.refusal(instant, now)
    if (gone !== undefined) return gone
    if (typeof value !== 'number') return noNumber(value)
    if (!(Math.abs(value) <= MAX_VALUE)) {
      return issue('not-finite', `the value is larger than ${MAX_VALUE}, which no meter counts to`)
    }
    const named = unit === undefined ? '' : unitOf(unit, entry)
    if (typeof named !== 'string') return named
    this.#at = instant
    this.#value = value
    this.#unit = named
    return undefined
  }
}

function refuse(sink: ReadingSink, refusal: Refusal): Decoded {
  sink.quarantine(quarantined(refusal))
  return { readings: 0, quarantined: 1 }
}

function notReading(got: unknown): Issue {
  if (!Array.isArray(got)) {
    return issue('not-a-reading', `got ${shown(got)}; ${ACCEPTED}`)
  }
  if (got.length > MAX_READINGS) {
    return issue('too-many-readings', `${got.length} readings in one message; ${ACCEPTED}`)
  }
  return issue(
    'not-a-reading',
    `got ${got.length === 0 ? 'an empty array' : 'an array in an array'}; ${ACCEPTED}`,
  )
}

function noNumber(value: unknown): Issue {
  if (value === undefined) return issue('no-number', 'there is no "value"; send a JSON number')
  return issue('no-number', `the value is ${shown(value)}; send a JSON number, without quotes`)
}

/** Stands where the JSON would: no text of a device can look like it. */
class NotJson {
  readonly why: Issue
  constructor(detail: string) {
    this.why = issue('not-json', `${detail}; ${ACCEPTED}`)
  }
}

function parse(payload: Buffer): unknown {
  if (payload.length === 0) return new NotJson('the message is empty')
  try {
    return JSON.parse(payload.toString())
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : ''
    return new NotJson(`not JSON (${why})`)
  }
}

/** Items as JSON again. What is nested too deep to be written stays with what can be said of it. */
function textOf(items: readonly unknown[]): string {
  try {
    return JSON.stringify(items)
  } catch {
    return `[${items.map(shown).join(', ')}] (nested too deep to be shown)`
  }
}

/** How many readings a message seems to hold that nobody looks into any further. */
function countIn(payload: Buffer): number {
  if (payload[0] !== 0x5b || payload.length > MAX_PAYLOAD_BYTES) return 1
  const json = parse(payload)
  return Array.isArray(json) ? json.length : 1
}
