import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOfKey } from './api/keys.ts'

interface KeptKey {
  readonly name: string
  readonly sha256: string
  readonly madeAt: string
}

/** The keys that open the API: their hashes, in `keys.json` of the data folder. */
export async function readKeys(data: string): Promise<readonly KeptKey[]> {
  const text = await readFile(join(data, 'keys.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]'
    throw error
  })
  return JSON.parse(text) as KeptKey[]
}

/** Makes a key. Only its hash is kept; the key itself is answered once. */
export async function makeKey(data: string, name: string): Promise<string> {
  const key = `ww_${randomBytes(32).toString('base64url')}`
  const keys = [...(await readKeys(data)), { name, sha256: hashOfKey(key), madeAt: new Date().toISOString() }]
  await mkdir(data, { recursive: true })
  const path = join(data, 'keys.json')
  await writeFile(`${path}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
  return key
}
