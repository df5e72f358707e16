import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { answerProblems } from './problems.ts'

/**
 * A server without routes: shapes are checked by their zod schemas, and every error is a problem document.
 * `elsewhere` is said of paths that there aren't.
 */
export function makeServer(logger?: FastifyBaseLogger, elsewhere?: string): FastifyInstance {
  const app = fastify({
    ...(logger === undefined ? { logger: false } : { loggerInstance: logger }),
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerProblems(app, elsewhere)
  return app
}
