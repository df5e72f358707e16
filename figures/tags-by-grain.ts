import type { Grain } from '../core/calendar.ts'
import type { FigurePoint } from '../store/store.ts'

type Tags = FigurePoint['tags']

/** Tags of points that differ in their grain alone: of each grain the same object, which a sink writes out once. */
export function tagsByGrain(tags: Tags): (grain: Grain) => Tags {
  const known = new Map<Grain, Tags>()
  return (grain) => {
    const found = known.get(grain) ?? { ...tags, grain }
    known.set(grain, found)
    return found
  }
}
