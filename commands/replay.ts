import { Command, Option } from 'commander'
import { readConfig } from '../read-config.ts'
import { progressReport } from '../senders/progress.ts'
import { type ReplayOptions, replay } from '../senders/replay.ts'
import { readSettings, type Settings } from '../settings.ts'
import { brokerUrl, httpUrl } from './broker-url.ts'

interface Options {
  readonly csv: string[]
  readonly meter: string
  readonly site?: string
  readonly unit?: string
  readonly zone: string
  readonly column?: string
  readonly startFace?: string
  readonly gaps: NonNullable<ReplayOptions['gaps']>
  readonly mqtt?: string
  readonly http?: string
  readonly key?: string
}

/** What a person can mend: a wrong option, a file that is not there, a row that is no number. */
class ReplayError extends Error {
  override readonly name = 'ReplayError'
}

export function replayCommand(): Command {
  return new Command('replay')
    .description(
      'publish a CSV of hourly consumption as the faces of a register, as fast as acknowledgements come',
    )
    .requiredOption(
      '--csv <file...>',
      'a header row, then a timestamp and the energy or volume of the hour that begins then; several are joined in order of time',
    )
    .requiredOption('--meter <id>', 'the meter of the configuration to publish as')
    .option('--site <id>', "the meter's site, where no configuration knows it")
    .option('--unit <unit>', "the unit of the values; otherwise the meter's own")
    .option('--zone <zone>', 'the time zone of timestamps that state none', 'UTC')
    .option('--column <name>', 'the column of the values, where there are several')
    .option(
      '--start-face <number>',
      'the face before the first hour; otherwise it goes on from what the running wattwell knows, or from 0',
    )
    .addOption(
      new Option(
        '--gaps <how>',
        'hours without a row: begin the register anew, so that they stay missing, or let it stand still, so that they count as nothing used',
      )
        .choices(['reset', 'hold'])
        .default('reset'),
    )
    .option(
      '--mqtt <url>',
      'the broker; otherwise MQTT_URL, or the embedded broker at MQTT_PORT on this machine',
    )
    .option('--http <url>', 'the running wattwell; otherwise at HTTP_HOST and HTTP_PORT')
    .option('--key <key>', 'a key of the running wattwell, where it wants one')
    .action(async (options: Options) => {
      const settings = readSettings(process.env)
      const progress = progressReport('replay', process.stderr)
      const ending = new AbortController()
      process.once('SIGINT', () => ending.abort())
      process.once('SIGTERM', () => ending.abort())
      try {
        const done = await replay({
          ...(await subject(options, settings)),
          files: options.csv,
          zone: options.zone,
          column: options.column,
          gaps: options.gaps,
          startFace: options.startFace === undefined ? undefined : faceOf(options.startFace),
          mqttUrl: options.mqtt ?? brokerUrl(settings),
          httpUrl: options.http ?? httpUrl(settings),
          key: options.key,
          signal: ending.signal,
          log: { info: note, warn: note },
          onProgress: (now) => progress.update(now),
        })
        progress.stop()
        const span = `${new Date(done.from).toISOString()} to ${new Date(done.to).toISOString()}`
        const where = done.settled === true ? 'in the store and rolled up' : 'acknowledged'
        process.stdout.write(
          `${options.meter}: ${done.rows} hours as ${done.readings} readings, ${span}, ${where}\n`,
        )
      } catch (error) {
        progress.stop()
        throw new ReplayError((error as Error).message, { cause: error })
      }
    })
}

/** The meter as the configuration has it; without one, site and unit must be said. */
async function subject(
  options: Options,
  settings: Settings,
): Promise<Pick<ReplayOptions, 'meter' | 'site' | 'unit' | 'register' | 'limitPerHour'>> {
  const { meter: id } = options
  if (options.site !== undefined && options.unit !== undefined)
    return { meter: id, site: options.site, unit: options.unit }
  const { organisation } = await readConfig(settings.config)
  for (const site of organisation.sites) {
    const meter = site.meters.find((candidate) => candidate.id === id)
    if (meter === undefined) continue
    if (meter.register === undefined)
      throw new ReplayError(`--meter ${id} is not a register; only a register can be replayed`)
    return {
      meter: id,
      site: site.id,
      unit: options.unit ?? meter.register.unit,
      register: meter.register,
      limitPerHour: meter.limitPerHour,
    }
  }
  const known = organisation.sites
    .flatMap((site) => site.meters.filter((meter) => meter.register !== undefined))
    .map((meter) => meter.id)
  throw new ReplayError(`--meter ${id} is not in the configuration; there are ${known.join(', ')}`)
}

function faceOf(text: string): number {
  const face = Number(text)
  if (text.trim() === '' || !Number.isFinite(face) || face < 0)
    throw new ReplayError(`--start-face ${text} is no number of 0 or more`)
  return face
}

function note(text: string): void {
  process.stderr.write(`${text}\n`)
}
