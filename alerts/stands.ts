import type { Stand } from '../core/alerts/target-verdict.ts'
import { aimOf, standing } from '../figures/standing.ts'
import type { Scene } from './scene.ts'

/** Where the targets stand whose years begin by the clocks of this zone. */
export async function standsAt({ source, organisation, targets, history, at }: Scene): Promise<Stand[]> {
  const stands: Stand[] = []
  const reckoner = await source.reckoner(at)
  for (const target of targets) {
    const aim = aimOf(target, organisation)
    if (aim.calendar !== history.calendar) continue
    const year = aim.calendar.yearAt(at - 1)
    const seen = await standing(source, target, aim, year, reckoner)
    stands.push({ target, indicator: aim.indicator, scope: aim.scope, year, seen })
  }
  return stands
}
