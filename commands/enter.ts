import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import type { z } from 'zod'
import type { importAnswer } from '../api/entry-schemas.ts'
import type { RowProblem } from '../api/problems.ts'
import { unreadable } from '../senders/input-file.ts'
import { readSettings } from '../settings.ts'
import { httpUrl } from './broker-url.ts'

interface Options {
  readonly dryRun?: true
  readonly by?: string
  readonly url?: string
  readonly key?: string
}

/** What a person can mend: nobody to ask, a key that is wanted. */
class EnterError extends Error {
  override readonly name = 'EnterError'
}

/** Thousands of rows are checked and stored within seconds. */
const TIMEOUT_MS = 120_000

/** Of what would have been accepted a line names so many. */
const ACCEPTED_MOST = 40

const EXAMPLES = `
Columns, in any order, named in the first row:
  scope     site:<id>, area:<site>/<id> or boundary:<id>
  quantity  what it is, such as refrigerant, waste-hazardous, employees-total (docs/entries.md lists all)
  kind      a part of it, such as R-410A or gender:female; may be left out
  item      tells apart several of one kind and period, such as an invoice; may be left out
  period    a local year, month or day: 2025, 2025-03, 2025-03-31
  value     a number of 0 or more, with a point and without separators of thousands
  unit      such as kg, t, MWh, m3, person
  source    where the figure comes from
  note, by  may be left out

UTF-8, with commas, semicolons or tabs. All rows are entered, or with any problem none. A row that says what
is in force already enters nothing.

Examples:
  wattwell enter 2025.csv --dry-run
  wattwell enter 2025.csv --by "ESG office" --url http://meters.example:8080 --key ww_…`

export function enterCommand(): Command {
  return new Command('enter')
    .description('enter the figures of a CSV file that no meter gives, such as invoices, waste and refills')
    .argument('<file>', 'CSV with a header row')
    .option('--dry-run', 'check every row and enter nothing; fails where something would be refused')
    .option('--by <name>', 'who says so, of rows that name nobody')
    .option('--url <url>', 'the running wattwell; otherwise at HTTP_HOST and HTTP_PORT')
    .option('--key <key>', 'a key of the running wattwell, where it wants one')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: Options) => {
      const csv = await readFile(path).catch((error) => {
        throw unreadable(path, error)
      })
      const { lines, good } = await enter(csv, options.url ?? httpUrl(readSettings(process.env)), options)
      process.stdout.write(`${lines.join('\n')}\n`)
      if (!good) process.exitCode = 1
    })
}

async function enter(csv: Buffer, url: string, { dryRun, by, key }: Options) {
  const query = new URLSearchParams({ dryRun: String(dryRun === true), ...(by !== undefined && { by }) })
  const answer = await fetch(`${url.replace(/\/+$/, '')}/api/v1/entries/import?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...(key !== undefined && { authorization: `Bearer ${key}` }) },
    body: new Uint8Array(csv),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause) => {
    const why = cause.cause?.message || cause.cause?.code || cause.message
    throw new EnterError(`no wattwell answers at ${url}: ${why}`, { cause })
  })
  const body = (await answer.json().catch((cause) => {
    throw new EnterError(`what answers at ${url} is no wattwell`, { cause })
  })) as Answer | Refusal
  if ('problems' in body) return { lines: told(body), good: body.problems.length === 0 }
  const rows = body.errors?.filter((error) => 'row' in error) ?? []
  if (rows.length === 0) throw new EnterError(`${url} refuses it: ${body.detail ?? answer.status}`)
  return { lines: [...rows.map(problemLine), 'nothing was entered'], good: false }
}

type Answer = z.infer<typeof importAnswer>

/** A problem document. */
interface Refusal {
  readonly detail?: string
  readonly errors?: readonly RowProblem[]
}

function told({ dryRun, rows, accepted, entered, unchanged, problems, warnings }: Answer): string[] {
  const did = dryRun ? `${accepted - unchanged} to enter` : `${entered} entered`
  const refused = problems.length === 0 ? '' : `, ${rows - accepted} refused`
  return [
    ...problems.map(problemLine),
    ...warnings.map((warning) => `warning, row ${warning.rows.join(', ')}: ${warning.message}`),
    `${rows} rows: ${did}, ${unchanged} unchanged${refused}${dryRun ? '; nothing was entered' : ''}`,
  ]
}

function problemLine({ row, column, value, message, accepted }: RowProblem): string {
  const where = column === '' ? `row ${row}` : `row ${row}, column ${column}`
  const what = value === '' || message.includes(`"${value}"`) ? message : `"${value}": ${message}`
  const more = (accepted?.length ?? 0) - ACCEPTED_MOST
  const some = `${accepted?.slice(0, ACCEPTED_MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const list = accepted === undefined ? '' : ` Accepted: ${some}.`
  return `${where}: ${what}${list}`
}
