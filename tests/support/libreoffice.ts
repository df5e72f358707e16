import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { parse } from 'csv-parse/sync'

const SOFFICE = '/usr/bin/soffice'
const TIMEOUT_MS = 120_000
/** Comma, quote, UTF-8, and every sheet a file of its own. */
const TO_CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1'

/** Where Debian's LibreOffice Calc is installed; tests that need it say so where it isn't. */
export const libreofficeInstalled = existsSync(SOFFICE)

/** What LibreOffice shows of a file: the cells of each sheet, by the sheet's name. `ending` is the file's. */
export async function sheetsOf(ending: 'xlsx' | 'csv', file: Uint8Array): Promise<Map<string, string[][]>> {
  const folder = await mkdtemp(join(tmpdir(), 'wattwell-libreoffice-'))
  const out = join(folder, 'out')
  try {
    await mkdir(out)
    await writeFile(join(folder, `report.${ending}`), file)
    // A profile of its own: another one that runs would be asked to do it.
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile'))}`
    // Without a window it does not look for a byte order mark.
    const infilter = ending === 'csv' ? ['--infilter=CSV:44,34,76,1'] : []
    const args = [
      profile,
      '--headless',
      ...infilter,
      '--convert-to',
      TO_CSV,
      '--outdir',
      out,
      join(folder, `report.${ending}`),
    ]
    await promisify(execFile)(SOFFICE, args, { timeout: TIMEOUT_MS, killSignal: 'SIGKILL' })
    const sheets = new Map<string, string[][]>()
    for (const name of await readdir(out)) {
      const sheet = name.replace(/^report-?/, '').replace(/\.csv$/, '')
      sheets.set(sheet, parse(await readFile(join(out, name)), { bom: true, relax_column_count: true }))
    }
    return sheets
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
