import { z } from 'zod'
import { type Basis, rowKey } from '../core/basis.ts'
import { canonical } from '../core/canonical.ts'
import type { Entry } from '../core/entry.ts'
import { entryPeriod } from '../core/entry-period.ts'
import { type Factor, factorsSchema } from '../core/factor-file.ts'
import { organisationSchema } from '../core/organisation.ts'
import { checkOrganisation } from '../core/organisation-check.ts'
import { consumptionFile, readConsumption } from './consumption-file.ts'
import { parsed, readRecords, recordFile } from './record-file.ts'

/** Something in a file that can't be read. */
export interface Damage {
  readonly file: string
  /** Counted from 1; null where it is the whole file. */
  readonly line: number | null
}

export const ORGANISATION = 'organisation.json'
export const FACTORS = 'factors.json'
export const ENTRIES = 'inputs/entries.json'
export const CONSUMPTION = 'inputs/consumption.csv'

const entrySchema = z.looseObject({
  id: z.string(),
  scope: z.string(),
  quantity: z.string(),
  kind: z.string(),
  item: z.string(),
  period: z.string().refine((label) => entryPeriod(label) !== undefined),
  value: z.number().nullable(),
  unit: z.string(),
  source: z.string(),
  note: z.string(),
  by: z.string(),
  enteredAt: z.number(),
})

/** What figures rest on, as files. */
export function basisFiles({ organisation, factors, entries, rows }: Basis): Map<string, string> {
  const { assessmentReport, factors: own } = factors.own
  const listed = [
    ...own.map((factor) => ({ ...factor, own: true })),
    ...factors.published.map((factor) => ({ ...factor, own: false })),
  ]
  return new Map([
    [ORGANISATION, `${canonical(organisation)}\n`],
    [FACTORS, recordFile({ assessmentReport }, listed)],
    [ENTRIES, recordFile({}, entries)],
    [CONSUMPTION, consumptionFile(rows.values())],
  ])
}

/**
 * What figures rest on, read from files; what can't be read is left out and told as damage. Undefined where
 * there is no organisation to reckon for.
 */
export function readBasis(
  files: ReadonlyMap<string, string>,
  { now, rules }: Pick<Basis, 'now' | 'rules'>,
): { readonly basis: Basis | undefined; readonly damages: readonly Damage[] } {
  const damages: Damage[] = []
  const organisation = organisationSchema.safeParse(parsed(files.get(ORGANISATION) ?? '')).data
  const sound = organisation !== undefined && checkOrganisation(organisation).length === 0
  if (!sound) damages.push({ file: ORGANISATION, line: null })
  const factors = readFactors(files.get(FACTORS) ?? '', damages)
  const entries = readRows(files.get(ENTRIES) ?? '', ENTRIES, entrySchema, damages)
  const { rows, unread } = readConsumption(files.get(CONSUMPTION) ?? '')
  damages.push(...unread.map((line) => ({ file: CONSUMPTION, line })))
  const byKey = new Map(rows.map((row) => [rowKey(row.meter, row.grain, row.start), row]))
  const basis = sound && { organisation, factors, entries: entries as Entry[], rows: byKey, now, rules }
  return { basis: basis || undefined, damages }
}

function readFactors(text: string, damages: Damage[]): Basis['factors'] {
  const { head } = readRecords(text)
  const report = z.object({ assessmentReport: factorsSchema.shape.assessmentReport.unwrap() }).safeParse(head)
  if (!report.success) damages.push({ file: FACTORS, line: 1 })
  const listed = readRows(text, FACTORS, z.looseObject({ own: z.boolean() }), damages)
  const own: Factor[] = []
  const published: Factor[] = []
  for (const { own: isOwn, ...record } of listed) {
    // Line by line, so that a factor which is none leaves the others.
    const [factor] = factorsSchema.safeParse({ factors: [record] }).data?.factors ?? []
    if (factor !== undefined) (isOwn ? own : published).push(factor)
    else damages.push({ file: FACTORS, line: null })
  }
  return { own: { assessmentReport: report.data?.assessmentReport ?? 'AR6', factors: own }, published }
}

function readRows<T extends z.ZodType>(
  text: string,
  file: string,
  schema: T,
  damages: Damage[],
): z.infer<T>[] {
  return readRecords(text).records.flatMap(({ line, record }) => {
    const { success, data } = schema.safeParse(record)
    if (!success) damages.push({ file, line })
    return success ? [data] : []
  })
}
