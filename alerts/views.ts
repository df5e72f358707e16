import type { RuleKind } from '../core/alert-file.ts'
import type { Rule } from '../core/alert-rules.ts'
import { baseLoads } from '../core/alerts/base-load.ts'
import { clocksOff } from '../core/alerts/clock-off.ts'
import { bands } from '../core/alerts/consumption-band.ts'
import { priceBy } from '../core/alerts/excess.ts'
import { factorsMissing } from '../core/alerts/factor-missing.ts'
import { resetOften } from '../core/alerts/meter-resets.ts'
import { silentMeters } from '../core/alerts/meter-silent.ts'
import { stuckMeters } from '../core/alerts/meter-stuck.ts'
import { nightFlows } from '../core/alerts/night-flow.ts'
import { peakDemands } from '../core/alerts/peak-demand.ts'
import { spoolFilling } from '../core/alerts/spool-filling.ts'
import { targetVerdicts } from '../core/alerts/target-verdict.ts'
import { unmetered } from '../core/alerts/unmetered.ts'
import type { Observation } from '../core/observation.ts'
import { heedsMeter, heedsSite } from '../core/rule-scope.ts'
import { BALANCE_DAYS, balancesAt } from './balances.ts'
import { demandsAt } from './demands.ts'
import { indicatorsAt } from './indicators.ts'
import { resetsAt, stillAt } from './registers.ts'
import type { Scene, World } from './scene.ts'
import { standsAt } from './stands.ts'

/** How rules of a kind see: all subjects of the rule, those of which nothing can be said as well. */
export type Views<Seen extends World> = {
  readonly [kind in RuleKind]?: (rule: Rule, scene: Seen) => Promise<readonly Observation[]>
}

export const everyLook: Views<World> = {
  async 'meter-silent'(rule, world) {
    const last = await world.source.store.lastReadings()
    const heard = metersOf(rule, world).map((entry) => ({ entry, last: last.get(entry.meter.id)?.at }))
    return silentMeters(rule, heard, world.pauses, world.now)
  },
  async 'clock-off'(rule, world) {
    const last = await world.source.store.lastReadings()
    const newest = metersOf(rule, world).flatMap((entry) => {
      const reading = last.get(entry.meter.id)
      return reading === undefined ? [] : [{ entry, ...reading }]
    })
    return clocksOff(rule, newest, world.now)
  },
  async 'spool-filling'(rule, { health, now }) {
    return health === undefined ? [] : spoolFilling(rule, (await health()).spool, now)
  },
}

/** After every complete hour of a zone. */
export const everyHour: Views<Scene> = {
  async 'consumption-band'(rule, scene) {
    return heeded(rule, scene, bands(rule, scene.history.zone, withPrice(scene), scene.history.band))
  },
  async 'meter-stuck'(rule, scene) {
    return heeded(rule, scene, stuckMeters(rule, scene.history.zone, await stillAt(scene), scene))
  },
  async 'peak-demand'(rule, scene) {
    return heeded(rule, scene, peakDemands(rule, await demandsAt(scene), scene.at))
  },
}

/** After every complete day of a zone. */
export const everyDay: Views<Scene> = {
  async 'base-load'(rule, scene) {
    return heeded(rule, scene, baseLoads(rule, scene.history.zone, scene.day, withPrice(scene)))
  },
  async 'night-flow'(rule, scene) {
    return heeded(rule, scene, nightFlows(rule, scene.history.zone, scene.day, withPrice(scene)))
  },
  async 'meter-resets'(rule, scene) {
    return heeded(rule, scene, resetOften(rule, await resetsAt(rule, scene), scene.at))
  },
  async 'unmetered-remainder'(rule, scene) {
    const balances = await balancesAt(scene)
    const heard = balances.filter(({ site, utility }) => heedsSite(rule, site, utility))
    return heeded(rule, scene, unmetered(rule, heard, { at: scene.at, days: BALANCE_DAYS }))
  },
  'indicator-limit': indicatorsAt,
  async 'target-verdict'(rule, scene) {
    return targetVerdicts(rule, await standsAt(scene), scene.at)
  },
  async 'factor-missing'(rule, { sites, source, at }) {
    return factorsMissing(rule, sites, source.factors, at)
  },
}

function metersOf(rule: Rule, { organisation }: World) {
  return [...organisation.meters.values()].filter(
    (entry) => entry.meter.role !== 'virtual' && heedsMeter(rule, entry),
  )
}

/** Of what is seen of meters, that which the rule is of: the others were looked at to compare with. */
function heeded(rule: Rule, { organisation }: Scene, seen: readonly Observation[]): Observation[] {
  return seen.filter(({ subject }) => {
    const entry = organisation.meters.get(subject.slice('meter:'.length))
    return entry !== undefined && heedsMeter(rule, entry)
  })
}

function withPrice(scene: Scene) {
  return { ...scene, price: priceBy(scene.source.factors) }
}
