import { once } from 'node:events'
import { Command, InvalidArgumentError } from 'commander'
import { readSettings } from '../settings.ts'
import { type FaultRates, faultKinds, faultRatesOf } from '../simulators/fault-rates.ts'
import { type Measure, measuresOf, savings } from '../simulators/measures.ts'
import { brokerUrl } from './broker-url.ts'
import { simulateBeside } from './simulate-beside.ts'
import { writeTruth } from './simulate-truth.ts'

interface Options {
  readonly mqtt?: string
  readonly seed?: string
  readonly without?: Measure[]
  readonly fault?: FaultRates
  readonly truth?: string
}

export function simulateCommand(): Command {
  return new Command('simulate')
    .description(
      'only the simulators: every meter of the organisation, its history first, then live every minute',
    )
    .option(
      '--mqtt <url>',
      'the broker to publish to; otherwise MQTT_URL, or the embedded broker at MQTT_PORT on this machine',
    )
    .option('--seed <text>', 'another weather, and other faults; a history that has begun keeps its own')
    .option(
      '--without <measures>',
      'saving measures that are not in force, with commas; otherwise SIMULATE_WITHOUT',
      parsed(measuresOf),
    )
    .option(
      '--fault <name=rate>',
      'a fault of the meters and how often it happens, as often as wanted; otherwise SIMULATE_FAULTS',
      (text: string, before: FaultRates = {}) => ({
        ...before,
        ...parsed((one: string) => faultRatesOf([one]))(text),
      }),
    )
    .option(
      '--truth <file>',
      'write what was truly used up to now, by meter and local day and month, as CSV or (.jsonl) JSON lines, and end',
    )
    .addHelpText('after', () => `\n${faultHelp()}\n\n${measureHelp()}`)
    .action(async ({ mqtt, truth, ...options }: Options) => {
      const settings = readSettings(process.env)
      const story = {
        seed: options.seed,
        without: options.without ?? settings.simulation.without,
        faults: options.fault ?? settings.simulation.faults,
      }
      if (truth !== undefined) return writeTruth(settings, story, truth)
      const simulators = await simulateBeside(settings, mqtt ?? brokerUrl(settings), story)
      await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT'), simulators.ended])
      await simulators.stop()
      process.exit(process.exitCode ?? 0)
    })
}

/** Refuses what a parser throws on, with its message. */
function parsed<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text)
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message)
    }
  }
}

function faultHelp(): string {
  const lines = Object.entries(faultKinds).map(
    ([name, { what, rate, most }]) => `  ${name.padEnd(16)}${what}; rate: ${rate}, 0 to ${most}`,
  )
  return ['Faults:', ...lines].join('\n')
}

function measureHelp(): string {
  const lines = Object.entries(savings).map(([name, { what }]) => `  ${name.padEnd(21)}${what}`)
  return ['Measures of the demo organisation:', ...lines].join('\n')
}
