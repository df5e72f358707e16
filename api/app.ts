import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { streamAlerts } from './alert-stream.ts'
import type { Context } from './context.ts'
import { needKey } from './keys.ts'
import { servePage } from './page-files.ts'
import { alertRoutes } from './routes/alert-routes.ts'
import { balanceRoute } from './routes/balance.ts'
import { consumptionRoute } from './routes/consumption.ts'
import { dataQualityRoutes } from './routes/data-quality.ts'
import { entryRoutes } from './routes/entry-routes.ts'
import { exportRoute } from './routes/export.ts'
import { factorsRoute } from './routes/factors.ts'
import { freeCoolingRoute } from './routes/free-cooling.ts'
import { healthRoute } from './routes/health.ts'
import { indicatorsRoute } from './routes/indicators.ts'
import { kpisRoute } from './routes/kpis.ts'
import { lineageRoute } from './routes/lineage.ts'
import { meterEventsRoutes } from './routes/meter-events.ts'
import { nightFlowRoute } from './routes/night-flow.ts'
import { organisationRoutes } from './routes/organisation.ts'
import { profileRoute } from './routes/profile.ts'
import { publicationsRoutes } from './routes/publications.ts'
import { quarantineRoutes } from './routes/quarantine.ts'
import { readingsRoute } from './routes/readings.ts'
import { reportsRoute } from './routes/reports.ts'
import { streamRoute } from './routes/stream.ts'
import { targetsRoute } from './routes/targets.ts'
import { makeServer } from './server.ts'
import type { App } from './typed.ts'
import { unsubscribePage } from './unsubscribe.ts'

export interface AppOptions {
  readonly version: string
  /** SHA-256 of the keys that open the API; empty: everybody may. */
  readonly keys: readonly string[]
  /** The built page. */
  readonly webRoot: string
  readonly logger?: FastifyBaseLogger
}

/** The HTTP side, not listening yet. */
export async function buildApp(context: Context, options: AppOptions): Promise<FastifyInstance> {
  const app = makeServer(options.logger)
  await app.register(swagger, {
    openapi: {
      info: {
        title: 'wattwell',
        version: options.version,
        description:
          'Energy and water: readings, consumption, intensities, targets. Times are RFC 3339; `from` is inclusive, `to` exclusive; `null` means undefined and comes with a `reason`.',
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(swaggerUi, { routePrefix: '/docs' })
  await app.register(
    async (api) => {
      needKey(api, options.keys)
      const typed = api.withTypeProvider<ZodTypeProvider>() as unknown as App
      for (const route of [
        healthRoute,
        streamRoute,
        organisationRoutes,
        factorsRoute,
        indicatorsRoute,
        readingsRoute,
        exportRoute,
        consumptionRoute,
        balanceRoute,
        nightFlowRoute,
        profileRoute,
        freeCoolingRoute,
        kpisRoute,
        lineageRoute,
        targetsRoute,
        reportsRoute,
        quarantineRoutes,
        dataQualityRoutes,
        entryRoutes,
        meterEventsRoutes,
        publicationsRoutes,
        alertRoutes,
      ]) {
        route(typed, context)
      }
      api.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
    },
    { prefix: '/api/v1' },
  )
  if (context.alerts !== undefined) await app.register(unsubscribePage(context.alerts.subscriptions))
  await servePage(app, options.webRoot)
  const unheard = context.alerts && streamAlerts(context.alerts.book, context.stream)
  app.addHook('onClose', async () => {
    unheard?.()
    context.stream.close()
  })
  return app
}
