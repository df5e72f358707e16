/*
 * Every bench, one after the other, or those that are named; one JSON line a figure.
 *
 *   npm run bench [-- ingest …]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromiumPath } from '../tests/support/chromium.ts'
import { INFLUXD } from './influxd.ts'
import { MOSQUITTO } from './mosquitto.ts'

/** Each bench with the programs that it needs. */
const benches: Readonly<Record<string, readonly string[]>> = {
  're-roll': [],
  'late-reading': [],
  'report-export': [],
  'message-cost': [MOSQUITTO],
  ingest: [MOSQUITTO, INFLUXD],
  page: [chromiumPath],
  accuracy: [],
}

const named = process.argv.slice(2)
for (const name of named.filter((name) => !(name in benches))) {
  process.stderr.write(`there is no bench "${name}"; there are ${Object.keys(benches).join(', ')}\n`)
  process.exit(1)
}
for (const [bench, programs] of Object.entries(benches)) {
  if (named.length > 0 && !named.includes(bench)) continue
  const missing = programs.filter((program) => !existsSync(program))
  if (missing.length > 0) {
    process.stderr.write(`${bench} is skipped: no ${missing.join(' and no ')}\n`)
    continue
  }
  // A year of every fault takes half an hour: only for those who ask for it.
  const options = bench === 'accuracy' && named.length === 0 ? ['--month'] : []
  const program = join(import.meta.dirname, `${bench}.js`)
  const child = spawn(process.execPath, [program, ...options], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) process.exitCode = 1
}
