import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Ports of one worker of the test runner. */
const PORTS = 3000
/** The first port of this worker, below those that systems give to outgoing connections (32768 on Linux); four workers have ports of their own. */
const FIRST = 20_000 + (Number(process.env.VITEST_POOL_ID ?? 0) % 4) * PORTS

let next = randomInt(PORTS)

/**
 * A port on loopback that was free just now and that no other test gets: one server may still be starting,
 * or be started again, when another one looks for a port.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + next
    next = (next + 1) % PORTS
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
