import { setTimeout as sleep } from 'node:timers/promises'
import { type KeepRules, yearsText } from '../core/retention.ts'
import { type Store, StoreUnavailable } from '../store/store.ts'
import type { ForgottenYears } from './forgotten-years.ts'
import { forget } from './retention.ts'
import type { Schedule } from './schedule.ts'

/** By then the start has settled. */
const FIRST_AFTER_MS = 10 * 60_000
const DAILY_MS = 24 * 3_600_000
/** After a store that was away, or windows that waited. */
const AGAIN_MS = 3_600_000

export interface ForgettingOptions {
  readonly store: Store
  readonly schedule: Pick<Schedule, 'between'>
  readonly forgotten: ForgottenYears
  readonly keep: KeepRules
  /** Whether all that was in the spool at the start is stored: it was taken by the settings before. */
  readonly caughtUp: () => boolean
  readonly clock: () => number
  readonly log: {
    info(details: object, message: string): void
    warn(details: object, message: string): void
  }
  /** From the start to the first time, milliseconds. */
  readonly firstAfterMs?: number
  /** Ends it, after what is under way. */
  readonly signal: AbortSignal
}

/** Forgets what need not be kept, daily. Resolves when it has ended. */
export async function keepForgetting(options: ForgettingOptions): Promise<void> {
  const { signal, firstAfterMs = FIRST_AFTER_MS } = options
  const warned = new Set<string>()
  const passed = (ms: number) => sleep(ms, true, { signal }).catch(() => false)
  for (let waitMs = firstAfterMs; await passed(waitMs); ) {
    waitMs = (await tried(options, warned)) ? DAILY_MS : AGAIN_MS
  }
}

/** False where it should be tried again soon. What hinders it is said once. */
async function tried(options: ForgettingOptions, warned: Set<string>): Promise<boolean> {
  const { store, schedule, forgotten, keep, caughtUp, clock, log } = options
  if (!caughtUp()) return false
  try {
    const done = await forget(store, forgotten, keep, clock(), (work) => schedule.between(work))
    if (done === 'waits') return false
    const { readings, hours } = done
    if (readings.length > 0) {
      log.info({ years: yearsText(readings) }, 'readings are forgotten, as KEEP_READINGS says')
    }
    if (hours.length > 0) log.info({ years: yearsText(hours) }, 'hours are forgotten, as KEEP_HOURS says')
    return true
  } catch (error) {
    const { message } = error as Error
    const cannot = error instanceof StoreUnavailable && error.code === 'held'
    const text = cannot
      ? 'the store forgets nothing by itself; a retention period that is set there must be longer than whatever is to be kept, days, months and years too'
      : 'forgetting old years has to wait; it is tried again'
    if (!warned.has(message)) log.warn({ store: store.name, reason: message }, text)
    warned.add(message)
    return cannot
  }
}
