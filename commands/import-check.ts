import { Organisation } from '../core/organisation-index.ts'
import type { Quarantined } from '../core/reading.ts'
import { keepRules } from '../core/retention.ts'
import { NativeDecoder } from '../ingest/decode/native.ts'
import type { Config } from '../read-config.ts'
import type { FileRows } from '../senders/file-rows.ts'
import { payloadOf } from '../senders/import.ts'
import { type ProgressReport, progressReport } from '../senders/progress.ts'
import { counted, Tally } from '../senders/tally.ts'
import type { Settings } from '../settings.ts'
import { type ImportFile, topics } from './import-file.ts'

/** Says what an import of the files would come to, and publishes nothing. Resolves to whether all of it would be taken. */
export async function checkFiles(
  files: readonly ImportFile[],
  config: Config,
  keep: Settings['keep'],
): Promise<boolean> {
  const topicOf = topics(new Organisation(config.organisation))
  const decoder = new NativeDecoder(config.organisation, keepRules(keep, config.targets).readings)
  let good = true
  for (const { path, reader } of files) {
    const progress = progressReport('checked', process.stderr)
    const rows = await reader.open(path)
    const tally = await checkRows(rows, decoder, topicOf, progress).finally(() => progress.stop())
    const refused = tally.refused === 0 ? 'none' : tally.refused.toLocaleString('en-US')
    const lines = [
      `${path}: ${counted(tally.readings, 'reading')} good, ${refused} refused; nothing was published`,
      ...[...tally.meterLines(), ...tally.refusedLines()].map((line) => `  ${line}`),
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
    good &&= tally.refused === 0 && tally.readings > 0
  }
  return good
}

/** Every reading goes through the decoder of what the broker brings, by itself, so that its line is known. */
async function checkRows(
  file: FileRows,
  decoder: NativeDecoder,
  topicOf: (meter: string) => string,
  progress: ProgressReport,
): Promise<Tally> {
  const tally = new Tally()
  const now = Date.now()
  const refused: Quarantined[] = []
  const sink = { reading() {}, quarantine: (message: Quarantined) => void refused.push(message) }
  for await (const { line, readings, problems, passedOver } of file.rows) {
    tally.row(line, problems, passedOver)
    for (const reading of readings) {
      decoder.decode(topicOf(reading.meter), Buffer.from(payloadOf(reading)), now, sink)
      const why = refused.pop()
      if (why === undefined) tally.reading(reading.meter, reading.at)
      else tally.refuse(reading.meter, why.issue.code, line, why.issue.message)
    }
    progress.update({ unit: 'bytes', done: file.position(), total: file.size, readings: tally.readings })
  }
  return tally
}
