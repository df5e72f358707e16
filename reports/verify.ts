import { type Basis, type LookedUp, rowKey } from '../core/basis.ts'
import { canonical } from '../core/canonical.ts'
import { Organisation } from '../core/organisation-index.ts'
import { notRecombined } from '../core/recombined.ts'
import type { Consumption } from '../core/rollup.ts'
import { CONSUMPTION } from './basis-files.ts'
import { type BundleRead, readBundle } from './bundle-reading.ts'
import { figureName, type Publication, type PublishedFigure } from './publication.ts'
import { type Recomputed, recomputed } from './recompute.ts'
import { unzipped } from './zip.ts'

/** Something that is not as it was published. */
export interface Difference {
  /** The figure's name; null where no figure rests on what was changed. */
  readonly figure: string | null
  /**
   * What of the figure: `value`, `inputs` and so on; `figure` where it was not published, `recomputable` where it
   * is not among those that come out; `file` where it is no figure.
   */
  readonly field: string
  readonly published: unknown
  readonly recomputed: unknown
  /** In which files, and where in them as far as that is known. */
  readonly where: readonly string[]
}

export interface Verification {
  /** Undefined where the bundle doesn't say. */
  readonly publication: Publication | undefined
  /** The publication's own: of the manifest. */
  readonly hash: string
  /** How many figures were recomputed. */
  readonly figures: number
  /** Figures first, in order; empty where all is as it was published. */
  readonly differences: readonly Difference[]
}

/** In the order in which a difference is told. */
const FIELDS = [
  'value',
  'numerator',
  'denominator',
  'coverage',
  'estimated',
  'quality',
  'unit',
  'reason',
  'notes',
  'factors',
  'inputs',
] as const satisfies readonly (keyof PublishedFigure)[]

/** Recomputes every figure of a bundle from the bundle alone. Undefined where the bytes are no whole ZIP. */
export function verify(bytes: Uint8Array): Verification | undefined {
  const files = unzipped(bytes)
  if (files === undefined) return undefined
  const read = readBundle(files)
  const made = recomputable(read)
  const figures = [...compared(read, made)]
  return {
    publication: read.publication,
    hash: read.hash,
    figures: made.length,
    differences: [...figures, ...otherwise(read)],
  }
}

/** Nothing where it can't be reckoned at all: what a damaged file says may be nonsense. */
function recomputable({ basis, days, publication }: BundleRead): Recomputed[] {
  if (basis === undefined || publication === undefined) return []
  try {
    return recomputed(basis, days, publication)
  } catch {
    return []
  }
}

function* compared(read: BundleRead, made: readonly Recomputed[]): Generator<Difference> {
  const { publication, basis, days } = read
  const published = new Map(read.figures.map((figure) => [figure.indicator, figure]))
  const bad = basis === undefined ? new Map() : badRows(basis, days, publication?.notRecombined ?? [])
  const name = (indicator: string) =>
    publication === undefined ? indicator : figureName(indicator, publication)
  const files = placesOf(read)
  for (const { figure, rows } of made) {
    const before = published.get(figure.indicator)
    published.delete(figure.indicator)
    const field = before === undefined ? 'figure' : FIELDS.find((one) => differs(before[one], figure[one]))
    const badHere = rows.flatMap((row) => bad.get(rowKey(row.meter, row.grain, row.start)) ?? [])
    if (field === undefined && badHere.length === 0) continue
    yield {
      figure: name(figure.indicator),
      field: field ?? 'inputs',
      published: field === undefined || field === 'figure' ? null : (before?.[field] ?? null),
      recomputed: field === undefined || field === 'figure' ? null : figure[field],
      where: [...files, ...badHere],
    }
  }
  for (const figure of published.values()) {
    const { indicator, value } = figure
    yield { figure: name(indicator), field: 'recomputable', published: value, recomputed: null, where: files }
  }
}

function differs(a: unknown, b: unknown): boolean {
  return canonical(a) !== canonical(b)
}

/** By key, where rows are that don't come out of the days beside them. */
function badRows(
  { organisation, rows }: Basis,
  days: BundleRead['days'],
  excused: readonly string[],
): Map<string, string> {
  const { meters } = new Organisation(organisation)
  const found = new Map(
    [...days].map(([meter, list]): [string, Consumption[]] => [
      meter,
      list.flatMap((day) => day.found ?? []),
    ]),
  )
  const bad = notRecombined(rows.values(), found, (meter) => meters.get(meter)?.calendar)
  return new Map(
    bad
      .map((row) => [rowKey(row.meter, row.grain, row.start), placeOf(row)] as const)
      .filter(([key]) => !excused.includes(key)),
  )
}

function placeOf({ meter, grain, start }: LookedUp): string {
  return `${CONSUMPTION}: ${meter}, the ${grain} from ${new Date(start).toISOString()} is not what its days come to`
}

function placesOf({ changed, damages }: BundleRead): string[] {
  return [
    ...changed.map((file) => `${file} is not as the manifest has it`),
    ...damages.map(({ file, line }) => `${file}${line === null ? '' : `, line ${line}`} cannot be read`),
  ]
}

/** What is wrong beside the figures. */
function otherwise(read: BundleRead): Difference[] {
  const where = placesOf(read)
  return where.length === 0 ? [] : [{ figure: null, field: 'file', published: null, recomputed: null, where }]
}
