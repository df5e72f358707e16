/*
 * End to end into InfluxDB with Mosquitto between, single readings and arrays of 100: wattwell as an ingest
 * process, against a bare mqtt.js subscriber, against posting the same points as they are, which is the
 * store's own limit, and against a Node-RED 4 flow, in turns. CPU is that of whole processes, all threads.
 *
 * Node-RED is installed with npm into the user's cache; without a registry it is left out and said so.
 *
 *   npm run bench -- ingest
 *   npm run build:server && node dist/bench/ingest.js [--messages 120000] [--rounds 3] [--profile folder]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { floor } from './ingest-floor.ts'
import { nodeRed } from './ingest-node-red.ts'
import { type Posting, postTo } from './ingest-post.ts'
import { type Contestant, type Load, type Measure, runOn } from './ingest-stage.ts'
import { printFigures, printTable } from './ingest-table.ts'
import { wattwell } from './ingest-wattwell.ts'

const POSTINGS: readonly Posting[] = [
  { points: 5000, inFlight: 1 },
  { points: 5000, inFlight: 2 },
  { points: 20_000, inFlight: 1 },
  { points: 20_000, inFlight: 2 },
]

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '120000' },
    rounds: { type: 'string', default: '3' },
    profile: { type: 'string' },
    only: { type: 'string' },
  },
})
const singles = Number(values.messages)
const loads: readonly Load[] = [
  { messages: singles, readingsEach: 1 },
  { messages: singles / 20, readingsEach: 100 },
]
const peer = await nodeRed().catch((error: Error) => {
  process.stderr.write(`Node-RED is left out, it cannot be installed: ${error.message}\n`)
  return null
})
const contestants: readonly Contestant[] = [floor, wattwell(values.profile), ...(peer === null ? [] : [peer])]

const root = await mkdtemp(join(tmpdir(), 'wattwell-bench-'))
try {
  for (const load of loads) await compare(load)
} finally {
  await rm(root, { recursive: true, force: true })
}

async function compare(load: Load): Promise<void> {
  const measures = new Map<string, Measure[]>()
  const keep = (name: string, measure: Measure) =>
    measures.set(name, [...(measures.get(name) ?? []), measure])
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const contestant of contestants) keep(contestant.name, await runOn(root, contestant, load))
    for (const posting of POSTINGS) keep(nameOf(posting), await postTo(root, posting, load))
  }
  printTable(load, measures)
  printFigures(load, measures, { ours: 'wattwell', floor: floor.name, peer: peer?.name ?? null, posting: POSTINGS.map(nameOf) })
}

function nameOf({ points, inFlight }: Posting): string {
  return `posting ${points.toLocaleString('en')} points, ${inFlight} on the way`
}
