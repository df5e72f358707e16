import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { servePage } from '../../api/page-files.ts'
import { makeServer } from '../../api/server.ts'

const SCRIPT = 'export const page = "a page";'

describe('the files of the page', () => {
  let folder: string
  const app = makeServer()
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wattwell-page-'))
    // What the folders above are called says nothing of the files.
    const webRoot = join(folder, 'assets/page')
    await mkdir(join(webRoot, 'assets'), { recursive: true })
    await writeFile(join(webRoot, 'index.html'), '<html><head></head></html>')
    await writeFile(join(webRoot, 'assets/index-abc.js'), SCRIPT)
    await writeFile(join(webRoot, 'assets/index-abc.js.gz'), gzipSync(SCRIPT))
    await servePage(app, webRoot)
  })
  afterAll(async () => {
    await app.close()
    await rm(folder, { recursive: true })
  })

  it('are compressed for those who take it so', async () => {
    const small = await app.inject({ url: '/assets/index-abc.js', headers: { 'accept-encoding': 'gzip' } })
    expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
    expect(small.headers['content-type']).toContain('javascript')
    expect(gunzipSync(small.rawPayload).toString()).toBe(SCRIPT)
    const plain = await app.inject({ url: '/assets/index-abc.js' })
    expect([plain.headers['content-encoding'], plain.body]).toEqual([undefined, SCRIPT])
  })

  it('are kept for good where the name says the content, and asked for again where it does not', async () => {
    const script = await app.inject({ url: '/assets/index-abc.js' })
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    for (const url of ['/', '/reports/2025'])
      expect((await app.inject({ url })).headers['cache-control']).toBe('no-cache')
  })
})
