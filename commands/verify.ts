import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { type Difference, type Verification, verify } from '../reports/verify.ts'
import { version } from '../version.ts'

/** More of a list than this is counted and not printed. */
const SHOWN = 5

class VerifyError extends Error {
  override readonly name = 'VerifyError'
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'recompute every figure of a published bundle from the bundle alone, without network and store; names the first one that differs',
    )
    .argument('<bundle>', 'the ZIP file of a publication')
    .option(
      '--hash <sha256>',
      'what the publication said its hash is: nobody can put another bundle in its place',
    )
    .option('--json', 'print what was found as JSON')
    .action(async (path: string, options: { hash?: string; json?: boolean }) => {
      const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
        throw new VerifyError(`${path} cannot be read: ${cause.code ?? cause.message}`, { cause })
      })
      const found = verify(bytes)
      if (found === undefined)
        throw new VerifyError(`${path} is no whole ZIP file: it was cut off, or is something else`)
      const good = found.differences.length === 0 && isHash(options.hash, found)
      if (!good) process.exitCode = 1
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ good, ...found })}\n`
          : `${said(found, options.hash).join('\n')}\n`,
      )
    })
}

function isHash(wanted: string | undefined, { hash }: Verification): boolean {
  return wanted === undefined || wanted.toLowerCase() === hash
}

function said(found: Verification, wanted: string | undefined): string[] {
  const { publication, hash, figures, differences } = found
  const lines = [
    ...(publication === undefined
      ? []
      : [
          `publication ${publication.id}, by ${publication.by} at ${new Date(publication.at).toISOString()}, wattwell ${publication.version}`,
        ]),
    `hash ${hash}`,
  ]
  if (!isHash(wanted, found)) lines.push(`different: the hash is not ${wanted}; this is another bundle`)
  const [first] = differences
  if (first !== undefined) return [...lines, ...differing(first, found)]
  if (!isHash(wanted, found)) return lines
  const of = `boundary:${publication?.boundary} in ${publication?.year}`
  return [...lines, `good: ${figures} figures of ${of} recomputed, none differs`]
}

function differing(first: Difference, { differences, publication }: Verification): string[] {
  const { figure, where } = first
  const others = differences.filter((one) => one.figure !== null).length - 1
  const another = publication !== undefined && publication.version !== version
  return [
    figure === null
      ? 'different: no figure, but the bundle is not as it was published'
      : `different: ${figure}: ${whatDiffers(first)}`,
    ...where.slice(0, SHOWN).map((place) => `  ${place}`),
    ...(where.length > SHOWN ? [`  and ${where.length - SHOWN} more places`] : []),
    ...(others > 0 ? [`  and ${others} more figures`] : []),
    ...(another && where.length === 0
      ? [
          `  it was published by wattwell ${publication.version}, this is ${version}: verify it with that version`,
        ]
      : []),
  ]
}

function whatDiffers({ field, published, recomputed }: Difference): string {
  if (field === 'figure') return 'it is not among the published ones'
  if (field === 'recomputable') return `published as ${JSON.stringify(published)}, it cannot be recomputed`
  if (field === 'inputs') return 'what it rests on is not what it was published with'
  return `${field} was published as ${JSON.stringify(published)} and comes out as ${JSON.stringify(recomputed)}`
}
