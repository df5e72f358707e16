import { rm, statfs, writeFile } from 'node:fs/promises'
import { ownMounts } from './own-mounts.ts'

/** A file system of a few megabytes, with an end that a program can run into. */
export interface SmallDisk {
  /** Where a program finds it that is started by the command `within`. */
  readonly folder: string
  readonly within: readonly string[]
  /** Takes room away, all but so many bytes. */
  fill(left: number): Promise<void>
  /** Gives back what `fill` took. */
  makeRoom(): Promise<void>
  remove(): Promise<void>
}

export async function smallDisk(bytes: number): Promise<SmallDisk> {
  const { within, root, remove } = await ownMounts(`mount -t tmpfs -o size=${bytes} tmpfs /mnt`)
  const ballast = `${root}/mnt/ballast`
  return {
    folder: '/mnt',
    within,
    async fill(left) {
      const { bavail, bsize } = await statfs(`${root}/mnt`)
      await writeFile(ballast, Buffer.alloc(Math.max(0, bavail * bsize - left))).catch((error) => {
        // Others have written meanwhile: so it is full already.
        if (error.code !== 'ENOSPC') throw error
      })
    },
    makeRoom: () => rm(ballast),
    remove,
  }
}
