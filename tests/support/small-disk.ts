import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A file system of a few megabytes, with an end that a program can run into. */
export interface SmallDisk {
  /** Where a program finds it that is started by the command `within`. */
  readonly folder: string
  readonly within: readonly string[]
  /** Where everybody else finds it. */
  readonly outside: string
  /** Bytes that are free now. */
  free(): Promise<number>
  /** Takes room away, all but so many bytes. */
  fill(left: number): Promise<void>
  /** Gives back what `fill` took. */
  makeRoom(): Promise<void>
  remove(): Promise<void>
}

/**
 * Whether a small file system can be mounted: by root, or by anybody where namespaces of users are allowed.
 */
export const canMount = ((): boolean => {
  try {
    execFileSync('unshare', [...namespaces(), 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', '/mnt'], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
})()

/** Mounts one in a namespace of its own, so that it is gone with the process that holds it, whatever happens. */
export async function smallDisk(bytes: number): Promise<SmallDisk> {
  const script = `mount -t tmpfs -o size=${bytes} tmpfs /mnt && echo mounted && exec sleep 600`
  const holder: ChildProcess = spawn('unshare', [...namespaces(), 'sh', '-c', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(holder.stdout as NonNullable<ChildProcess['stdout']>, 'data')
  // The holder's own view of the file system, which anybody who may trace it can enter.
  const outside = `/proc/${holder.pid}/root/mnt`
  const ballast = join(outside, 'ballast')
  const free = async () => {
    const { bavail, bsize } = await statfs(outside)
    return bavail * bsize
  }
  const userToo = process.getuid?.() === 0 ? [] : ['--user', '--preserve-credentials']
  return {
    folder: '/mnt',
    within: ['nsenter', `--target=${holder.pid}`, '--mount', ...userToo],
    outside,
    free,
    async fill(left) {
      await writeFile(ballast, Buffer.alloc(Math.max(0, (await free()) - left)))
    },
    makeRoom: () => rm(ballast),
    async remove() {
      const gone = once(holder, 'exit')
      holder.kill('SIGKILL')
      await gone
    },
  }
}

function namespaces(): string[] {
  return process.getuid?.() === 0 ? ['--mount'] : ['--mount', '--map-root-user']
}
