import {
  type ConsistencyWarning,
  type Figure,
  type Figures,
  named,
  sumOf,
  toleranceOf,
  warningOf,
  written,
} from './consistency-figures.ts'
import { breakdownOf } from './entry-book.ts'

/** What makes up a total, where all of it is entered. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  energy: ['energy-direct', 'energy-indirect'],
  ghg: ['ghg-scope1', 'ghg-scope2'],
  'water-withdrawal': ['tap-water', 'reclaimed-water'],
}

/** What is there at an instant or on the average, so that the months of a year do not add up. */
const STOCKS = new Set([
  'employees-total',
  'employees-fulltime-yearend',
  'employees-fulltime-average',
  'floor-area',
])

/** Totals whose parts come to something else, or to more where some parts are not entered. */
export function partWarnings(figures: Figures): ConsistencyWarning[] {
  return [...figures.all()].flatMap((total) => {
    const names = total.kind === '' ? (PARTS[total.quantity] ?? []) : []
    const parts = names.flatMap((name) => figures.find(total.scope, name, '', total.period) ?? [])
    const whole = parts.length === names.length
    return compared('parts-differ', total, parts, whole, parts.map(({ quantity }) => quantity).join(' and '))
  })
}

/** Figures whose kinds come to something else. Each breakdown is one of its own. */
export function kindWarnings(figures: Figures): ConsistencyWarning[] {
  const breakdowns = new Map<string, Figure[]>()
  for (const figure of figures.all()) {
    if (figure.kind === '') continue
    const key = JSON.stringify([figure.scope, figure.quantity, figure.period, breakdownOf(figure.kind)])
    const parts = breakdowns.get(key) ?? []
    breakdowns.set(key, parts)
    parts.push(figure)
  }
  return [...breakdowns.values()].flatMap((parts) => {
    const [{ scope, quantity, period, kind }] = parts as [Figure]
    const total = figures.find(scope, quantity, '', period)
    if (total === undefined) return []
    const breakdown = breakdownOf(kind)
    const kinds = breakdown === '' ? 'its kinds' : `its kinds by ${breakdown}`
    // Of a single kind nobody has said that it is all.
    return compared('kinds-differ', total, parts, parts.length > 1, kinds)
  })
}

/** Years whose months come to something else, or to more where some months are not entered. */
export function monthWarnings(figures: Figures): ConsistencyWarning[] {
  return [...figures.all()].flatMap((year) => {
    if (year.period.length !== 4 || STOCKS.has(year.quantity)) return []
    const months = Array.from({ length: 12 }, (_, i) => `${year.period}-${String(i + 1).padStart(2, '0')}`)
    const parts = months.flatMap((month) => figures.find(year.scope, year.quantity, year.kind, month) ?? [])
    return compared('months-differ', year, parts, parts.length === 12, `its ${parts.length} months`)
  })
}

/** Boundaries whose sites come to more. To less they may: not every site is entered. */
export function siteWarnings(
  figures: Figures,
  sitesOf: (boundary: string) => readonly string[],
): ConsistencyWarning[] {
  return [...figures.all()].flatMap((total) => {
    if (!total.scope.startsWith('boundary:')) return []
    const parts = sitesOf(total.scope).flatMap(
      (site) => figures.find(site, total.quantity, total.kind, total.period) ?? [],
    )
    return compared('sites-differ', total, parts, false, `${parts.length} of its sites`)
  })
}

/** A total beside its parts; where they are not the `whole` they may come to less. */
function compared(
  code: ConsistencyWarning['code'],
  total: Figure,
  parts: readonly Figure[],
  whole: boolean,
  of: string,
): ConsistencyWarning[] {
  const sum = sumOf(parts)
  if (sum === undefined || parts[0]?.unit !== total.unit) return []
  const over = sum.value - total.value
  const tolerance = toleranceOf(total, sum)
  if (over <= tolerance && (!whole || over >= -tolerance)) return []
  const message = `${total.scope}, ${total.period}: ${named(total)} is ${written(total.value, total.unit)}, and ${of} ${whole ? '' : 'alone '}come to ${written(sum.value, total.unit)}.`
  return [warningOf(code, total, sum, message)]
}
