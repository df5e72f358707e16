import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { ended } from './ended.ts'

/** A view of the file system of its own, for programs that are started in it. */
export interface OwnMounts {
  /** The command that starts a program in it. */
  readonly within: readonly string[]
  /** Its root folder, as everybody else finds it. */
  readonly root: string
  /** Ends it, and with it everything that was mounted. */
  remove(): Promise<void>
}

const UNSHARE = '/usr/bin/unshare'

/** Root may mount, and others where namespaces of users are allowed. */
const apart = process.getuid?.() === 0 ? ['--mount'] : ['--mount', '--map-root-user']
const enter = process.getuid?.() === 0 ? ['--mount'] : ['--mount', '--user', '--preserve-credentials']

/** Whether anything can be mounted here. */
export const canMount = ((): boolean => {
  try {
    execFileSync(UNSHARE, [...apart, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], {
      stdio: 'ignore',
      timeout: 10_000,
    })
    return true
  } catch {
    return false
  }
})()

/** Mounts by a shell script, in a namespace that ends with the process that holds it, whatever happens. */
export async function ownMounts(script: string): Promise<OwnMounts> {
  const holder = spawn(UNSHARE, [...apart, 'sh', '-ec', `${script}\necho mounted; exec sleep 1200`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said = await Promise.race([once(holder.stdout, 'data'), once(holder, 'exit')])
  if (!String(said[0]).startsWith('mounted')) throw new Error(`could not mount: ${script}`)
  return {
    within: ['/usr/bin/nsenter', `--target=${holder.pid}`, ...enter],
    root: `/proc/${holder.pid}/root`,
    async remove() {
      holder.kill('SIGKILL')
      await ended(holder, 'unshare')
    },
  }
}
