import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, syncFolder } from '../ingest/spool-folder.ts'

/** The name under which an external broker and an InfluxDB know this installation. Made once. */
export async function installationName(data: string): Promise<string> {
  const path = join(data, 'mqtt-client-id')
  const known = await readFile(path, 'utf8').catch(() => '')
  if (known.trim() !== '') return known.trim()
  const made = `wattwell-${randomBytes(6).toString('hex')}`
  await makeFolder(data)
  await writeFile(path, `${made}\n`, { flush: true })
  // After a power cut another name would leave the broker keeping messages for nobody.
  await syncFolder(data)
  return made
}
