import type { Context } from '../context.ts'
import { healthAnswer } from '../schemas.ts'
import type { App } from '../typed.ts'

export function healthRoute(app: App, { health }: Pick<Context, 'health'>): void {
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
}
