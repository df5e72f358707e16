import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lockFolder } from '../../store/folder-lock.ts'
import { ended } from '../support/ended.ts'

it('keeps a second process off a folder, until the first has ended, however it ended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-'))
  const fixture = new URL('./fixture-lock.ts', import.meta.url).pathname
  const owner = spawn(process.execPath, ['--import', 'tsx', fixture, folder])
  await once(owner.stdout, 'data')
  await expect(lockFolder(folder)).rejects.toThrow(`in use by another wattwell (process ${owner.pid})`)
  owner.kill('SIGKILL')
  await ended(owner, 'the owner of the folder')
  const release = await lockFolder(folder)
  release()
  await rm(folder, { recursive: true })
})
