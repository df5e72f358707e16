import type { Span } from '../core/calendar.ts'
import type { Entry } from '../core/entry.ts'
import { entryPeriod } from '../core/entry-period.ts'
import { type Organisation, sitesOf } from '../core/organisation-index.ts'

/** The sites whose figures hang on entries, each with the span that they are of, as far as it has begun. */
export function enteredSpans(
  entries: readonly Entry[],
  organisation: Organisation,
  now: number,
): { readonly site: string; readonly span: Span }[] {
  return entries.flatMap(({ scope, period }) => {
    const where = organisation.scope(scope)
    const when = entryPeriod(period)
    if (where === undefined || when === undefined) return []
    return sitesOf(where).flatMap(({ site, calendar }) => {
      const { start, end } = when.spanAt(calendar)
      return start < now ? [{ site: site.id, span: { start, end: Math.min(end, now) } }] : []
    })
  })
}
