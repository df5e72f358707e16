import { rfc3339 } from '../api/context.ts'
import { readingUnitOf } from '../core/organisation.ts'
import type { Organisation } from '../core/organisation-index.ts'
import type { LastReading } from '../store/store.ts'

/** The newest reading of each meter as the stream tells it, each once. */
export class LatestReadings {
  readonly #organisation: Organisation
  readonly #told = new Map<string, LastReading>()

  constructor(organisation: Organisation) {
    this.#organisation = organisation
  }

  /** Rows for those of the meters whose newest reading is another than when they were last told of. */
  untold(meters: Iterable<string>, newest: ReadonlyMap<string, LastReading>) {
    return [...meters].flatMap((id) => {
      const entry = this.#organisation.meters.get(id)?.meter
      const last = newest.get(id)
      const told = this.#told.get(id)
      if (entry === undefined || last === undefined) return []
      if (told?.at === last.at && told.receivedAt === last.receivedAt) return []
      this.#told.set(id, last)
      const { at, value, unit } = last
      return [{ meter: id, at: rfc3339(at), value, unit: unit || (readingUnitOf(entry) ?? '') }]
    })
  }
}
