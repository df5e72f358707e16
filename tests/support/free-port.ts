import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A port on loopback that was free just now. It lies below those that systems give to outgoing connections
 * (32768 on Linux, 49152 elsewhere): one of those may be taken while a server that had it is started again.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const server = createServer().listen(port, '127.0.0.1')
    // It rejects where an error comes first.
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (!free) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}
