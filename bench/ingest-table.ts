import type { Load, Measure } from './ingest-stage.ts'
import { median, print } from './measure.ts'

/** The medians of one contestant, of every round. CPU in microseconds a reading. */
export interface Medians {
  readonly name: string
  readonly readingsPerSecond: number
  readonly ownUs: number
  readonly influxdUs: number
  readonly brokerUs: number
  readonly peakMib: number
  /** In all rounds together. */
  readonly missing: number
}

export function mediansOf(name: string, load: Load, measures: readonly Measure[]): Medians {
  const readings = load.messages * load.readingsEach
  const of = (figure: (measure: Measure) => number) => median(measures.map(figure))
  return {
    name,
    readingsPerSecond: of(({ elapsedMs, missing }) => ((readings - missing) * 1000) / elapsedMs),
    ownUs: of(({ ownCpuMs }) => (ownCpuMs * 1000) / readings),
    influxdUs: of(({ influxdCpuMs }) => (influxdCpuMs * 1000) / readings),
    brokerUs: of(({ brokerCpuMs }) => (brokerCpuMs * 1000) / readings),
    peakMib: of(({ peakMib }) => peakMib),
    missing: measures.reduce((sum, { missing }) => sum + missing, 0),
  }
}

/** Who used what, for people, on standard error. */
export function printTable(load: Load, contestants: readonly Medians[]): void {
  const cells = [
    [kindOf(load), 'readings/s', 'own CPU', 'influxd', 'Mosquitto', 'peak', 'lost'],
    ['', '', 'µs/reading', 'µs/reading', 'µs/reading', 'MiB', 'readings'],
    ...contestants.map((one) => [
      one.name,
      one.readingsPerSecond.toFixed(0),
      one.ownUs.toFixed(2),
      one.influxdUs.toFixed(2),
      one.brokerUs.toFixed(2),
      one.peakMib.toFixed(0),
      String(one.missing),
    ]),
  ]
  const width = (column: number) => Math.max(...cells.map((row) => row[column]?.length ?? 0))
  const lines = cells.map(([name = '', ...figures]) =>
    [name.padEnd(width(0)), ...figures.map((figure, i) => figure.padStart(width(i + 1)))].join('  '),
  )
  process.stderr.write(`\n${lines.join('\n')}\n`)
  for (const { name, missing } of contestants.filter(({ missing }) => missing > 0)) {
    process.stderr.write(
      `${name} has lost ${missing} readings: they were acknowledged and are not in the store\n`,
    )
  }
}

/** What is compared: who is who. */
export interface Sides {
  readonly ours: Medians
  readonly floor: Medians
  /** Null where it could not be installed. */
  readonly peer: Medians | null
  /** Ways to post; the fastest of them is the store's limit. */
  readonly postings: readonly Medians[]
}

/** The figures, one JSON line each. */
export function printFigures(load: Load, { ours, floor, peer, postings }: Sides): void {
  const kind = kindOf(load)
  const line = (figure: string, value: number, unit: string, against: string, other: number) =>
    print('ingest', `${figure}, ${kind}`, value, unit, against, value / other)
  const limit = postings.reduce((best, one) => (one.readingsPerSecond > best.readingsPerSecond ? one : best))
  const message = ({ ownUs }: Medians) => ownUs * load.readingsEach
  line('cpu of a message', message(ours), 'µs', floor.name, message(floor))
  line('readings per second', ours.readingsPerSecond, '1/s', limit.name, limit.readingsPerSecond)
  line("influxd's cpu of a reading", ours.influxdUs, 'µs', limit.name, limit.influxdUs)
  if (peer !== null) {
    const all = ({ ownUs, influxdUs, brokerUs }: Medians) => 1e6 / (ownUs + influxdUs + brokerUs)
    line('readings per cpu second', 1e6 / ours.ownUs, '1/s', peer.name, 1e6 / peer.ownUs)
    line('readings per cpu second with broker and store', all(ours), '1/s', peer.name, all(peer))
    line('readings per second', ours.readingsPerSecond, '1/s', peer.name, peer.readingsPerSecond)
  }
  const published = load.messages * load.readingsEach
  for (const one of peer === null ? [ours] : [ours, peer]) {
    line(`readings that ${one.name} has lost`, one.missing, 'readings', `${published} a round`, published)
  }
}

function kindOf({ readingsEach }: Load): string {
  return readingsEach === 1 ? 'single readings' : `arrays of ${readingsEach}`
}
