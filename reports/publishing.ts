import { rowKey } from '../core/basis.ts'
import type { Scope } from '../core/organisation-index.ts'
import { notRecombined } from '../core/recombined.ts'
import type { LocalPeriod } from '../core/usage.ts'
import type { FigureSource } from '../figures/figure-source.ts'
import { bundleFiles, hashOf } from './bundle.ts'
import { daysOf, frozenBasis } from './freeze.ts'
import type { Publication, PublishedFigure } from './publication.ts'
import { recomputed } from './recompute.ts'
import { verify } from './verify.ts'
import { zipped } from './zip.ts'

/** How often it is read again where readings came in between days and years. */
const ATTEMPTS = 3

export interface MadeBundle {
  readonly publication: Publication
  readonly figures: readonly PublishedFigure[]
  readonly hash: string
  readonly bytes: Uint8Array
}

/** Freezes the figures of a boundary and a year with all that they rest on. Throws where the bundle doesn't verify. */
export async function makeBundle(
  source: FigureSource,
  boundary: Scope,
  year: LocalPeriod,
  said: Omit<Publication, 'notRecombined' | 'rules'>,
): Promise<MadeBundle> {
  const { basis, days, odd } = await frozen(source, boundary, year, said.at)
  const publication = { ...said, rules: basis.rules, notRecombined: odd }
  const figures = recomputed(basis, days, publication).map(({ figure }) => figure)
  const files = bundleFiles(publication, basis, days, figures)
  const bytes = zipped(files)
  const [difference] = verify(bytes)?.differences ?? []
  if (difference !== undefined) throw new Error(`the bundle does not verify: ${JSON.stringify(difference)}`)
  return { publication, figures, hash: hashOf(files), bytes }
}

async function frozen(source: FigureSource, boundary: Scope, year: LocalPeriod, now: number) {
  for (let attempt = 1; ; attempt += 1) {
    const basis = await frozenBasis(source, boundary, year, now)
    const days = await daysOf(source, basis, year)
    const known = new Map([...days].map(([meter, rows]) => [meter, rows.flatMap(({ found }) => found ?? [])]))
    const odd = notRecombined(
      basis.rows.values(),
      known,
      (meter) => source.organisation.meters.get(meter)?.calendar,
    ).map(({ meter, grain, start }) => rowKey(meter, grain, start))
    if (odd.length === 0 || attempt === ATTEMPTS) return { basis, days, odd }
  }
}
