import { z } from 'zod'
import type { Basis, LookedUp } from '../core/basis.ts'
import { qualities } from '../core/quality.ts'
import { type Damage, readBasis } from './basis-files.ts'
import { DAYS, FIGURES, type Listed, MANIFEST, PUBLICATION } from './bundle.ts'
import { readConsumption } from './consumption-file.ts'
import type { Publication, PublishedFigure } from './publication.ts'
import { parsed, readRecords } from './record-file.ts'
import { sha256 } from './sha256.ts'

/** A bundle as far as it can be read. */
export interface BundleRead {
  readonly hash: string
  readonly publication: Publication | undefined
  readonly basis: Basis | undefined
  /** By meter. */
  readonly days: ReadonlyMap<string, readonly LookedUp[]>
  readonly figures: readonly PublishedFigure[]
  readonly damages: readonly Damage[]
  /** Files that are not as the manifest has them, that it has and are not there, or that it doesn't have. */
  readonly changed: readonly string[]
}

const publicationSchema = z.strictObject({
  id: z.string(),
  year: z.int().min(1900).max(2200),
  boundary: z.string(),
  at: z.int(),
  by: z.string(),
  note: z.string(),
  interim: z.boolean(),
  version: z.string(),
  rules: z.int(),
  notRecombined: z.array(z.string()),
})

const number = z.number().nullable()
const figureSchema = z.strictObject({
  indicator: z.string(),
  unit: z.string(),
  value: number,
  numerator: number,
  denominator: number,
  coverage: z.number(),
  estimated: z.number(),
  quality: z.enum(qualities),
  reason: z.string().nullable(),
  notes: z.array(z.string()),
  factors: z.array(z.string()),
  inputs: z.string(),
})

const manifestSchema = z.strictObject({
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string() })),
})

/** Reads what was unpacked; what can't be read is told, and the rest is there. */
export function readBundle(files: ReadonlyMap<string, Uint8Array | null>): BundleRead {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const texts = new Map([...files].map(([path, bytes]) => [path, decoder.decode(bytes ?? new Uint8Array())]))
  const publication = publicationSchema.safeParse(parsed(texts.get(PUBLICATION) ?? '')).data
  const { basis, damages } = readBasis(texts, { now: publication?.at ?? 0, rules: publication?.rules ?? 0 })
  const days = readConsumption(texts.get(DAYS) ?? '')
  const records = readRecords(texts.get(FIGURES) ?? '').records.map(({ line, record }) => ({
    line,
    figure: figureSchema.safeParse(record).data,
  }))
  return {
    hash: sha256(files.get(MANIFEST) ?? ''),
    publication,
    basis: publication && basis,
    days: byMeter(days.rows),
    figures: records.flatMap(({ figure }) => figure ?? []),
    damages: [
      ...(publication === undefined ? [{ file: PUBLICATION, line: null }] : []),
      ...damages,
      ...days.unread.map((line) => ({ file: DAYS, line })),
      ...records.flatMap(({ line, figure }) => (figure === undefined ? [{ file: FIGURES, line }] : [])),
    ],
    changed: changedFiles(files, texts.get(MANIFEST) ?? ''),
  }
}

function changedFiles(files: ReadonlyMap<string, Uint8Array | null>, manifest: string): string[] {
  const listed: readonly Listed[] | undefined = manifestSchema.safeParse(parsed(manifest)).data?.files
  if (listed === undefined) return [MANIFEST]
  const differ = listed.filter(({ path, bytes, sha256: hash }) => {
    const found = files.get(path)
    return found === undefined || found === null || found.length !== bytes || sha256(found) !== hash
  })
  const known = new Set([MANIFEST, ...listed.map(({ path }) => path)])
  return [...differ.map(({ path }) => path), ...[...files.keys()].filter((path) => !known.has(path))]
}

function byMeter(rows: readonly LookedUp[]): Map<string, LookedUp[]> {
  const meters = new Map<string, LookedUp[]>()
  for (const row of rows) {
    const list = meters.get(row.meter)
    if (list === undefined) meters.set(row.meter, [row])
    else list.push(row)
  }
  return meters
}
