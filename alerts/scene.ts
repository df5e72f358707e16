import type { Pause } from '../core/alert.ts'
import type { AlertsFile } from '../core/alert-file.ts'
import type { LocalDay } from '../core/calendar.ts'
import type { Organisation, SiteEntry } from '../core/organisation-index.ts'
import type { Target } from '../core/target-file.ts'
import type { FigureSource } from '../figures/figure-source.ts'
import type { HourHistory } from './hour-history.ts'

/** Of the health call, what a rule looks at. */
export interface WatchedHealth {
  readonly spool: { readonly lastsSeconds: number | null; readonly freeBytes: number | null } | null
}

/** What all looks have in common. */
export interface World {
  readonly source: FigureSource
  readonly organisation: Organisation
  readonly targets: readonly Target[]
  readonly contracts: AlertsFile['contracts']
  readonly pauses: readonly Pause[]
  readonly health: (() => Promise<WatchedHealth>) | undefined
  readonly now: number
}

/** A look at the sites of one zone, up to the end of an hour or of a local day. */
export interface Scene extends World {
  readonly sites: readonly SiteEntry[]
  readonly history: HourHistory
  readonly day: LocalDay
  readonly at: number
}
