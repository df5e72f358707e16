import { z } from 'zod'
import type { Assessment } from '../../core/target.ts'
import type { Target } from '../../core/target-file.ts'
import { type Aim, aimOf, standing } from '../../figures/standing.ts'
import type { Context } from '../context.ts'
import { bothNames, namesOfScope } from '../names.ts'
import { page, targetRow } from '../schemas.ts'
import type { App } from '../typed.ts'

export function targetsRoute(app: App, context: Context): void {
  app.get(
    '/targets',
    {
      schema: {
        tags: ['figures'],
        summary: 'Every target with its path, where it stands, and the verdict',
        querystring: z.object({
          year: z.coerce
            .number()
            .int()
            .min(1990)
            .max(2100)
            .optional()
            .describe('The running year where left out'),
        }),
        response: { 200: page(targetRow) },
      },
    },
    async ({ query }) => {
      const rows = []
      for (const target of context.targets) rows.push(await rowOf(target, query.year, context))
      return { rows, next: null }
    },
  )
}

async function rowOf(
  target: Target,
  asked: number | undefined,
  { figures, organisation, clock }: Context,
): Promise<z.infer<typeof targetRow>> {
  const now = clock()
  const aim = aimOf(target, organisation)
  const year = asked ?? aim.calendar.yearAt(now)
  return describe(target, aim, year, await standing(figures, target, aim, year, now))
}

function describe(target: Target, { indicator, scope }: Aim, year: number, seen: Assessment) {
  const { outlook, reason, path, warnings, ...judged } = seen
  const stated = target.kind === 'reduction' ? target.baseline : null
  return {
    id: target.id,
    name: bothNames(target),
    indicator: indicator.id,
    scope: scope.id,
    scopeName: namesOfScope(scope),
    kind: target.kind,
    year,
    unit: indicator.unit,
    by: target.by ?? null,
    ...judged,
    baseline: judged.baseline?.value ?? null,
    baselineOf: stated && {
      year: stated.year,
      proxy: stated.proxy,
      source: stated.source ?? target.source ?? null,
    },
    actual: outlook.actual.value,
    projected: outlook.projected,
    method: outlook.method,
    coverage: outlook.coverage,
    estimated: outlook.estimated,
    monthsComplete: outlook.monthsComplete,
    allowanceUnit: judged.allowanceRest === null ? null : indicator.numerator.unit,
    warnings: [...warnings],
    ...(reason !== undefined && { reason }),
    path: path.map(({ partial, ...point }) => ({ ...point, ...(partial && { partial: true as const }) })),
  }
}
