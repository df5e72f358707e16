import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The name under which an external broker and an InfluxDB know this installation. Made once. */
export async function installationName(data: string): Promise<string> {
  const path = join(data, 'mqtt-client-id')
  const known = await readFile(path, 'utf8').catch(() => '')
  if (known.trim() !== '') return known.trim()
  const made = `wattwell-${randomBytes(6).toString('hex')}`
  await mkdir(data, { recursive: true })
  await writeFile(path, `${made}\n`, { flush: true })
  return made
}
