import { z } from 'zod'
import type { Target } from '../../core/target-file.ts'
import { aimOf, standing } from '../../figures/standing.ts'
import { weatherCandidates } from '../../figures/weather-candidate.ts'
import type { Context } from '../context.ts'
import { Problem } from '../problems.ts'
import { page } from '../schemas.ts'
import { targetDetailOf, targetRowOf } from '../target-rows.ts'
import { targetDetail, targetRow } from '../target-schema.ts'
import type { App } from '../typed.ts'

const ofYear = z.object({
  year: z.coerce.number().int().min(1990).max(2100).optional().describe('The running year where left out'),
})

export function targetsRoute(app: App, context: Context): void {
  app.get(
    '/targets',
    {
      schema: {
        tags: ['figures'],
        summary: 'Every target with its path, where it stands, and the verdict',
        querystring: ofYear,
        response: { 200: page(targetRow) },
      },
    },
    async ({ query }) => {
      const now = context.clock()
      const reckoner = await context.figures.reckonerToShow(now)
      const rows = []
      for (const target of context.targets) {
        const aim = aimOf(target, context.organisation)
        const year = query.year ?? aim.calendar.yearAt(now)
        rows.push(
          targetRowOf(target, aim, year, await standing(context.figures, target, aim, year, reckoner)),
        )
      }
      return { rows, next: null }
    },
  )
  app.get(
    '/targets/:id',
    {
      schema: {
        tags: ['figures'],
        summary: 'A target with the course of its year, and which sites and meters drive it',
        params: z.object({ id: z.string() }),
        querystring: ofYear,
        response: { 200: targetDetail },
      },
    },
    async ({ params, query }) => detailOf(targetNamed(params.id, context), query.year, context),
  )
}

function targetNamed(id: string, { targets }: Context): Target {
  const target = targets.find((one) => one.id === id)
  if (target === undefined)
    throw Problem.notFound(
      'target',
      id,
      targets.map((one) => one.id),
    )
  return target
}

async function detailOf(
  target: Target,
  asked: number | undefined,
  { figures, organisation, clock }: Context,
): Promise<z.infer<typeof targetDetail>> {
  const now = clock()
  const aim = aimOf(target, organisation)
  const year = asked ?? aim.calendar.yearAt(now)
  const reckoner = await figures.reckonerToShow(now)
  const candidates = await weatherCandidates(figures, aim, year, reckoner)
  return reckoner.reckon((facts) => targetDetailOf(target, aim, year, facts, candidates))
}
