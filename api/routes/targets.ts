import { z } from 'zod'
import { DAY_MS } from '../../core/calendar.ts'
import { type Indicator, indicators } from '../../core/indicator.ts'
import { type Facts, figure } from '../../core/intensity.ts'
import { nameIn } from '../../core/organisation.ts'
import { calendarOf, type Scope } from '../../core/organisation-index.ts'
import { type Assessment, assess } from '../../core/target.ts'
import type { Target } from '../../core/target-file.ts'
import { periodOf } from '../../core/usage.ts'
import { type Context, scopeNamed } from '../context.ts'
import { Consumptions } from '../lookup.ts'
import { bothNames } from '../names.ts'
import { page, targetRow } from '../schemas.ts'
import type { App } from '../typed.ts'
import { metersOf } from './kpis.ts'

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
  context: Context,
): Promise<z.infer<typeof targetRow>> {
  // Both were checked when the configuration was read.
  const indicator = indicators.get(target.indicator) as Indicator
  const scope = scopeNamed(context, target.scope)
  const now = context.clock()
  const calendar = calendarOf(scope, context.organisation)
  const year = asked ?? new Date(calendar.dayAt(now) * DAY_MS).getUTCFullYear()
  const facts = await factsFor(indicator, scope, target, year, now, context)
  const seen = assess(target, indicator, (period) => figure(indicator, scope, period, facts), year)
  return describe(target, indicator, scope, year, seen)
}

async function factsFor(
  indicator: Indicator,
  scope: Scope,
  target: Target,
  year: number,
  now: number,
  context: Context,
): Promise<Facts> {
  const consumptions = new Consumptions(context.store)
  const meters = metersOf(indicator, scope)
  const first =
    Math.min(year, target.by ?? year, target.kind === 'reduction' ? target.baseline.year : year) - 1
  const years = Array.from({ length: year - first + 1 }, (_, i) =>
    periodOf('year', Date.UTC(first + i, 0, 1) / DAY_MS),
  )
  const months = Array.from({ length: 24 }, (_, i) => periodOf('month', Date.UTC(year - 1, i, 1) / DAY_MS))
  await consumptions.fetch(meters, years)
  await consumptions.fetch(meters, months)
  return { lookup: consumptions.lookup, now }
}

function describe(target: Target, indicator: Indicator, scope: Scope, year: number, seen: Assessment) {
  const { outlook, reason, path, warnings, ...judged } = seen
  const stated = target.kind === 'reduction' ? target.baseline : null
  return {
    id: target.id,
    name: bothNames(target),
    indicator: indicator.id,
    scope: scope.id,
    scopeName: { en: nameOfScope('en', scope), zh: nameOfScope('zh', scope) },
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

function nameOfScope(lang: 'en' | 'zh', scope: Scope): string {
  if (scope.kind === 'boundary') return nameIn(lang, scope.boundary)
  if (scope.kind === 'meter') return nameIn(lang, scope.entry.meter)
  return nameIn(lang, scope.kind === 'area' ? scope.area : scope.entry.site)
}
