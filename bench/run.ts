/*
 * Every bench, one after the other; one JSON line a figure.
 *
 *   npm run bench
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const benches = ['re-roll', 'late-reading', 'message-cost']

for (const bench of benches) {
  if (bench === 'message-cost' && !existsSync('/usr/sbin/mosquitto')) {
    process.stderr.write('message-cost is skipped: no Mosquitto at /usr/sbin/mosquitto\n')
    continue
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, `${bench}.js`)], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) process.exitCode = 1
}
