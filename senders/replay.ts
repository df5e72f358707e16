import type { Meter } from '../core/organisation.ts'
import { HOUR_MS } from '../core/window.ts'
import { type HourRow, readHours } from './consumption-csv.ts'
import { type Decimal, parseDecimal } from './decimal.ts'
import type { Progress } from './progress.ts'
import { type Log, Publisher, silent } from './publisher.ts'
import { type Face, facesOf, type Gap, type Gaps } from './replay-faces.ts'
import { Service } from './service.ts'

const READINGS_PER_MESSAGE = 1000
const PATIENCE_MS = 15_000
const SETTLE_MS = 60_000

export interface ReplayOptions {
  /** CSV files of hourly consumption: a header row, first a timestamp, then a value. */
  readonly files: readonly string[]
  readonly meter: string
  /** The site that the meter stands at. */
  readonly site: string
  readonly mqttUrl: string
  /** The unit of the values, and of the faces that are sent. */
  readonly unit: string
  /** The zone of timestamps that state none. */
  readonly zone?: string | undefined
  /** The column of the values, where there are several. */
  readonly column?: string | undefined
  /** The running service, which knows the face to go on from and says when all is stored. */
  readonly httpUrl?: string | undefined
  /** A key of that service, where it wants one. */
  readonly key?: string | undefined
  /** The face before the first hour. Left out: what the service says, else 0. */
  readonly startFace?: number | undefined
  /** What the register does over hours that no row speaks of; `reset` keeps them missing. */
  readonly gaps?: Gaps | undefined
  /** The meter's own register, so that faces are divided by its multiplier and its digits are minded. */
  readonly register?: Meter['register']
  readonly limitPerHour?: number | undefined
  readonly clientId?: string | undefined
  readonly log?: Log | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Replayed {
  readonly rows: number
  readonly readings: number
  /** Hours that no row speaks of, and in how many stretches. */
  readonly gaps: { readonly count: number; readonly hours: number }
  readonly from: number
  readonly to: number
  /** In the store and rolled up; undefined where no service was asked. */
  readonly settled?: boolean
}

/**
 * Sends hourly consumption as the faces of a register, as fast as the broker acknowledges. Nothing is
 * sent before every file has been read: a value that is no number, or hours that overlap, throw first.
 */
export async function replay(options: ReplayOptions): Promise<Replayed> {
  const { files, zone = 'UTC', column, log = silent, gaps: rule = 'reset' } = options
  const rows = await readHours(files, { zone, column })
  const first = rows[0]
  if (first === undefined) throw new Error(`${files.join(', ')}: no hour with a value`)
  const service = options.httpUrl === undefined ? undefined : new Service(options.httpUrl, options.key)
  const startFace = await startFaceOf(options, rows, service, log)
  const { faces, gaps } = facesOf(rows, startFace, rule)
  const hours = gaps.reduce((sum, { start, end }) => sum + (end - start) / HOUR_MS, 0)
  if (gaps.length > 0) {
    log.warn(
      `${hours} hours in ${gaps.length} gaps have no value; ${
        rule === 'reset'
          ? 'the register begins again at 0 after each, so they stay missing'
          : 'the register stands still over them, so they count as nothing used'
      }`,
    )
  }
  if (rule === 'reset') for (const gap of gaps) refuseRollover(options, gap)
  warnOfDigits(options, faces, log)
  await publish(options, faces)
  const to = (faces.at(-1) as Face).at
  const done = {
    rows: rows.length,
    readings: faces.length,
    gaps: { count: gaps.length, hours },
    from: first.at,
    to,
  }
  if (service === undefined) return done
  return { ...done, settled: await service.settled(SETTLE_MS, options.signal) }
}

async function publish(options: ReplayOptions, faces: readonly Face[]): Promise<void> {
  const { meter, site, mqttUrl, unit, log, signal, onProgress } = options
  const clientId = options.clientId ?? `wattwell-replay-${meter}`
  const publisher = await Publisher.connect({ mqttUrl, clientId, log, signal, patienceMs: PATIENCE_MS })
  const multiplier = options.register?.multiplier ?? 1
  const value = ({ numeral }: Face) => (multiplier === 1 ? numeral : String(Number(numeral) / multiplier))
  let done = 0
  try {
    for (let i = 0; i < faces.length; i += READINGS_PER_MESSAGE) {
      const part = faces.slice(i, i + READINGS_PER_MESSAGE)
      const readings = part.map((face) => `{"at":${face.at},"value":${value(face)},"unit":"${unit}"}`)
      await publisher.send(`facility/${site}/${meter}/reading`, `[${readings.join(',')}]`, () => {
        done += part.length
        onProgress?.({ done, total: faces.length })
      })
    }
    await publisher.drained()
  } finally {
    await publisher.end()
  }
}

/** The face before the first hour: as told, else what the meter showed then, else 0. */
async function startFaceOf(
  options: ReplayOptions,
  rows: readonly HourRow[],
  service: Service | undefined,
  log: Log,
): Promise<Decimal> {
  const { meter, unit, startFace, gaps: rule = 'reset' } = options
  if (startFace !== undefined) return decimalOf(startFace * (options.register?.multiplier ?? 1))
  if (service === undefined) return NOTHING
  const multiplier = options.register?.multiplier ?? 1
  const first = (rows[0] as HourRow).at
  try {
    const face = await service.faceAt(meter, first, unit)
    if (face !== undefined) return decimalOf(face * multiplier)
    const last = await service.lastOf(meter, unit)
    if (last === undefined) return NOTHING
    if (last.at > first) {
      log.warn(
        `${meter} already has readings up to ${new Date(last.at).toISOString()}; between them and these the register may fall`,
      )
      return NOTHING
    }
    const gap = { start: last.at, end: first, face: last.value * multiplier }
    const since = `${meter} was last read at ${new Date(last.at).toISOString()}`
    if (rule === 'hold') {
      log.warn(`${since}; the register goes on from there, so nothing counts as used since`)
      return decimalOf(gap.face)
    }
    refuseRollover(options, gap)
    log.warn(`${since}; the register begins again at 0, so the time since stays missing`)
    return NOTHING
  } catch (error) {
    if (error instanceof RolloverError) throw error
    log.warn(
      `the service cannot say what ${meter} showed (${(error as Error).message}); the register begins at 0`,
    )
    return NOTHING
  }
}

const NOTHING: Decimal = { units: 0n, decimals: 0 }

class RolloverError extends Error {}

/** A register of few digits that starts again after a long gap looks as if it had rolled over. */
function refuseRollover({ meter, register, limitPerHour }: ReplayOptions, gap: Gap): void {
  if (register?.digits === undefined || limitPerHour === undefined) return
  const modulus = 10 ** register.digits * register.multiplier
  if (modulus - gap.face > (limitPerHour * (gap.end - gap.start)) / HOUR_MS) return
  const [start, end] = [gap.start, gap.end].map((at) => new Date(at).toISOString())
  throw new RolloverError(
    `no value from ${start} to ${end}, and a register of ${register.digits} digits that begins again would be taken for one that rolled over; give ${meter} more digits or a lower limitPerHour, or let the register hold its face over gaps`,
  )
}

function warnOfDigits({ meter, register }: ReplayOptions, faces: readonly Face[], log: Log): void {
  if (register?.digits === undefined) return
  const highest = faces.reduce((max, { numeral }) => Math.max(max, Number(numeral)), 0) / register.multiplier
  if (highest >= 10 ** register.digits) {
    log.warn(`the register of ${meter} has ${register.digits} digits, and these hours count up to ${highest}`)
  }
}

function decimalOf(value: number): Decimal {
  const decimal = Number.isFinite(value) && value >= 0 ? parseDecimal(String(value)) : undefined
  if (decimal === undefined) throw new Error(`the start face is ${value}; accepted is a number from 0`)
  return decimal
}
