import { type Name, nameIn } from '../core/organisation.ts'
import type { Scope } from '../core/organisation-index.ts'

/** A name in both languages, for answers. */
export function bothNames(named: { id: string; name?: Name | undefined }): { en: string; zh: string } {
  return { en: nameIn('en', named), zh: nameIn('zh', named) }
}

export function namesOfScope(scope: Scope): { en: string; zh: string } {
  if (scope.kind === 'boundary') return bothNames(scope.boundary)
  if (scope.kind === 'meter') return bothNames(scope.entry.meter)
  return bothNames(scope.kind === 'area' ? scope.area : scope.entry.site)
}
