import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const PAGE_HEADERS = {
  'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
  'x-content-type-options': 'nosniff',
  vary: 'accept-encoding',
  // Asked for again each time, and answered in a word where it is the same.
  'cache-control': 'no-cache',
}

/** The name of whatever lies here says its content: another content has another name. */
const HASHED = 'assets'
const FOR_GOOD = 'public, max-age=31536000, immutable'

/** The built page, compressed where the build has put a compressed file beside; a hint where it is not built. */
export async function servePage(app: FastifyInstance, root: string): Promise<void> {
  if (!existsSync(root)) {
    app.get('/', { schema: { hide: true } }, async (_, reply) =>
      reply.type('text/plain').send('The page is not built. Run: npm run build\n'),
    )
    return
  }
  await app.register(fastifyStatic, {
    root,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (response, path) => {
      for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
      if (relative(root, path).split(sep)[0] === HASHED) response.setHeader('cache-control', FOR_GOOD)
    },
  })
  app.get('/reports/:year(^\\d{4}$)', { schema: { hide: true } }, async (_, reply) => {
    const html = await readFile(join(root, 'index.html'), 'utf8')
    return reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(oneBelow(html))
  })
}

/** The page for an address one level down: its own addresses are relative, so that it works below any path. */
function oneBelow(html: string): string {
  return html.replace('<head>', '<head><base href="../" />')
}
