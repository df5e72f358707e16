import { z } from 'zod'
import { checkEntry } from '../../core/entry-check.ts'
import { entryPeriod, PERIOD_FORMS, yearOf } from '../../core/entry-period.ts'
import { entryQuantities } from '../../core/entry-quantities.ts'
import type { EntryVersion } from '../../core/entry-versions.ts'
import { type Context, pageOf, rfc3339, scopeNamed } from '../context.ts'
import { type EntryLedger, rowOf } from '../entry-ledger.ts'
import { consistencyWarning, enteredRow, entryRow, newEntry } from '../entry-schemas.ts'
import { Problem } from '../problems.ts'
import { page } from '../schemas.ts'
import type { App } from '../typed.ts'

const tags = ['entries']

export function entriesRoutes(app: App, context: Context, ledger: EntryLedger): void {
  const { organisation, clock } = context
  app.post(
    '/entries',
    {
      schema: {
        tags,
        summary: 'Enter a figure that no meter gives; appended, never overwritten',
        description:
          'Said again of the same scope, quantity, kind, item and period it is the next version, and counts from then on.',
        body: newEntry,
        response: { 201: enteredRow },
      },
    },
    ({ body }, reply) =>
      ledger.inTurn(async () => {
        scopeNamed(context, body.scope)
        const problems = checkEntry(body, organisation, clock())
        if (problems.length > 0) throw Problem.badFields(problems)
        const [row] = (await ledger.append(await ledger.drawUp([body]))) as [EntryVersion]
        const warnings = (await ledger.consistency()).filter(({ entries }) => entries.includes(row.entry.id))
        return reply.code(201).send({ ...rowOf(row), warnings })
      }),
  )
  app.get(
    '/entries',
    {
      schema: {
        tags,
        summary: 'Entries in order of arrival, with those that were superseded or taken back',
        querystring: z.object({
          scope: z.string().optional(),
          quantity: z.enum(Object.keys(entryQuantities)).optional(),
          period: z.string().optional().describe('And what lies in it: 2025 has 2025-03 too'),
          inForce: z.enum(['true', 'false']).default('false').describe('true: only what counts now'),
          limit: z.coerce.number().int().min(1).max(10_000).default(1000),
          after: z.string().optional(),
        }),
        response: { 200: page(entryRow) },
      },
    },
    async ({ query: { scope, quantity, period, inForce, limit, after } }) => {
      if (period !== undefined && entryPeriod(period) === undefined)
        throw Problem.badField('period', `"${period}" is no year, month or day.`, PERIOD_FORMS)
      const { rows } = await ledger.versions()
      // A scope that was taken out of the configuration keeps its entries.
      if (scope !== undefined && !rows.some(({ entry }) => entry.scope === scope)) scopeNamed(context, scope)
      const wanted = rows.filter(
        ({ entry, inForce: counts }) =>
          (scope === undefined || entry.scope === scope) &&
          (quantity === undefined || entry.quantity === quantity) &&
          (period === undefined || entry.period === period || entry.period.startsWith(`${period}-`)) &&
          (inForce === 'false' || counts),
      )
      const shown = pageOf(wanted, ({ entry }) => entry.id, limit, after)
      return { rows: shown.rows.map(rowOf), next: shown.next }
    },
  )
  app.delete(
    '/entries/:id',
    {
      schema: {
        tags,
        summary: 'Take an entry back: a version without a value is appended, and nothing is deleted',
        params: z.object({ id: z.string() }),
        querystring: z.strictObject({
          by: z.string().max(200).default('').describe('Who says so'),
          note: z.string().max(2000).default(''),
        }),
        response: { 200: entryRow },
      },
    },
    ({ params, query: { by, note } }) =>
      ledger.inTurn(async () => {
        const versions = await ledger.versions()
        const found = versions.byId(params.id)
        if (found === undefined) throw Problem.notFound('entry', params.id, [])
        if (!found.inForce) throw notInForce(found, versions.byId(found.supersededBy ?? ''))
        const { id, saving, enteredAt, ...said } = found.entry
        const [row] = await ledger.append(
          await ledger.drawUp([{ ...said, value: null, source: '', by, note }]),
        )
        return rowOf(row as EntryVersion)
      }),
  )
  app.get(
    '/entries/consistency',
    {
      schema: {
        tags,
        summary: 'What does not fit together among the entries in force, newest period first',
        querystring: z.object({
          scope: z.string().optional(),
          year: z.coerce.number().int().optional(),
        }),
        response: { 200: z.object({ rows: z.array(consistencyWarning) }) },
      },
    },
    async ({ query: { scope, year } }) => {
      if (scope !== undefined) scopeNamed(context, scope)
      const rows = (await ledger.consistency()).filter(
        (warning) =>
          (scope === undefined || warning.scope === scope) &&
          (year === undefined || yearOf(warning) === year),
      )
      return { rows }
    },
  )
}

function notInForce({ entry, version }: EntryVersion, after: EntryVersion | undefined): Problem {
  const what =
    after === undefined
      ? 'itself takes an entry back'
      : `was ${after.entry.value === null ? 'taken back' : `superseded by "${after.entry.id}"`} at ${rfc3339(after.entry.enteredAt)}`
  return Problem.conflict(
    'not-in-force',
    'It is not in force',
    'id',
    `Entry "${entry.id}", version ${version}, ${what}. Only what is in force can be taken back.`,
  )
}
