import { z } from 'zod'
import type { Entry } from '../../core/entry.ts'
import { yearOf } from '../../core/entry-period.ts'
import type { Scope } from '../../core/organisation-index.ts'
import { isSaving, savingYears } from '../../core/savings.ts'
import { type Context, scopeNamed } from '../context.ts'
import { type EntryLedger, rowOf } from '../entry-ledger.ts'
import { newSaving, savingRow, savingsAnswer } from '../entry-schemas.ts'
import { savingDrafts } from '../saving-drafts.ts'
import type { App } from '../typed.ts'

const tags = ['savings']

export function savingsRoutes(app: App, context: Context, ledger: EntryLedger): void {
  app.post(
    '/savings',
    {
      schema: {
        tags,
        summary: 'Enter what a measure saved, or how much load it moved to other hours',
        description:
          'Appends an entry for each of energySaved, waterSaved and loadShifted, with the measure as its item. Said again of the same scope, measure and period it is the next version; taken back with DELETE /entries/{id}.',
        body: newSaving,
        response: { 201: z.object({ rows: z.array(savingRow) }) },
      },
    },
    ({ body }, reply) =>
      ledger.inTurn(async () => {
        scopeNamed(context, body.scope)
        const drafts = savingDrafts(body, context.organisation, context.clock())
        const rows = await ledger.append(await ledger.drawUp(drafts))
        return reply.code(201).send({ rows: rows.map((row) => savingRow.parse(rowOf(row))) })
      }),
  )
  app.get(
    '/savings',
    {
      schema: {
        tags,
        summary: 'The savings ledger with totals by year; what was shifted is listed apart',
        querystring: z.object({
          scope: z
            .string()
            .optional()
            .describe('And what lies in it: of a boundary its sites, of a site its areas'),
          year: z.coerce.number().int().optional(),
        }),
        response: { 200: savingsAnswer },
      },
    },
    async ({ query: { scope, year } }) => {
      const { rows } = await ledger.versions()
      const within = scope === undefined ? () => true : lyingIn(scopeNamed(context, scope))
      const ofLedger = rows.filter(
        ({ entry, inForce }) =>
          inForce &&
          isSaving(entry.quantity) &&
          entry.saving !== undefined &&
          within(entry) &&
          (year === undefined || yearOf(entry) === year),
      )
      return {
        rows: ofLedger.map((row) => savingRow.parse(rowOf(row))),
        totals: savingYears(ofLedger.map(({ entry }) => entry)),
      }
    },
  )
}

/** Whether an entry is of a scope or of something in it. */
function lyingIn(scope: Scope): (entry: Entry) => boolean {
  const sites = scope.kind === 'boundary' ? scope.sites : scope.kind === 'site' ? [scope.entry] : []
  const ids = new Set(
    sites.flatMap(({ site }) => [`site:${site.id}`, ...site.areas.map(({ id }) => `area:${site.id}/${id}`)]),
  )
  ids.add(scope.id)
  return (entry) => ids.has(entry.scope)
}
