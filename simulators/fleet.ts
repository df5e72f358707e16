import { Calendars, type LocalDay, localDay, QUARTER_MS } from '../core/calendar.ts'
import type { OrganisationFile } from '../core/organisation.ts'
import type { Progress } from '../senders/progress.ts'
import { type Log, Publisher, silent } from '../senders/publisher.ts'
import { type Clock, systemClock } from './clock.ts'
import { disturbs } from './fault-rates.ts'
import { FaultySite } from './faulty-site.ts'
import type { Batch } from './history.ts'
import { type Shown, SiteMeters } from './meter.ts'
import {
  conditionsOf,
  differences,
  type FleetState,
  newState,
  readState,
  type Story,
  writeState,
} from './state.ts'
import { CleanSite, type TellingSite } from './telling.ts'

const MINUTE_MS = 60_000
/** The state is written at most this often; what was acknowledged since is sent again after a crash, unchanged. */
const SAVE_EVERY_MS = 500

export interface FleetOptions extends Story {
  readonly mqttUrl: string
  readonly organisation: OrganisationFile
  /** The file that says how far the simulator has come. */
  readonly statePath: string
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
  readonly #sites: readonly TellingSite[]
  #savedAt = 0
  #toldTo = 0

  constructor(options: FleetOptions, clock: Clock, log: Log) {
    const { organisation, statePath } = options
    const calendars = new Calendars()
    this.#options = options
    this.#clock = clock
    this.#log = log
    const known = readState(statePath)
    this.#state = known ?? newState(options, organisation, clock.now())
    for (const difference of differences(this.#state, options)) {
      log.warn(`the history goes on as it has begun, with ${difference}`)
    }
    const { seed, faults, meters: told } = this.#state
    const origin = localDay(this.#state.origin) as LocalDay
    this.#sites = organisation.sites.map((site) => {
      const calendar = calendars.of(site.zone)
      const meters = new SiteMeters(site, calendar, seed, conditionsOf(this.#state))
      const start = calendar.startOfDay(origin)
      if (disturbs(faults)) return new FaultySite(meters, seed, faults, start, told, log)
      const faces = meters.facesAtFirst()
      const shown = meters.meters.map(({ id }, m): Shown => {
        const last = told[id]
        return last === undefined
          ? { at: start, thousandths: faces[m] as number }
          : { at: last.publishedTo, thousandths: last.thousandths }
      })
      meters.begin(shown)
      return new CleanSite(
        meters,
        meters.meters.map(({ id }, m) => (shown[m] as Shown).at + (id in told ? 1 : 0)),
      )
    })
    this.save()
  }

  /** Catches up with the clock: all of the history at first, the time away after a rest. */
  async tellPast(publisher: Publisher, onProgress?: (progress: Progress) => void): Promise<void> {
    const now = this.#clock.now()
    const pasts = this.#sites.map((site) => site.past(now))
    const total = pasts.reduce((sum, { readings }) => sum + readings, 0)
    this.#toldTo = now
    if (total === 0) return
    let done = 0
    for (const { batches } of pasts) {
      for (const batch of batches) {
        await publisher.send(batch.topic, batch.payload, () => {
          this.#acknowledged(batch)
          // With faults there may be more or fewer than there should be.
          done = Math.min(total, done + batch.count)
          onProgress?.({ done, total })
        })
      }
    }
    await publisher.drained()
    onProgress?.({ done: total, total })
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
    for (const site of this.#sites) {
      for (const batch of site.minute(at)) {
        await publisher.send(batch.topic, batch.payload, () => this.#acknowledged(batch))
      }
    }
  }

  save(): void {
    writeState(this.#options.statePath, this.#state)
    this.#savedAt = performance.now()
  }

  #acknowledged({ meter, last, count }: Batch): void {
    this.readings += count
    this.#state.meters[meter] = { publishedTo: last.at, thousandths: last.thousandths }
    if (performance.now() - this.#savedAt > SAVE_EVERY_MS) this.save()
  }
}
