import type { z } from 'zod'
import { entryPeriod } from '../core/entry-period.ts'
import type { LocalPeriod } from '../core/usage.ts'
import type { Place } from '../reports/restating.ts'
import type { Context } from './context.ts'
import { Problem } from './problems.ts'
import type { newPublication } from './schemas.ts'

/** What a request wants to publish; a refusal where there is no such boundary, or the year is not over. */
export async function publishable(
  { boundary, year, interim }: z.infer<typeof newPublication>,
  { organisation, publications, clock }: Context,
): Promise<Place> {
  const scope = organisation.scope(`boundary:${boundary}`)
  if (scope?.kind !== 'boundary') {
    throw Problem.notFound(
      'boundary',
      boundary,
      organisation.file.boundaries.map(({ id }) => id),
    )
  }
  const place = { boundary: scope, year: entryPeriod(String(year)) as LocalPeriod }
  const spans = scope.sites.map(({ calendar }) => place.year.spanAt(calendar))
  const now = clock()
  if (spans.every(({ start }) => start > now))
    throw Problem.badField('year', `${year} has not begun.`, [
      `${yearAt(place, now) - 1}, or an earlier year`,
    ])
  if (spans.some(({ end }) => end > now)) {
    if (!interim)
      throw Problem.badField('year', `${year} still runs at one of the sites.`, [
        `${year - 1}, or an earlier year`,
        'the same with "interim": true, which marks it',
      ])
  } else if (await publications.waits(place)) {
    throw Problem.conflict(
      'still-reckoned',
      'Figures are being reckoned',
      'year',
      `Readings of ${year} have come that its figures do not have yet. Try again in a moment.`,
    )
  }
  return place
}

function yearAt({ boundary }: Place, now: number): number {
  return Math.min(...boundary.sites.map(({ calendar }) => calendar.yearAt(now)))
}
