import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { FileRow, FileRows } from '../../senders/file-rows.ts'

/** A folder that is gone when the test is over. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'wattwell-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

/** A file with this content. */
export function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder(), name)
  writeFileSync(path, content)
  return path
}

export async function allRows(file: Promise<FileRows>): Promise<FileRow[]> {
  const rows: FileRow[] = []
  for await (const row of (await file).rows) rows.push(row)
  return rows
}
