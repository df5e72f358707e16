import { strToU8, unzipSync, zipSync } from 'fflate'

/** More than this is not unpacked: no bundle is so large, and a ZIP of nothing but zeros could be. */
const BYTES_MOST = 2 ** 31 - 1

/** A ZIP of texts. The same texts in the same order give the same bytes, whenever and wherever. */
export function zipped(files: ReadonlyMap<string, string>): Uint8Array {
  // A ZIP tells local time without a zone.
  const mtime = new Date(2000, 0, 1)
  const entries = [...files].map(([path, text]) => [path, strToU8(text)])
  return zipSync(Object.fromEntries(entries), { level: 6, mtime })
}

/** What is in a ZIP: of each file its bytes, or null where they can't be unpacked. Undefined where it is no whole ZIP. */
export function unzipped(bytes: Uint8Array): Map<string, Uint8Array | null> | undefined {
  const names: string[] = []
  let size = 0
  try {
    unzipSync(bytes, {
      filter({ name, originalSize }) {
        names.push(name)
        size += originalSize
        return false
      },
    })
  } catch {
    return undefined
  }
  if (size > BYTES_MOST) return undefined
  return new Map(names.map((name) => [name, unpacked(bytes, name)]))
}

function unpacked(bytes: Uint8Array, path: string): Uint8Array | null {
  try {
    return unzipSync(bytes, { filter: ({ name }) => name === path })[path] ?? null
  } catch {
    return null
  }
}
