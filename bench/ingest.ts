/*
 * End to end into InfluxDB with Mosquitto between, single readings and arrays of 100: wattwell as an ingest
 * process, against a bare mqtt.js subscriber, against a Node-RED 4 flow, and against posting the same points
 * as they are, which is the store's own limit; all in turns. CPU is that of whole processes, all threads.
 *
 * Node-RED is installed with npm into the user's cache; where it cannot be, it is left out.
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
import { type Load, type Measure, runOn } from './ingest-stage.ts'
import { type Medians, mediansOf, printFigures, printTable } from './ingest-table.ts'
import { wattwell } from './ingest-wattwell.ts'

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '120000' },
    rounds: { type: 'string', default: '3' },
    profile: { type: 'string' },
  },
})
const messages = Number(values.messages)
const rounds = Number(values.rounds)

/** Of 5,000 points, as is recommended, and of 10,000, as the adapter sends them. */
const POSTINGS: readonly Posting[] = [5000, 10_000].flatMap((points) =>
  [1, 2].map((inFlight) => ({ points, inFlight })),
)

const ours = wattwell(values.profile)
const peer = await nodeRed().catch((error: Error) => {
  process.stderr.write(`Node-RED is left out, as it cannot be installed: ${error.message}\n`)
  return null
})
const root = await mkdtemp(join(tmpdir(), 'wattwell-bench-'))
try {
  await compare({ messages, readingsEach: 1 })
  await compare({ messages: Math.ceil(messages / 10), readingsEach: 100 })
} finally {
  await rm(root, { recursive: true, force: true })
}
if (peer !== null) {
  process.stderr.write(
    `\n${peer.name} acknowledges a message as soon as it arrives; what it has not written yet is lost when it ` +
      'ends. wattwell acknowledges what is synced to disk.\n',
  )
}

async function compare(load: Load): Promise<void> {
  const runs: { name: string; run: () => Promise<Measure>; measures: Measure[] }[] = [
    ...[floor, ours, ...(peer === null ? [] : [peer])].map((contestant) => ({
      name: contestant.name,
      run: () => runOn(root, contestant, load),
      measures: [],
    })),
    ...POSTINGS.map((posting) => ({
      name: `posting ${posting.points} points, ${posting.inFlight} on the way`,
      run: () => postTo(root, posting, load),
      measures: [],
    })),
  ]
  for (let round = 0; round < rounds; round++) {
    for (const { run, measures } of runs) measures.push(await run())
  }
  const medians = runs.map(({ name, measures }) => mediansOf(name, load, measures))
  const named = (name: string | undefined) => medians.find((one) => one.name === name) ?? null
  printTable(load, medians)
  printFigures(load, {
    ours: named(ours.name) as Medians,
    floor: named(floor.name) as Medians,
    peer: named(peer?.name),
    postings: medians.slice(-POSTINGS.length),
  })
}
