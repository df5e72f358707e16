import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Health } from './context.ts'
import { healthRoute } from './routes/health.ts'
import { makeServer } from './server.ts'
import type { App } from './typed.ts'

/** The HTTP side of a process that has no figures to answer with: the health call alone, not listening yet. */
export function buildHealthApp(health: () => Promise<Health>, logger?: FastifyBaseLogger): FastifyInstance {
  const app = makeServer(
    logger,
    'This process only takes readings (ROLES=ingest) and answers GET /api/v1/health; ask the one with the role "service".',
  )
  app.register(
    async (api) => healthRoute(api.withTypeProvider<ZodTypeProvider>() as unknown as App, { health }),
    { prefix: '/api/v1' },
  )
  return app
}
