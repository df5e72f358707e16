import type { RuleKind } from '../core/alert-file.ts'
import type { Rule } from '../core/alert-rules.ts'
import { silentMeters } from '../core/alerts/meter-silent.ts'
import type { Observation } from '../core/observation.ts'
import { heedsMeter } from '../core/rule-scope.ts'
import type { Scene, World } from './scene.ts'

/** How rules of a kind see. Each view has all subjects of its rule, those of which nothing can be said as well. */
export type Views<Seen extends World> = {
  readonly [kind in RuleKind]?: (rule: Rule, scene: Seen) => Promise<readonly Observation[]>
}

export const everyLook: Views<World> = {
  async 'meter-silent'(rule, { source, organisation, pauses, now }) {
    const last = await source.store.lastReadings()
    const heard = [...organisation.meters.values()]
      .filter((entry) => entry.meter.role !== 'virtual' && heedsMeter(rule, entry))
      .map((entry) => ({ entry, last: last.get(entry.meter.id)?.at }))
    return silentMeters(rule, heard, pauses, now)
  },
}

/** After every complete hour of a zone. */
export const everyHour: Views<Scene> = {}

/** After every complete day of a zone. */
export const everyDay: Views<Scene> = {}
