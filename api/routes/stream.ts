import type { Context } from '../context.ts'
import type { App } from '../typed.ts'

export function streamRoute(app: App, { health, stream }: Context): void {
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
