import { z } from 'zod'
import { acknowledge } from '../../alerts/acts.ts'
import { type Alert, alertStatuses, severities } from '../../core/alert.ts'
import { ruleName } from '../../core/rule-name.ts'
import { alertRowOf, courseOf } from '../alert-rows.ts'
import { acknowledgement, alertAnswer, alertRow, ruleRow } from '../alert-schema.ts'
import { type AlertingContext, pageOf } from '../context.ts'
import { Problem } from '../problems.ts'
import { page } from '../schemas.ts'
import type { App } from '../typed.ts'

/** Open ones first: somebody is to do something. */
const order = { firing: 0, acknowledged: 0, pending: 1, resolved: 2 } as const

export function alertsRoutes(app: App, context: AlertingContext): void {
  const { alerts, organisation } = context

  function named(id: string): Alert {
    const all = alerts.book.pages.alerts
    const alert = all.find((one) => one.id === id)
    if (alert !== undefined) return alert
    const open = all.filter(({ status }) => status !== 'resolved')
    throw Problem.notFound(
      'alert',
      id,
      open.map((one) => one.id),
    )
  }

  app.get(
    '/alerts',
    {
      schema: {
        tags: ['alerts'],
        summary: 'What is wrong and what was lately: open ones first, then the newest first',
        querystring: z.object({
          status: z
            .string()
            .optional()
            .describe('Of these, with commas between them; `open`: firing and acknowledged'),
          site: z.string().optional(),
          subject: z
            .string()
            .optional()
            .describe('What it is about: a scope, `target:<id>` or `installation`'),
          severity: z.enum(severities).optional().describe('The least'),
          limit: z.coerce.number().int().min(1).max(1000).default(100),
          after: z.string().optional(),
        }),
        response: { 200: page(alertRow) },
      },
    },
    async ({ query: { status, site, subject, severity, limit, after } }) => {
      const statuses = statusesOf(status)
      if (site !== undefined && !organisation.sites.has(site))
        throw Problem.notFound('site', site, [...organisation.sites.keys()])
      const least = severity === undefined ? 0 : severities.indexOf(severity)
      const { pages } = alerts.book
      const wanted = pages.alerts
        .filter(
          (alert) =>
            statuses.has(alert.status) &&
            (site === undefined || alert.site === site) &&
            (subject === undefined || alert.subject === subject) &&
            severities.indexOf(alert.severity) >= least,
        )
        .toSorted((a, b) => order[a.status] - order[b.status] || b.since - a.since)
      const { rows, next } = pageOf(wanted, ({ id }) => id, limit, after)
      return { rows: rows.map((alert) => alertRowOf(alert, pages.pauses, context)), next }
    },
  )
  app.get(
    '/alerts/:id',
    {
      schema: {
        tags: ['alerts'],
        summary: 'An alert with its course',
        params: z.object({ id: z.string() }),
        response: { 200: alertAnswer },
      },
    },
    async ({ params }) => {
      const alert = named(params.id)
      return { ...alertRowOf(alert, alerts.book.pages.pauses, context), course: courseOf(alert) }
    },
  )
  app.post(
    '/alerts/:id/acknowledge',
    {
      schema: {
        tags: ['alerts'],
        summary: 'Say that somebody sees to an alert: no reminders go out any more',
        params: z.object({ id: z.string() }),
        body: acknowledgement,
        response: { 200: alertRow },
      },
    },
    async ({ params: { id }, body }) => {
      const { status, acknowledged } = named(id)
      if (status !== 'firing') throw notFiring(id, status, acknowledged?.by)
      await alerts.book.change(
        (pages) => acknowledge(pages, id, { ...body, at: context.clock() })?.pages ?? pages,
      )
      return alertRowOf(named(id), alerts.book.pages.pauses, context)
    },
  )
  app.get(
    '/alert-rules',
    {
      schema: {
        tags: ['alerts'],
        summary: 'The rules in force',
        response: { 200: page(ruleRow) },
      },
    },
    async () => ({
      rows: alerts.rules.map(({ id, kind, severity }) => ({ id, kind, severity, name: ruleName(id, kind) })),
      next: null,
    }),
  )
}

function notFiring(id: string, status: string, by: string | undefined): Problem {
  const since = by === undefined ? `it is ${status}` : `${by} has acknowledged it`
  return Problem.conflict(
    'not-firing',
    'It does not fire',
    'id',
    `Alert "${id}" cannot be acknowledged: ${since}. Only one that fires can be.`,
  )
}

function statusesOf(text: string | undefined): ReadonlySet<string> {
  if (text === undefined) return new Set(alertStatuses)
  const asked = text.split(',').flatMap((one) => (one === 'open' ? ['firing', 'acknowledged'] : [one]))
  const unknown = asked.find((one) => !alertStatuses.some((status) => status === one))
  if (unknown !== undefined)
    throw Problem.badField('status', `There is no status "${unknown}".`, ['open', ...alertStatuses])
  return new Set(asked)
}
