import type { Indicator } from './indicator.ts'
import { type Scope, sitesOf } from './organisation-index.ts'
import type { LocalPeriod } from './usage.ts'

/**
 * The standard by which a figure is made, with its edition and, of a data centre, what the standard wants to
 * be told beside it: at which of three points IT energy is measured (1 at the UPS, 2 at the PDU, 3 at the IT
 * equipment), and that a figure of less than a year is an interim one.
 */
export function standardOf(indicator: Indicator, scope: Scope, period: LocalPeriod): string | undefined {
  const { standard, dataCentres, id } = indicator
  if (standard === undefined || !dataCentres) return standard
  const interim = period.grain === 'year' ? '' : ', interim'
  return id === 'pue' ? `${standard}, ${categoryOf(scope)}${interim}` : `${standard}${interim}`
}

/** The category of PUE that a data centre states, 1 to 3; null where it states none, or several centres state different ones. */
export function categoryStated(scope: Scope): number | null {
  const [first, ...others] = categoriesOf(scope)
  return others.length > 0 ? null : (first ?? null)
}

function categoryOf(scope: Scope): string {
  const stated = categoriesOf(scope)
  if (stated.length === 0 || stated.includes(undefined)) return 'category not stated'
  return stated.length === 1 ? `category ${stated[0]}` : `categories ${stated.join(' and ')}`
}

function categoriesOf(scope: Scope): (number | undefined)[] {
  const centres = sitesOf(scope).filter(
    ({ site }) => scope.kind !== 'boundary' || site.kind === 'data-center',
  )
  return [...new Set(centres.map(({ site }) => site.pueCategory))].sort()
}
