import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** A place in the spool: everything before `offset` of `segment`, which is `seq` things in all. */
export interface SpoolPosition {
  readonly segment: number
  readonly offset: number
  /** Running count of readings and refused messages up to here. */
  readonly seq: number
}

export const START: SpoolPosition = { segment: 0, offset: 0, seq: 0 }

const COMMITTED = 'committed.json'

export function segmentPath(folder: string, segment: number): string {
  return join(folder, `${String(segment).padStart(8, '0')}.spool`)
}

/** Numbers of the segments there are, smallest first. */
export async function segmentsIn(folder: string): Promise<number[]> {
  const names = await readdir(folder)
  return names
    .filter((name) => /^\d{8}\.spool$/.test(name))
    .map((name) => Number.parseInt(name, 10))
    .toSorted((a, b) => a - b)
}

/** How far the store has everything; null where nothing was ever stored. Throws where it cannot be read. */
export async function readCommitted(folder: string): Promise<SpoolPosition | null> {
  const text = await readFile(join(folder, COMMITTED), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const value = JSON.parse(text) as Partial<SpoolPosition>
  const { segment, offset, seq } = value
  if (segment === undefined || offset === undefined || seq === undefined) {
    throw new SyntaxError(`${join(folder, COMMITTED)} is not a position of the spool`)
  }
  return { segment, offset, seq }
}

/** All of it or nothing: written beside, synced, and put in its place. */
export async function writeCommitted(folder: string, position: SpoolPosition): Promise<void> {
  const path = join(folder, COMMITTED)
  const file = await open(`${path}.new`, 'w')
  try {
    await file.writeFile(JSON.stringify(position))
    await file.datasync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  await syncFolder(folder)
}

/** A new or renamed file is on disk only when its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a folder and those above it; when this resolves, a power cut leaves all of them there. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  // Whoever made them, perhaps a start that was killed, may not have synced them.
  for (let path = resolve(folder); path !== dirname(path); path = dirname(path)) {
    const ours = await syncFolder(dirname(path)).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (NOT_OURS.has(error.code ?? '')) return false
        throw error
      },
    )
    if (!ours) return
  }
}

/** A folder that refuses in one of these ways is none that we could have made another in. */
const NOT_OURS = new Set(['EACCES', 'EPERM', 'EINVAL', 'EROFS', 'ENOTSUP'])
