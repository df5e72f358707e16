import type { AlertingContext } from './context.ts'
import { instantOf } from './instant.ts'
import { type FieldProblem, Problem } from './problems.ts'

const TIMES = ['RFC 3339 with a zone, such as 2026-11-21T22:00:00+08:00']

/** The instant that a field states, or a 400. */
export function timeOf(field: string, text: string): number {
  const instant = instantOf(text)
  if (instant === undefined) throw Problem.badField(field, `"${text}" is no time.`, TIMES)
  return instant
}

interface Named {
  readonly sites?: readonly string[] | undefined
  readonly meters?: readonly string[] | undefined
  readonly rules?: readonly string[] | undefined
  readonly alerts?: readonly string[] | undefined
}

/** Refuses ids that there are not: what is misspelt would hold for nothing. */
export function checkNames(of: Named, { organisation, alerts }: AlertingContext): void {
  const known = {
    sites: [...organisation.sites.keys()],
    meters: [...organisation.meters.keys()],
    rules: alerts.rules.map(({ id }) => id),
    alerts: alerts.book.pages.alerts.map(({ id }) => id),
  }
  const problems = (['sites', 'meters', 'rules', 'alerts'] as const).flatMap((field): FieldProblem[] => {
    const unknown = of[field]?.find((id) => !known[field].includes(id))
    if (unknown === undefined) return []
    const message = `There is no ${field.slice(0, -1)} "${unknown}".`
    return [{ field: `of.${field}`, message, accepted: known[field] }]
  })
  if (problems.length > 0) throw Problem.badFields(problems)
}
