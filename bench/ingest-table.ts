import type { Load, Measure } from './ingest-stage.ts'
import { median, print } from './measure.ts'

/** Who is who among the measures, by name. */
export interface Roles {
  readonly ours: string
  readonly floor: string
  /** Null where it could not be installed. */
  readonly peer: string | null
  /** Ways of posting; the fastest of them is the store's limit. */
  readonly posting: readonly string[]
}

type Measures = ReadonlyMap<string, readonly Measure[]>

/** Who used what, for people: medians of all rounds, on standard error. */
export function printTable(load: Load, measures: Measures): void {
  const of = figuresOf(load, measures)
  const cells = [
    ['', 'readings/s', 'own CPU', 'influxd', 'Mosquitto', 'peak', 'missing'],
    ['', '1/s', 'µs/reading', 'µs/reading', 'µs/reading', 'MiB', 'readings'],
    ...[...measures.keys()].map((name) => [
      name,
      of.rate(name).toFixed(0),
      of.ownUs(name).toFixed(2),
      of.influxdUs(name).toFixed(2),
      of.brokerUs(name).toFixed(2),
      of.peakMib(name).toFixed(0),
      String(of.missing(name)),
    ]),
  ]
  const widths = cells.reduce<number[]>((most, row) => row.map((cell, i) => Math.max(cell.length, most[i] ?? 0)), [])
  const lines = cells.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number))).join('  '),
  )
  process.stderr.write(`${kindOf(load)}, ${load.messages} messages\n${lines.join('\n')}\n`)
}

/** The figures that the aims are about, one JSON line each. */
export function printFigures(load: Load, measures: Measures, { ours, floor, peer, posting }: Roles): void {
  const of = figuresOf(load, measures)
  const kind = kindOf(load)
  const line = (figure: string, value: number, unit: string, against: string, ratio: number) =>
    print('ingest', `${figure}, ${kind}`, value, unit, against, ratio)
  const message = (name: string) => of.ownUs(name) * load.readingsEach
  line('cpu of a message', message(ours), 'µs', `${floor}: ${message(floor).toPrecision(3)} µs`, message(ours) / message(floor))
  line('cpu of a reading', of.ownUs(ours), 'µs', ...)
}

function kindOf({ readingsEach }: Load): string {
  return readingsEach === 1 ? 'single readings' : `arrays of ${readingsEach}`
}
