import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PublicationFolder } from '../../reports/publication-folder.ts'

let root: string
let folder: PublicationFolder
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'wattwell-'))
  folder = new PublicationFolder(join(root, 'publications'))
})
afterEach(() => rm(root, { recursive: true }))

const ID = '2025-own-offices-1'
const line = (look: number) => ({ look, at: '2026-01-01T00:00:00.000Z', restatements: [] })

describe('the folder of publications', () => {
  it('is empty before anything is published', async () => {
    expect(await folder.ids()).toEqual([])
    expect(await folder.ledger(ID)).toEqual([])
    expect(await folder.known(ID, 0)).toBeNull()
  })

  it('keeps bundles whole, and lists nothing that a kill left half written', async () => {
    await folder.add(ID, Buffer.from('a bundle'))
    await writeFile(join(root, 'publications', '2025-own-offices-2.zip.new'), 'half')
    await folder.putKnown(ID, 0, Buffer.from('a state'))
    expect(await folder.ids()).toEqual([ID])
    expect(Buffer.from(await folder.bundle(ID)).toString()).toBe('a bundle')
  })

  it('appends to a ledger, and cuts off a line that a kill left half written', async () => {
    await folder.add(ID, Buffer.from('a bundle'))
    await folder.append(ID, line(1))
    await appendFile(join(root, 'publications', `${ID}.ledger.jsonl`), '{"look":2,"at"')
    expect(await folder.ledger(ID)).toEqual([line(1)])
    await folder.append(ID, line(2))
    expect(await folder.ledger(ID)).toEqual([line(1), line(2)])
    const text = await readFile(join(root, 'publications', `${ID}.ledger.jsonl`), 'utf8')
    expect(text.trim().split('\n')).toHaveLength(2)
  })

  it('has the state of a look until it is forgotten', async () => {
    await folder.add(ID, Buffer.from('a bundle'))
    await folder.putKnown(ID, 1, Buffer.from('one'))
    await folder.putKnown(ID, 2, Buffer.from('two'))
    await folder.forgetKnown(ID, 1)
    expect(await folder.known(ID, 1)).toBeNull()
    expect(Buffer.from((await folder.known(ID, 2)) ?? []).toString()).toBe('two')
    expect(await readdir(join(root, 'publications'))).toEqual([`${ID}.2.known`, `${ID}.zip`])
  })
})
