import { Calendars, dateOf, firstDay, type LocalDay, localDay, QUARTER_MS } from '../core/calendar.ts'
import type { OrganisationFile } from '../core/organisation.ts'
import type { Progress } from '../senders/progress.ts'
import { type Log, Publisher, silent } from '../senders/publisher.ts'
import { type Clock, systemClock } from './clock.ts'
import { history, pastOf } from './history.ts'
import { type Shown, SiteMeters } from './meter.ts'
import { type FleetState, readState, writeState } from './state.ts'

export const DEFAULT_SEED = 'wattwell'

const MINUTE_MS = 60_000
/** The state is written at most this often; what was acknowledged since is sent again after a crash, unchanged. */
const SAVE_EVERY_MS = 500

export interface FleetOptions {
  readonly mqttUrl: string
  readonly organisation: OrganisationFile
  /** The file that says how far the simulator has come. */
  readonly statePath: string
  /** Another seed is another weather. Once a history has begun, the seed of its state holds. */
  readonly seed?: string | undefined
  readonly clock?: Clock | undefined
  readonly log?: Log | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** False: end when the past has been told. */
  readonly live?: boolean | undefined
}

/**
 * Every meter of an organisation, over MQTT: first its history since 1 January of last year, then one
 * reading a minute until the signal is aborted. Resolves with the number of readings acknowledged.
 */
export async function runFleet(options: FleetOptions): Promise<{ readings: number }> {
  const { organisation, signal, live = true, log = silent, clock = systemClock } = options
  const fleet = new Fleet(options, clock, log)
  const publisher = await Publisher.connect({
    mqttUrl: options.mqttUrl,
    clientId: `wattwell-simulator-${organisation.organisation.id}`,
    log,
    signal,
  })
  try {
    await fleet.tellPast(publisher, options.onProgress)
    while (live) await fleet.tellNextMinute(publisher)
  } catch (error) {
    if (signal?.aborted !== true) throw error
  } finally {
    await publisher.end()
    fleet.save()
  }
  return { readings: fleet.readings }
}

class Fleet {
  /** Readings acknowledged so far. */
  readings = 0
  readonly #options: FleetOptions
  readonly #clock: Clock
  readonly #log: Log
  readonly #state: FleetState
  readonly #sites: { meters: SiteMeters /** By meter: the first instant not sent yet. */; next: number[] }[]
  #savedAt = 0
  #toldTo = 0

  constructor(options: FleetOptions, clock: Clock, log: Log) {
    const { organisation, statePath, seed = DEFAULT_SEED } = options
    const calendars = new Calendars()
    this.#options = options
    this.#clock = clock
    this.#log = log
    const known = readState(statePath)
    const today = calendars.of(organisation.organisation.zone).dayAt(clock.now())
    this.#state = known ?? { seed, origin: dateOf(firstDay('year', firstDay('year', today) - 1)), meters: {} }
    if (known !== undefined && known.seed !== seed) {
      log.warn(`the history has begun with seed "${known.seed}" and goes on with it, not with "${seed}"`)
    }
    const origin = localDay(this.#state.origin) as LocalDay
    this.#sites = organisation.sites.map((site) => {
      const calendar = calendars.of(site.zone)
      const meters = new SiteMeters(site, calendar, this.#state.seed)
      const start = calendar.startOfDay(origin)
      const faces = meters.facesAtFirst()
      const shown = meters.meters.map(({ id }, m): Shown => {
        const last = this.#state.meters[id]
        return last === undefined
          ? { at: start, thousandths: faces[m] as number }
          : { at: last.publishedTo, thousandths: last.thousandths }
      })
      meters.begin(shown)
      const next = meters.meters.map(
        ({ id }, m) => (shown[m] as Shown).at + (id in this.#state.meters ? 1 : 0),
      )
      return { meters, next }
    })
    this.save()
  }

  /** Catches up with the clock: all of the history at first, the time away after a rest. */
  async tellPast(publisher: Publisher, onProgress?: (progress: Progress) => void): Promise<void> {
    const now = this.#clock.now()
    const sites = this.#sites.map((site) => ({ ...site, past: pastOf(site.meters, site.next, now) }))
    const total = sites.reduce((sum, { past }) => sum + past.readings, 0)
    this.#toldTo = now
    if (total === 0) return
    let done = 0
    for (const { meters, next, past } of sites) {
      for (const batch of history(meters, past)) {
        next[meters.meters.findIndex(({ id }) => id === batch.meter)] = batch.last.at + 1
        await publisher.send(topicOf(meters, batch.meter), batch.payload, () => {
          this.#acknowledged(batch.meter, batch.last, batch.count)
          done += batch.count
          onProgress?.({ done, total })
        })
      }
    }
    await publisher.drained()
    this.save()
    this.#log.info(`the simulated past is told: ${total} readings up to ${new Date(now).toISOString()}`)
  }

  /** Waits for the next full minute and sends what every meter shows then. */
  async tellNextMinute(publisher: Publisher): Promise<void> {
    const { signal } = this.#options
    const before = this.#clock.now()
    await this.#clock.sleep(MINUTE_MS - (before % MINUTE_MS), signal)
    signal?.throwIfAborted()
    const now = this.#clock.now()
    const at = now - (now % MINUTE_MS)
    // After a sleep of the machine, or a broker that was away: first the quarters in between.
    if (at - this.#toldTo > QUARTER_MS) await this.tellPast(publisher)
    this.#toldTo = at
    for (const { meters, next } of this.#sites) {
      meters.walkTo(at)
      for (const [m, meter] of meters.meters.entries()) {
        if (at < (next[m] as number)) continue
        next[m] = at + 1
        const shown: Shown = { at, thousandths: meters.counted(m, at) }
        const unit = (meter.register ?? meter.gauge)?.unit
        const reading = { at: new Date(at).toISOString(), value: meters.value(m, at), unit }
        await publisher.send(topicOf(meters, meter.id), JSON.stringify(reading), () =>
          this.#acknowledged(meter.id, shown, 1),
        )
      }
    }
  }

  save(): void {
    writeState(this.#options.statePath, this.#state)
    this.#savedAt = performance.now()
  }

  #acknowledged(meter: string, shown: Shown, count: number): void {
    this.readings += count
    this.#state.meters[meter] = { publishedTo: shown.at, thousandths: shown.thousandths }
    if (performance.now() - this.#savedAt > SAVE_EVERY_MS) this.save()
  }
}

function topicOf({ site }: SiteMeters, meter: string): string {
  return `facility/${site.id}/${meter}/reading`
}
