import type { z } from 'zod'
import { entryQuantities } from '../../core/entry-quantities.ts'
import { type Indicator, indicators, possibleIndicators, quantities, scopeFor } from '../../core/indicator.ts'
import { COVERAGE_NEEDED } from '../../core/intensity.ts'
import type { Scope } from '../../core/organisation-index.ts'
import type { Plan } from '../../core/plan.ts'
import { indicatorName, quantityName } from '../../core/quantity-names.ts'
import { partsIn, type Quantity } from '../../core/source.ts'
import type { Context } from '../context.ts'
import { type indicatorRow, indicatorsAnswer, type quantityRow } from '../indicator-schema.ts'
import { indicatorWords, undefinedWords } from '../indicator-words.ts'
import { quantityWords } from '../quantity-words.ts'
import type { App } from '../typed.ts'

/** How each denominator that is no quantity of its own is entered. */
const STATED = {
  employees: 'employees-fulltime-yearend',
  'employees-average': 'employees-fulltime-average',
  'floor-area': 'floor-area',
  revenue: 'revenue',
} as const

export function indicatorsRoute(app: App, { figures, organisation }: Context): void {
  app.get(
    '/indicators',
    {
      schema: {
        tags: ['figures'],
        summary: 'Every indicator: how it is made, of what, by which standard, and where it can be had',
        response: { 200: indicatorsAnswer },
      },
    },
    async () => {
      const plan = await figures.plan()
      const scopes = organisation
        .scopes()
        .flatMap((text) => organisation.scope(text) ?? [])
        .filter(({ kind }) => kind !== 'meter')
      const possible = scopes.map((scope) => [scope.id, possibleIn(scope, plan)] as const)
      return {
        rows: [...indicators.values()].map((indicator) =>
          rowOf(
            indicator,
            possible.filter(([, ids]) => ids.has(indicator.id)).map(([id]) => id),
          ),
        ),
        next: null,
        quantities: [...quantities.values()].map(quantityOf),
      }
    },
  )
}

/** The indicators that a scope can have, above and below the line. */
function possibleIn(scope: Scope, plan: Plan): Set<string> {
  const below = (indicator: Indicator) => {
    const { denominator } = indicator
    if (denominator === undefined || denominator === 'floor-area') return true
    return typeof denominator === 'object'
      ? plan.could(denominator, scopeFor(indicator, scope))
      : scope.kind !== 'area'
  }
  return new Set(
    possibleIndicators(scope, plan)
      .filter(below)
      .map(({ id }) => id),
  )
}

function rowOf(indicator: Indicator, scopes: string[]): z.infer<typeof indicatorRow> {
  const { id, unit, numerator, denominator, scale = 1, standard, dataCentres } = indicator
  return {
    id,
    name: indicatorName(indicator),
    unit,
    numerator: numerator.id,
    denominator:
      denominator === undefined
        ? null
        : typeof denominator === 'object'
          ? { id: denominator.id, name: nameOf(denominator.id), from: 'quantities' }
          : { id: STATED[denominator], name: nameOf(STATED[denominator]), from: 'organisation.yaml' },
    scale,
    how: indicatorWords(indicator),
    undefinedWhere: undefinedWords(indicator),
    standard: standard ?? null,
    dataCentresOnly: dataCentres ?? false,
    grains: ['day', 'month', 'year'],
    coverageNeeded: COVERAGE_NEEDED,
    scopes,
  }
}

function quantityOf(quantity: Quantity): z.infer<typeof quantityRow> {
  const { id, unit, source, everySite } = quantity
  return {
    id,
    name: nameOf(id),
    unit,
    kind: source.kind,
    how: quantityWords(quantity) ?? nameOf(id),
    parts:
      source.kind === 'sum'
        ? source.parts.map(({ quantity: part, weight }) => ({ id: part.id, weight }))
        : partsIn(quantity).map((part) => ({ id: part.id, weight: null })),
    entered:
      source.kind === 'meters' ? (source.entered ?? null) : Object.hasOwn(entryQuantities, id) ? id : null,
    everySite,
  }
}

function nameOf(id: string): { en: string; zh: string } {
  return quantityName(id) ?? { en: id, zh: id }
}
