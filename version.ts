import { readFileSync } from 'node:fs'

/** The version in `package.json`, which lies beside this file or one folder up when this runs from `dist`. */
export const version: string =
  ['./package.json', '../package.json'].map(read).find((found) => found !== undefined) ?? '0.0.0'

function read(path: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { version?: string }).version
  } catch {
    return undefined
  }
}
