import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort, type Server, startServer } from './server.ts'

export const MOSQUITTO = '/usr/sbin/mosquitto'

/** A Mosquitto with the settings of docs/operations.md, which keeps any number of messages for a client that is away. */
export async function startMosquitto(folder: string): Promise<Server & { readonly url: string }> {
  const port = await freePort()
  const config = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous true',
    'persistence true',
    `persistence_location ${folder}/`,
    'max_queued_messages 0',
    'max_queued_bytes 0',
    'max_inflight_messages 0',
  ]
  const path = join(folder, 'mosquitto.conf')
  await writeFile(path, `${config.join('\n')}\n`)
  const server = await startServer(MOSQUITTO, ['-c', path], port)
  return { ...server, url: `mqtt://127.0.0.1:${port}` }
}
