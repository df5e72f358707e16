import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { Calendar, dateOf, firstDay } from '../core/calendar.ts'
import type { OrganisationFile } from '../core/organisation.ts'
import { readKept, writeKept } from '../senders/kept-file.ts'
import type { Conditions } from './conditions.ts'
import { type FaultRates, faultNames } from './fault-rates.ts'
import { type Measure, measures } from './measures.ts'

const shown = z.object({
  /** The instant of the last reading that the broker has acknowledged. */
  publishedTo: z.int(),
  /** What its register had counted then, in thousandths of a unit of the face. */
  thousandths: z.int().nonnegative(),
})

const stateSchema = z.object({
  seed: z.string(),
  /** The local date on which the history begins. */
  origin: z.string(),
  /** Saving measures that are not in force, and how often each fault happens: of the whole history. */
  without: z.array(z.enum(measures)).default([]),
  faults: z.partialRecord(z.enum(faultNames), z.number()).default({}),
  meters: z.record(z.string(), shown),
})

/** How far the simulator has come. Whoever starts again from it continues the same registers. */
export type FleetState = z.infer<typeof stateSchema>

/** The state kept in a file, or undefined where there is none yet. Throws where the file is something else. */
export function readState(path: string): FleetState | undefined {
  return readKept(path, stateSchema, 'is no state of the simulator; delete it to begin a new history')
}

/** Replaces the state in one step. */
export function writeState(path: string, state: FleetState): void {
  writeKept(path, state)
}

export const DEFAULT_SEED = 'wattwell'

/** What a history is made of. Once it has begun, what its state says holds. */
export interface Story {
  /** Another seed is another weather, and other faults. */
  readonly seed?: string | undefined
  readonly without?: readonly Measure[] | undefined
  readonly faults?: FaultRates | undefined
}

/** The state of a history that begins now: on 1 January of last year. */
export function newState(
  { seed = DEFAULT_SEED, without = [], faults = {} }: Story,
  { organisation }: OrganisationFile,
  now: number,
): FleetState {
  const today = new Calendar(organisation.zone).dayAt(now)
  const origin = dateOf(firstDay('year', firstDay('year', today) - 1))
  return { seed, origin, without: [...without], faults: { ...faults }, meters: {} }
}

/** In what a history that has begun is another than what is asked for; empty where it isn't. */
export function differences(
  state: FleetState,
  { seed = DEFAULT_SEED, without = [], faults = {} }: Story,
): string[] {
  const list = (names: readonly string[]) => names.toSorted().join(', ') || 'none'
  const rates = (of: FaultRates) => list(Object.entries(of).map(([fault, rate]) => `${fault}=${rate}`))
  const inForce = (a: FaultRates) => Object.fromEntries(Object.entries(a).filter(([, rate]) => rate > 0))
  return [
    ...(state.seed === seed ? [] : [`seed "${state.seed}", not "${seed}"`]),
    ...(list(state.without) === list(without)
      ? []
      : [`measures left out: ${list(state.without)}, not ${list(without)}`]),
    ...(isDeepStrictEqual(inForce(state.faults), inForce(faults))
      ? []
      : [`faults: ${rates(state.faults)}, not ${rates(faults)}`]),
  ]
}

/** What is truly another than usual in a history. */
export function conditionsOf({ without, faults }: FleetState): Conditions {
  return { without, twoWayFeed: faults['two-way-feed'] ?? 0 }
}
