import type { Organisation, Scope } from '../core/organisation-index.ts'
import { Problem } from './problems.ts'

/** What a report can be of. A meter has no people, no area and no indicator of its own. */
const KINDS = ['boundary', 'site', 'area']

/** The scope that a report is asked of: a boundary by its id, or any but a meter by its scope; else the first boundary. */
export function reportBoundary(organisation: Organisation, asked: string | undefined): Scope {
  const accepted = organisation.scopes().filter((scope) => KINDS.includes(kindOf(scope)))
  const first = organisation.file.boundaries[0]
  if (asked === undefined && first === undefined) {
    throw Problem.badField('boundary', 'The configuration has no boundaries; say which scope.', accepted)
  }
  const text = asked ?? (first as { id: string }).id
  const scope = organisation.scope(text.includes(':') ? text : `boundary:${text}`)
  if (scope === undefined || scope.kind === 'meter') throw Problem.notFound('boundary', text, accepted)
  return scope
}

function kindOf(scope: string): string {
  return scope.slice(0, scope.indexOf(':'))
}
