import type { FileReading, FileRows } from './file-rows.ts'
import type { ImportState } from './import-state.ts'
import type { ByteProgress } from './progress.ts'
import type { Publisher } from './publisher.ts'
import { Tally } from './tally.ts'

/** Readings that one message holds at most. */
const READINGS_PER_MESSAGE = 1000
/** Readings that are gathered by meter before they are sent: rows of many meters give messages worth sending. */
const READINGS_GATHERED = 20_000

export interface ImportOptions {
  readonly publisher: Pick<Publisher, 'send' | 'drained'>
  readonly topicOf: (meter: string) => string
  readonly onProgress?: (progress: ByteProgress) => void
}

/**
 * Sends the readings of a file, from the row on that the state has reached, and moves the state on as
 * they are acknowledged. Resolves, when all of them are, to what was sent by this run.
 */
export async function importRows(file: FileRows, state: ImportState, options: ImportOptions): Promise<Tally> {
  const tally = new Tally()
  const before = state.reached
  let row = 0
  let gathered: FileReading[] = []
  const send = async () => {
    const reached = {
      rows: row,
      readings: before.readings + tally.readings,
      refused: before.refused + tally.refused,
    }
    const progress = {
      unit: 'bytes',
      done: file.position(),
      total: file.size,
      readings: tally.readings,
    } as const
    const messages = messagesOf(gathered)
    gathered = []
    for (const [i, { meter, payload }] of messages.entries()) {
      await options.publisher.send(options.topicOf(meter), payload, () => {
        // Acknowledgements come in order: with the last message all of these rows are on disk.
        if (i < messages.length - 1) return
        state.reach(reached)
        options.onProgress?.(progress)
      })
    }
  }
  for await (const { line, readings, problems, passedOver } of file.rows) {
    row += 1
    if (row <= before.rows) continue
    tally.row(line, problems, passedOver)
    for (const reading of readings) {
      tally.reading(reading.meter, reading.at)
      gathered.push(reading)
    }
    if (gathered.length >= READINGS_GATHERED) await send()
  }
  if (gathered.length > 0) await send()
  await options.publisher.drained()
  state.reach({
    rows: row,
    readings: before.readings + tally.readings,
    refused: before.refused + tally.refused,
    finishedAt: new Date().toISOString(),
  })
  state.save()
  return tally
}

function messagesOf(readings: readonly FileReading[]): { meter: string; payload: string }[] {
  const byMeter = new Map<string, FileReading[]>()
  for (const reading of readings) {
    const list = byMeter.get(reading.meter)
    if (list === undefined) byMeter.set(reading.meter, [reading])
    else list.push(reading)
  }
  return [...byMeter].flatMap(([meter, list]) =>
    Array.from({ length: Math.ceil(list.length / READINGS_PER_MESSAGE) }, (_, i) => ({
      meter,
      payload: `[${list
        .slice(i * READINGS_PER_MESSAGE, (i + 1) * READINGS_PER_MESSAGE)
        .map(payloadOf)
        .join(',')}]`,
    })),
  )
}

/** A reading as a device would send it. */
export function payloadOf({ at, value, unit }: FileReading): string {
  return JSON.stringify({ at, value, ...(unit !== '' && { unit }) })
}
