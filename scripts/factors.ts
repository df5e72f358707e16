import { readFile, writeFile } from 'node:fs/promises'
import type { Factor } from '../core/factor-file.ts'
import { placeOf } from '../core/factor-file.ts'
import { publishedFactors } from '../core/published-factors.ts'

/**
 * Writes the table of the factors that come with the program into docs/factors.md. With --check it only says
 * whether the committed one is stale.
 */
const file = new URL('../docs/factors.md', import.meta.url)
const BEGIN = '<!-- factors: made by npm run factors -->'
const END = '<!-- /factors -->'

const text = await readFile(file, 'utf8')
const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)]
if (before < 0 || after < before)
  throw new Error('docs/factors.md has lost the marks that its table stands between')
const made = `${text.slice(0, before)}${BEGIN}\n\n${table(publishedFactors)}\n\n${text.slice(after)}`
if (!process.argv.includes('--check')) await writeFile(file, made)
else if (made !== text) {
  process.stderr.write('docs/factors.md is stale: npm run factors\n')
  process.exitCode = 1
}

function table(factors: readonly Factor[]): string {
  const rows = factors.map((factor) => {
    const { kind, of, from, to, value, unit, source, edition } = factor
    return [kind, of, placeOf(factor), from, to ?? '', String(value), unit, edition ?? '', source]
  })
  const head = ['kind', 'of', 'for', 'from', 'to', 'value', 'unit', 'edition', 'source']
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
