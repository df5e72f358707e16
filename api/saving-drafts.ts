import type { z } from 'zod'
import { checkFigure } from '../core/entry-check.ts'
import type { EntryDraft } from '../core/entry-versions.ts'
import type { Organisation } from '../core/organisation-index.ts'
import type { SavingQuantity } from '../core/savings.ts'
import type { newSaving } from './entry-schemas.ts'
import { type FieldProblem, Problem } from './problems.ts'

type NewSaving = z.infer<typeof newSaving>
type Part = 'energySaved' | 'waterSaved' | 'loadShifted'

const PARTS: Readonly<Record<Part, { quantity: SavingQuantity; baseline: keyof NewSaving['baseline'] }>> = {
  energySaved: { quantity: 'energy-saved', baseline: 'energy' },
  waterSaved: { quantity: 'water-saved', baseline: 'water' },
  loadShifted: { quantity: 'load-shifted', baseline: 'load' },
}

/** A line of the savings ledger as entries, one for each amount. Throws a Problem that names what does not fit. */
export function savingDrafts(body: NewSaving, organisation: Organisation, now: number): EntryDraft[] {
  const stated = (Object.keys(PARTS) as Part[]).filter((part) => body[part] !== undefined)
  const problems = [
    ...checkWhole(body, stated),
    ...stated.flatMap((part) => checkBaseline(body, part)),
    ...stated.flatMap((part, i) =>
      checkFigure(figureOf(body, part), organisation, now)
        .map(({ field, ...rest }) => ({
          field: field === 'unit' || field === 'value' ? `${part}.${field}` : field,
          ...rest,
        }))
        // Scope and period are the same of all.
        .filter(({ field }) => i === 0 || field.includes('.')),
    ),
  ]
  if (problems.length > 0) throw Problem.badFields(problems)
  return stated.map((part) => figureOf(body, part))
}

function checkWhole(body: NewSaving, stated: readonly Part[]): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (stated.length === 0) {
    problems.push({
      field: 'energySaved',
      message: 'Nothing is stated that was saved or shifted.',
      accepted: Object.keys(PARTS),
    })
  }
  if (body.loadShifted !== undefined && body.energySaved !== undefined) {
    const message =
      'What is moved to other hours is used there, so a shift saves no energy. Leave it out; what the measure saved besides is a measure of its own.'
    problems.push({ field: 'energySaved', message })
  }
  if (body.method === 'estimated' && body.factor === '') {
    problems.push({ field: 'factor', message: 'It is missing: say what the estimate multiplies.' })
  }
  const unasked = (Object.keys(PARTS) as Part[]).filter(
    (part) => body[part] === undefined && body.baseline[PARTS[part].baseline] !== undefined,
  )
  for (const part of unasked) {
    problems.push({
      field: `baseline.${PARTS[part].baseline}`,
      message: `There is no ${part} that it is of.`,
    })
  }
  return problems
}

function checkBaseline(body: NewSaving, part: Part): FieldProblem[] {
  const name = PARTS[part].baseline
  const baseline = body.baseline[name]
  const { value, unit } = body[part] as NonNullable<NewSaving[Part]>
  if (baseline === undefined) {
    const message = `It is missing: what would have been used without the measure, in ${unit}.`
    return [{ field: `baseline.${name}`, message }]
  }
  if (baseline >= value) return []
  const message = `${baseline} ${unit} is less than the ${value} ${unit} of ${part}.`
  return [{ field: `baseline.${name}`, message }]
}

function figureOf(body: NewSaving, part: Part) {
  const { measure, scope, period, method, factor, source, note, by } = body
  const { quantity, baseline } = PARTS[part]
  return {
    scope,
    quantity,
    kind: '',
    item: measure,
    period,
    ...(body[part] as NonNullable<NewSaving[Part]>),
    source,
    note,
    by,
    saving: { measure, method, baseline: body.baseline[baseline] ?? 0, factor },
  }
}
