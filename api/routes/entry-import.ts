import { z } from 'zod'
import type { ConsistencyWarning } from '../../core/consistency-figures.ts'
import type { Entry } from '../../core/entry.ts'
import type { EntryDraft } from '../../core/entry-versions.ts'
import type { Context } from '../context.ts'
import { entryColumns } from '../entry-csv.ts'
import type { EntryLedger } from '../entry-ledger.ts'
import { entryFile } from '../entry-rows.ts'
import { importAnswer } from '../entry-schemas.ts'
import { Problem } from '../problems.ts'
import type { App } from '../typed.ts'

/** Some thirty thousand rows. */
const BODY_BYTES = 5_000_000

export function entryImportRoute(app: App, { organisation, clock }: Context, ledger: EntryLedger): void {
  app.addContentTypeParser('text/csv', { parseAs: 'string' }, (_, body, done) => done(null, body))
  app.post(
    '/entries/import',
    {
      bodyLimit: BODY_BYTES,
      schema: {
        tags: ['entries'],
        summary: 'Enter the rows of a CSV file: all of them, or with any problem none',
        description: `The body is UTF-8 of the type text/csv. Its header names, in any order: ${entryColumns.join(', ')}; kind, item, note and by may be left out. Delimiters are commas, semicolons or tabs. A row that says what is in force already enters nothing. A dry run answers the same and enters nothing.`,
        consumes: ['text/csv'],
        querystring: z.strictObject({
          dryRun: z.enum(['true', 'false']).default('false'),
          by: z.string().trim().max(200).default('').describe('Who says so, of rows that name nobody'),
        }),
        body: z.string('Send the file as text/csv.'),
        response: { 200: importAnswer },
      },
    },
    ({ body, query }) =>
      ledger.inTurn(async () => {
        const dryRun = query.dryRun === 'true'
        const { length, drafts, problems } = entryFile(body, organisation, clock(), query.by)
        if (problems.length > 0 && !dryRun) throw Problem.badRows(problems)
        const versions = await ledger.versions()
        const news = drafts.filter(({ draft }) => !saysTheSame(draft, versions.inForceAt(draft)))
        const entries = await ledger.drawUp(news.map(({ draft }) => draft))
        const rowOf = new Map(entries.map(({ id }, i) => [id, news[i]?.row as number]))
        const warnings = await ledger.consistency(entries)
        if (!dryRun) await ledger.append(entries)
        return {
          dryRun,
          rows: length,
          accepted: drafts.length,
          entered: dryRun ? 0 : entries.length,
          unchanged: drafts.length - news.length,
          problems,
          warnings: warnings.flatMap((warning) => ofRows(warning, rowOf)),
        }
      }),
  )
}

/** Who says so is not asked: a figure that somebody repeats is no new one. */
function saysTheSame(draft: EntryDraft, inForce: Entry | undefined): boolean {
  const fields = ['value', 'unit', 'source', 'note'] as const
  return inForce !== undefined && fields.every((field) => draft[field] === inForce[field])
}

/** A warning by the rows that it is about; none where it is about entries of before. */
function ofRows({ entries, ...warning }: ConsistencyWarning, rowOf: ReadonlyMap<string, number>) {
  const rows = entries.flatMap((id) => rowOf.get(id) ?? []).sort((a, b) => a - b)
  return rows.length === 0 ? [] : [{ ...warning, rows }]
}
