import type { Context } from '../context.ts'
import { healthAnswer } from '../schemas.ts'
import type { App } from '../typed.ts'

export function liveRoutes(app: App, { health, stream }: Context): void {
  app.get(
    '/health',
    {
      schema: {
        tags: ['service'],
        summary: '503 when it is not able to take readings or to answer',
        response: { 200: healthAnswer, 503: healthAnswer },
      },
    },
    async (_, reply) => {
      const seen = await health()
      return reply.code(seen.status === 'down' ? 503 : 200).send(seen)
    },
  )
  app.get(
    '/stream',
    { schema: { tags: ['service'], summary: 'Server-sent events: readings, rollups, health' } },
    async (_, reply) => {
      reply.hijack()
      stream.add(reply.raw)
      stream.send('health', await health())
    },
  )
}
