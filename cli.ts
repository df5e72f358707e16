#!/usr/bin/env node
import { join } from 'node:path'
import { Command } from 'commander'
import { config as readDotEnv } from 'dotenv'
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

/** In the order of the help. Each is loaded when it is asked for: the others' libraries would only delay it. */
const commands = new Map<string, () => Promise<() => Command>>([
  ['start', () => import('./commands/start.ts').then((file) => file.startCommand)],
  ['simulate', () => import('./commands/simulate.ts').then((file) => file.simulateCommand)],
  ['replay', () => import('./commands/replay.ts').then((file) => file.replayCommand)],
  ['import', () => import('./commands/import.ts').then((file) => file.importCommand)],
  ['enter', () => import('./commands/enter.ts').then((file) => file.enterCommand)],
  ['export', () => import('./commands/export.ts').then((file) => file.exportCommand)],
  ['decode', () => import('./commands/decode.ts').then((file) => file.decodeCommand)],
  ['leave', () => import('./commands/leave.ts').then((file) => file.leaveCommand)],
  ['verify', () => import('./commands/verify.ts').then((file) => file.verifyCommand)],
  ['check-config', () => import('./commands/check-config.ts').then((file) => file.checkConfigCommand)],
  ['key', () => import('./commands/key.ts').then((file) => file.keyCommand)],
])

const asked = commands.get(process.argv[2] ?? '')
// Whoever asks for help, or for what isn't there, is told of all.
for (const load of asked === undefined ? commands.values() : [asked]) {
  const command = await load()
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
