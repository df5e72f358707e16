import { z } from 'zod'
import { entryPeriod, PERIOD_FORMS } from '../../core/entry-period.ts'
import { standardOf } from '../../core/facility.ts'
import { type Indicator, scopeFor } from '../../core/indicator.ts'
import { type Figure, figure } from '../../core/intensity.ts'
import type { Scope } from '../../core/organisation-index.ts'
import type { Plan } from '../../core/plan.ts'
import { indicatorName } from '../../core/quantity-names.ts'
import type { LocalPeriod } from '../../core/usage.ts'
import { type Context, indicatorNamed, rfc3339, scopeNamed } from '../context.ts'
import { lineageAnswer } from '../lineage-schema.ts'
import { branchAt, type Side, treeOf } from '../lineage-tree.ts'
import { namesOfScope } from '../names.ts'
import { Problem } from '../problems.ts'
import type { App } from '../typed.ts'

/** Deeper than any tree. */
const DEPTH_MOST = 12

export function lineageRoute(app: App, context: Context): void {
  app.get(
    '/lineage',
    {
      schema: {
        tags: ['figures'],
        summary:
          'What a figure is made of: numerator and denominator, sites, carriers, meters, each with its factors',
        description:
          'A value is the sum of weight × value of its parts, where all of them are known. Parts that nothing gives are left out and counted. Of a meter, `links` go on to months, days and readings.',
        querystring: z.object({
          indicator: z.string(),
          scope: z.string(),
          period: z.string().describe('A year, month or day: 2025, 2025-03, 2025-03-31'),
          depth: z.coerce.number().int().min(0).max(DEPTH_MOST).default(3).describe('Levels of parts'),
          node: z
            .string()
            .optional()
            .describe('The `node` of a part, to go on from there: it is answered as `at`'),
        }),
        response: { 200: lineageAnswer },
      },
    },
    async ({ query }) => {
      const now = context.clock()
      const indicator = indicatorNamed(query.indicator)
      const scope = scopeNamed(context, query.scope)
      const period = periodNamed(query.period)
      const { seen, plan } = await context.figures.reckon(now, (facts) => ({
        seen: figure(indicator, scope, period, facts),
        plan: facts.plan,
      }))
      const sides = sidesOf(indicator, scope, seen, plan)
      const depth = query.node === undefined ? query.depth : 0
      const [numerator, denominator] = sides.map((side) => treeOf(side, depth))
      const { value, coverage, estimated, quality, partial, reason, notes, factors } = seen
      return {
        indicator: indicator.id,
        name: indicatorName(indicator),
        scope: scope.id,
        scopeName: namesOfScope(scope),
        period: period.label,
        asOf: rfc3339(now),
        unit: indicator.unit,
        value,
        scale: indicator.scale ?? 1,
        standard: standardOf(indicator, scope, period) ?? null,
        coverage,
        estimated,
        quality,
        ...(partial && { partial: true as const }),
        ...(reason !== undefined && { reason }),
        notes: [...notes],
        factors: [...factors],
        numerator: numerator as NonNullable<typeof numerator>,
        denominator: denominator ?? null,
        ...(query.node !== undefined && { at: branchAt(query.node, sides, query.depth) }),
      }
    },
  )
}

function sidesOf(indicator: Indicator, asked: Scope, { above, below }: Figure, plan: Plan): Side[] {
  const scope = scopeFor(indicator, asked)
  const { denominator } = indicator
  const kind = typeof denominator === 'string' ? denominator : undefined
  return [
    { root: 'numerator', amount: above, plan, scope },
    ...(below === null ? [] : [{ root: 'denominator' as const, amount: below, plan, scope, kind }]),
  ]
}

function periodNamed(label: string): LocalPeriod {
  const period = entryPeriod(label)
  if (period === undefined) throw Problem.badField('period', `"${label}" is no period.`, PERIOD_FORMS)
  return period
}
