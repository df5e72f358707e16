import { setTimeout as sleep } from 'node:timers/promises'
import type { Alert, Notice } from '../core/alert.ts'
import type { AlertsFile } from '../core/alert-file.ts'
import { type Rule, rulesOf } from '../core/alert-rules.ts'
import { type Calendar, DAY_MS } from '../core/calendar.ts'
import { isThere } from '../core/is-there.ts'
import type { MeterEntry, Organisation, SiteEntry } from '../core/organisation-index.ts'
import { Outage } from '../core/outage.ts'
import type { Target } from '../core/target-file.ts'
import { HOUR_MS } from '../core/window.ts'
import type { FigureSource } from '../figures/figure-source.ts'
import type { AlertBook, Pages } from './book.ts'
import { HourHistory } from './hour-history.ts'
import type { WatchedHealth, World } from './scene.ts'
import { type Sighting, turnPages } from './turn-pages.ts'
import { everyDay, everyHour, everyLook, type Views } from './views.ts'

const EVERY_MS = 60_000
/** What an hour's last readings need to arrive and to be carried up. */
const HOUR_SETTLES_MS = 20 * 60_000
/** A local day is looked at so long after its end: what came a little late is in it then. */
const DAY_SETTLES_MS = 2 * HOUR_MS
/** So long an hour waits for somebody to read past it, and for what was read to be carried up. */
const WAITS_MS = HOUR_MS
/** Beside what each meter brings just now: hours that wait to be carried up. */
const UNDER_WAY_HOURS = 4
/** After a rest the hours of the last day are looked at one by one, and what lies before them no more. */
const CATCH_UP_MS = DAY_MS
/** Hours that are fetched anew once a day. */
const AGAIN_HOURS = 48

interface Log {
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export interface WatchOptions {
  readonly book: AlertBook
  readonly source: FigureSource
  readonly targets: readonly Target[]
  /** `alerts.yaml`, as read. */
  readonly rules: AlertsFile
  readonly organisation: Organisation
  readonly clock: () => number
  readonly log: Log
  readonly health?: () => Promise<WatchedHealth>
  /** Puts notices among the deliveries; part of the change that makes them. */
  readonly gather: (pages: Pages, notices: readonly Notice[], now: number) => Pages
  /** To be told of alerts that are new or were changed, once they are on disk. */
  readonly onChange?: (alerts: readonly Alert[]) => void
}

/** The sites of one zone: their hours and days end at the same instants. */
interface Zone {
  readonly calendar: Calendar
  readonly sites: readonly SiteEntry[]
  readonly meters: readonly MeterEntry[]
  history: HourHistory
  /** Since when its hours wait to be looked at; null: they don't. */
  waitsSince: number | null
}

/** Up to where the hours and days of each zone were looked at; in the book under `watch`. */
interface Reached {
  readonly hours: Readonly<Record<string, number>>
  readonly days: Readonly<Record<string, number>>
}

/**
 * Looks by the rules at everything, every minute: what is new since the last look. All that is seen at once is one
 * change of the book, with the notices of it.
 */
export class Watch {
  readonly #options: WatchOptions
  readonly #rules: readonly Rule[]
  readonly #zones: readonly Zone[]
  readonly #outage = new Outage()
  readonly #ending = new AbortController()
  #looking: Promise<void> | null = null
  #running: Promise<void> | undefined

  constructor(options: WatchOptions) {
    const { organisation, source } = options
    this.#options = options
    this.#rules = rulesOf(options.rules)
    const zones = new Map<Calendar, SiteEntry[]>()
    for (const entry of organisation.sites.values()) {
      zones.set(entry.calendar, [...(zones.get(entry.calendar) ?? []), entry])
    }
    this.#zones = [...zones].map(([calendar, sites]) => {
      const meters = [...organisation.meters.values()].filter(
        (entry) => entry.calendar === calendar && entry.meter.role !== 'sensor',
      )
      return {
        calendar,
        sites,
        meters,
        history: new HourHistory(source.store, calendar, meters),
        waitsSince: null,
      }
    })
  }

  /** Looks every minute until it is stopped. */
  start(): void {
    this.#running ??= this.#run()
  }

  async stop(): Promise<void> {
    this.#ending.abort()
    await this.#running
    await this.#looking
  }

  /** Looks at all that is due at an instant; one look at a time. Rejects where the store or the disk does. */
  async look(now: number): Promise<void> {
    while (this.#looking !== null) await this.#looking.catch(() => {})
    this.#looking = this.#look(now).finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending
    const { clock, log } = this.#options
    while (!signal.aborted) {
      try {
        await this.look(clock())
        this.#outage.over()
      } catch (error) {
        if (this.#outage.failed('look', clock())) log.warn({ err: error }, 'alerts: a look failed')
      }
      await sleep(EVERY_MS, null, { signal, ref: false }).catch(() => {})
    }
  }

  async #look(now: number): Promise<void> {
    const { book, gather, rules, onChange } = this.#options
    const reached = (book.pages.memory.watch ?? { hours: {}, days: {} }) as Reached
    const world = this.#world(now)
    const sightings: Sighting[] = []
    await this.#see(everyLook, world, sightings)
    const hours = { ...reached.hours }
    const days = { ...reached.days }
    for (const zone of this.#zones) {
      try {
        await this.#lookAtZone(zone, world, { hours, days }, sightings)
      } catch (error) {
        // What it has is of another hour than what is looked at next.
        zone.history = new HourHistory(this.#options.source.store, zone.calendar, zone.meters)
        throw error
      }
    }
    let changed: readonly Alert[] = []
    await book.change((pages) => {
      const turned = turnPages(pages, sightings, (rule, subject) => this.#standing(rule, subject, now), {
        flapping: rules.flapping,
        now,
      })
      changed = turned.changed
      const moved = this.#zones.some(({ calendar: { zone } }) => hours[zone] !== reached.hours[zone])
      if (turned.pages === pages && !moved) return pages
      const memory = { ...turned.pages.memory, watch: { hours, days } }
      return gather({ ...turned.pages, memory }, turned.notices, now)
    })
    if (changed.length > 0) onChange?.(changed)
  }

  async #lookAtZone(
    zone: Zone,
    world: World,
    reached: { hours: Record<string, number>; days: Record<string, number> },
    sightings: Sighting[],
  ): Promise<void> {
    const { calendar, sites, history } = zone
    const name = calendar.zone
    const last = calendar.spanAt('hour', world.now - HOUR_SETTLES_MS).start
    const from = Math.max(reached.hours[name] ?? last - HOUR_MS, last - CATCH_UP_MS)
    if (from >= last || (await this.#waits(zone, last, world.now))) return
    for (const { end } of calendar.spans('hour', from, last)) {
      const day = calendar.dayAt(end - DAY_SETTLES_MS) - 1
      const newDay = day > (reached.days[name] ?? day - 1)
      await history.reach(end, newDay ? AGAIN_HOURS : 0)
      await this.#see(everyHour, { ...world, sites, history, day, at: end }, sightings)
      if (newDay) {
        const at = calendar.startOfDay(day + 1)
        await this.#see(everyDay, { ...world, sites, history, day, at }, sightings)
        reached.days[name] = day
      }
      reached.hours[name] = end
    }
  }

  /** Whether what was read up to an instant is still on its way: a history that is told, a store that was away. */
  async #waits(zone: Zone, until: number, now: number): Promise<boolean> {
    const { store, organisation } = this.#options.source
    const last = await store.lastReadings()
    const isRead = zone.meters.some(({ meter }) => (last.get(meter.id)?.at ?? 0) >= until)
    const { hours } = await store.touchedWaiting()
    if (isRead && hours <= UNDER_WAY_HOURS * organisation.meters.size) {
      zone.waitsSince = null
      return false
    }
    zone.waitsSince ??= now
    return now - zone.waitsSince < WAITS_MS
  }

  async #see<Seen extends World>(views: Views<Seen>, scene: Seen, sightings: Sighting[]): Promise<void> {
    for (const rule of this.#rules) {
      for (const observation of (await views[rule.kind]?.(rule, scene)) ?? []) {
        sightings.push({ rule, observation })
      }
    }
  }

  #world(now: number): World {
    const { source, organisation, targets, rules, book, health } = this.#options
    return {
      source,
      organisation,
      targets,
      contracts: rules.contracts,
      pauses: book.pages.pauses,
      health,
      now,
    }
  }

  #standing(id: string, subject: string, now: number): Rule | undefined {
    const rule = this.#rules.find((one) => one.id === id)
    if (rule === undefined) return undefined
    return isThere(rule, subject, this.#options, now) ? rule : undefined
  }
}
