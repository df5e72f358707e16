import type { Calendar, LocalDay } from '../core/calendar.ts'
import { issueCodes } from '../core/issue.ts'
import type { FigurePoint, Store } from '../store/store.ts'

/** How many messages were refused on a day of the organisation, by why, as `/quarantine` lists them. What nothing was refused for is 0. */
export async function quarantinePoints(
  store: Store,
  calendar: Calendar,
  day: LocalDay,
): Promise<FigurePoint[]> {
  const { start, end } = calendar.spanOf('day', day)
  const counts = await store.quarantinedIn(start, end)
  return issueCodes.map((reason) => ({
    measurement: 'quarantined',
    tags: { reason },
    fields: { count: counts.get(reason) ?? 0 },
    at: start,
  }))
}
