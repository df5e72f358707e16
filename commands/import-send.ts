import { join } from 'node:path'
import { brokerAddress } from '../core/broker-address.ts'
import type { Organisation } from '../core/organisation-index.ts'
import { importRows } from '../senders/import.ts'
import { ImportState } from '../senders/import-state.ts'
import { progressReport } from '../senders/progress.ts'
import { Publisher } from '../senders/publisher.ts'
import { Service } from '../senders/service.ts'
import { counted, type Tally } from '../senders/tally.ts'
import { type ImportFile, topics } from './import-file.ts'
import { ImportError } from './import-layout.ts'

export interface SendOptions {
  /** The folder of everything that is kept: how far imports have come is kept there too. */
  readonly data: string
  readonly mqttUrl: string
  readonly httpUrl: string
  readonly key: string | undefined
  readonly restart: boolean
}

/** So long the broker is waited for at the start; once it was there, for as long as it takes. */
const PATIENCE_MS = 15_000
/** So long what was sent may take to be stored, before what was quarantined is told. */
const SETTLE_MS = 60_000
/** Kinds of refusals that are told; a dry run tells them all. */
const REFUSALS_SHOWN = 20

/** Publishes the files one after the other. Resolves to whether all of them were readings, and were taken. */
export async function sendFiles(
  files: readonly ImportFile[],
  organisation: Organisation,
  options: SendOptions,
): Promise<boolean> {
  const ending = new AbortController()
  const end = () => ending.abort()
  process.once('SIGINT', end).once('SIGTERM', end)
  const service = new Service(options.httpUrl, options.key)
  const newestRefused = await service.newestRefused().catch((error: Error) => error)
  const publisher = await Publisher.connect({
    mqttUrl: options.mqttUrl,
    clientId: `wattwell-import-${process.pid}-${Date.now().toString(36)}`,
    log: { info: note, warn: note },
    signal: ending.signal,
    patienceMs: PATIENCE_MS,
  }).catch((error: Error) => {
    throw new ImportError(error.message, { cause: error })
  })
  const sending = new Sending(publisher, organisation, options, ending.signal)
  try {
    for (const file of files) await sending.send(file)
  } finally {
    await publisher.end()
  }
  if (sending.topics.size === 0) return sending.good
  return (await noneQuarantined(service, newestRefused, sending.topics, ending.signal)) && sending.good
}

class Sending {
  good = true
  /** Where something was published. */
  readonly topics = new Set<string>()
  readonly #publisher: Publisher
  readonly #topicOf: (meter: string) => string
  readonly #options: SendOptions
  readonly #signal: AbortSignal

  constructor(publisher: Publisher, organisation: Organisation, options: SendOptions, signal: AbortSignal) {
    this.#publisher = publisher
    this.#topicOf = topics(organisation)
    this.#options = options
    this.#signal = signal
  }

  async send({ path, reader }: ImportFile): Promise<void> {
    const { data, mqttUrl, restart } = this.#options
    const how = { ...reader.how, broker: brokerAddress(mqttUrl).address }
    const state = await ImportState.open(join(data, 'imports'), path, how, restart)
    const { rows, readings, refused, finishedAt } = state.reached
    this.good &&= refused === 0
    if (finishedAt !== null) {
      print([
        `${path}: its ${counted(readings, 'reading')} were acknowledged by ${finishedAt}; --restart sends them again`,
      ])
      return
    }
    if (rows > 0) note(`${path}: goes on after ${counted(rows, 'row')}`)
    const tally = await this.#rows(path, reader, state)
    this.good &&= tally.refused === 0
    for (const meter of tally.meters) this.topics.add(this.#topicOf(meter))
    tell(path, tally, rows)
  }

  async #rows(path: string, reader: ImportFile['reader'], state: ImportState): Promise<Tally> {
    const progress = progressReport('import', process.stderr)
    try {
      return await importRows(await reader.open(path), state, {
        publisher: this.#publisher,
        topicOf: this.#topicOf,
        onProgress: (now) => progress.update(now),
      })
    } catch (error) {
      state.save()
      if (!this.#signal.aborted) throw error
      throw new ImportError(
        `${path}: interrupted; ${counted(state.reached.readings, 'reading')} of ${counted(state.reached.rows, 'row')} are acknowledged, and the same command goes on from there`,
      )
    } finally {
      progress.stop()
    }
  }
}

function tell(path: string, tally: Tally, rowsBefore: number): void {
  const { readings, refused, meters, span } = tally
  const when =
    span === null ? '' : `, ${new Date(span.first).toISOString()} to ${new Date(span.last).toISOString()}`
  const rest = rowsBefore === 0 ? '' : ` after the ${counted(rowsBefore, 'row')} of before`
  const found = tally.refusedLines()
  print([
    `${path}: ${counted(readings, 'reading')} of ${counted(meters.length, 'meter')}${rest}${when}: acknowledged`,
    ...(refused === 0 ? [] : [`  could not be read, and not sent: ${counted(refused, 'value')}`]),
    ...found.slice(0, REFUSALS_SHOWN).map((line) => `  ${line}`),
    ...(found.length > REFUSALS_SHOWN
      ? [`  and ${found.length - REFUSALS_SHOWN} other kinds; --dry-run tells them all`]
      : []),
  ])
}

/** Tells what the running wattwell has put into quarantine meanwhile, where it can be asked. */
async function noneQuarantined(
  service: Service,
  newestBefore: string | null | Error,
  topics: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    if (newestBefore instanceof Error) throw newestBefore
    const stored = await service.stored(SETTLE_MS, signal)
    const kinds = await service.refusedSince(newestBefore, topics)
    const still = stored ? '' : ' so far; not everything is stored yet'
    if (kinds.length === 0) print([`nothing of it was put into quarantine${still}`])
    else {
      print([
        `put into quarantine${still}:`,
        ...kinds.map(({ code, readings, reason }) => `  ${counted(readings, 'reading')} ${code}: ${reason}`),
      ])
    }
    return kinds.length === 0
  } catch (error) {
    note(
      `the running wattwell cannot be asked what it put into quarantine: ${(error as Error).message}; see --http and --key`,
    )
    return true
  }
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}

function note(text: string): void {
  process.stderr.write(`${text}\n`)
}
