#!/usr/bin/env node
import { join } from 'node:path'
import { Command } from 'commander'
import { config as readDotEnv } from 'dotenv'
import { checkConfigCommand } from './commands/check-config.ts'
import { decodeCommand } from './commands/decode.ts'
import { enterCommand } from './commands/enter.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { keyCommand } from './commands/key.ts'
import { leaveCommand } from './commands/leave.ts'
import { replayCommand } from './commands/replay.ts'
import { simulateCommand } from './commands/simulate.ts'
import { startCommand } from './commands/start.ts'
import { verifyCommand } from './commands/verify.ts'
import { settingsHelp } from './settings.ts'
import { version } from './version.ts'

readDotEnv({ path: join(process.cwd(), '.env'), quiet: true })

const program = new Command('wattwell')
  .description(
    'Energy and water monitor: MQTT meter readings to intensities, and a live verdict on every target.',
  )
  .version(version)
  .showHelpAfterError('(--help shows what is accepted)')
  .addHelpText('after', () => `\nSettings (environment, or .env in this folder):\n${settingsTable()}`)

for (const command of [
  startCommand,
  simulateCommand,
  replayCommand,
  importCommand,
  enterCommand,
  exportCommand,
  decodeCommand,
  leaveCommand,
  verifyCommand,
  checkConfigCommand,
  keyCommand,
]) {
  program.addCommand(command().copyInheritedSettings(program))
}

try {
  await program.parseAsync()
} catch (error) {
  // What a person can mend comes as one clear message; a stack helps only where the program is wrong.
  const known =
    error instanceof Error && !['Error', 'TypeError', 'RangeError', 'ReferenceError'].includes(error.name)
  process.stderr.write(
    `wattwell: ${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exitCode = 1
}

function settingsTable(): string {
  const width = Math.max(...settingsHelp.map(({ name }) => name.length))
  return settingsHelp
    .map(
      ({ name, default: standard, accepted }) =>
        `  ${name.padEnd(width)}  ${accepted} (${standard === '' ? 'empty' : standard})`,
    )
    .join('\n')
}
