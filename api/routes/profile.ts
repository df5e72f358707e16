import { z } from 'zod'
import { type Calendar, DAY_MS, type Span } from '../../core/calendar.ts'
import { loadProfile } from '../../core/load-profile.ts'
import { utilities } from '../../core/organisation.ts'
import { countedMeters } from '../../core/organisation-index.ts'
import { profileSpan } from '../../core/typical-day.ts'
import { Consumptions } from '../../figures/consumptions.ts'
import { begun } from '../begun.ts'
import { commonClock } from '../common-clock.ts'
import { type Context, rfc3339, scopeNamed } from '../context.ts'
import { Problem } from '../problems.ts'
import { profileAnswer } from '../profile-schema.ts'
import { spanOf } from '../span.ts'
import type { App } from '../typed.ts'
import { utilityOf } from '../utility.ts'

const DAYS_MOST = 400

export function profileRoute(app: App, context: Context): void {
  app.get(
    '/profile',
    {
      schema: {
        tags: ['figures'],
        summary: 'A typical day: the load by the hour of the clock, base load, peak and shifts',
        description:
          'Over hours that are wholly over, have at least 95 % coverage and nothing estimated. An hour that clocks show twice counts once, as the mean of both.',
        querystring: z.object({
          scope: z.string().describe('meter:<id>, area:<site>/<id>, site:<id>, or boundary:<id> of one zone'),
          utility: z.enum(utilities).optional().describe('May be left out for a meter'),
          from: z.string().optional().describe('Without it, the last 28 local days that are over'),
          to: z.string().optional(),
        }),
        response: { 200: profileAnswer },
      },
    },
    async ({ query }) => {
      const scope = scopeNamed(context, query.scope)
      const utility = utilityOf(scope, query.utility)
      if (utility === 'outdoor-temperature')
        throw Problem.badField('scope', `${scope.id} is a sensor, which has no load.`, ['any other scope'])
      const calendar = commonClock(scope, context.organisation)
      if (calendar === undefined)
        throw Problem.badField('scope', `The sites of ${scope.id} are in several time zones.`, [
          'a site',
          'a boundary whose sites are in one zone',
        ])
      const now = context.clock()
      const span = spanAsked(query, calendar, now)
      const hours = begun('hour', calendar, span, now)
      const meters = countedMeters(scope, [utility])
      const consumptions = new Consumptions(context.store)
      await consumptions.fetch(meters, hours)
      const { unit, loadUnit, rows, baseLoad, peak, shifts } = loadProfile(meters, hours, calendar, {
        lookup: consumptions.lookup,
        now,
      })
      return {
        scope: scope.id,
        utility,
        unit,
        zone: calendar.zone,
        from: rfc3339(span.start),
        to: rfc3339(span.end),
        rows: [...rows],
        baseLoad: { ...baseLoad, unit: loadUnit },
        peak: { ...peak, unit: loadUnit, at: peak.at === null ? null : rfc3339(peak.at) },
        shifts: [...shifts],
      }
    },
  )
}

function spanAsked(
  query: { from?: string | undefined; to?: string | undefined },
  calendar: Calendar,
  now: number,
): Span {
  if (query.from === undefined && query.to === undefined) return profileSpan(calendar, now)
  const span = spanOf(query, calendar, 'day', now)
  if (span.end - span.start <= DAYS_MOST * DAY_MS) return span
  throw Problem.badField('to', 'The span is too long for a typical day.', [`at most ${DAYS_MOST} days`])
}
