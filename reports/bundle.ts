import type { Basis, LookedUp } from '../core/basis.ts'
import { canonical } from '../core/canonical.ts'
import { basisFiles } from './basis-files.ts'
import { consumptionFile } from './consumption-file.ts'
import type { Publication, PublishedFigure } from './publication.ts'
import { recordFile } from './record-file.ts'
import { sha256 } from './sha256.ts'

export const PUBLICATION = 'publication.json'
export const FIGURES = 'figures.json'
export const DAYS = 'inputs/days.csv'
export const MANIFEST = 'manifest.json'
const README = 'README.txt'

/** What one file of a bundle has to be. */
export interface Listed {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** A publication as files, the manifest last. The same content gives the same bytes. */
export function bundleFiles(
  publication: Publication,
  basis: Basis,
  days: ReadonlyMap<string, readonly LookedUp[]>,
  figures: readonly PublishedFigure[],
): Map<string, string> {
  const { boundary, year } = publication
  const files = new Map([
    [README, readme(publication)],
    [PUBLICATION, `${canonical(publication)}\n`],
    [FIGURES, recordFile({ boundary, year }, figures)],
    ...basisFiles(basis),
    [DAYS, consumptionFile([...days.values()].flat())],
  ])
  return files.set(MANIFEST, manifestOf(files))
}

/** The hash of a publication: of its manifest, which has the hashes of all the rest. */
export function hashOf(files: ReadonlyMap<string, string>): string {
  return sha256(files.get(MANIFEST) ?? '')
}

function manifestOf(files: ReadonlyMap<string, string>): string {
  const listed = [...files].map(
    ([path, text]): Listed => ({ path, bytes: Buffer.byteLength(text), sha256: sha256(text) }),
  )
  return canonical({ files: listed.sort((a, b) => (a.path < b.path ? -1 : 1)) })
}

function readme({ id, year, boundary, version }: Publication): string {
  return `Publication ${id}: the figures of boundary:${boundary} in ${year}, with everything that they rest on.

To check it, without a network and without the installation that it comes from:

  npx wattwell verify ${id}.zip

Every figure is reckoned anew from the files in here and compared to the last bit. It was
made by wattwell ${version}; a later version reckons the same unless its changelog says so.

figures.json            the figures; "inputs" is the SHA-256 of all that one rests on
inputs/consumption.csv  what each meter used in the year, month or day that was asked for
inputs/days.csv         the days that months and years are made of
inputs/entries.json     figures that no meter gives, all versions in order of entry
factors.json            emission factors, heat values and the like, with their sources
organisation.json       sites, meters, boundaries, people, floor areas, revenue
publication.json        who published it, when, and by which version
manifest.json           size and SHA-256 of each file; its own SHA-256 is the publication's

A line of a CSV that is empty from "end" on says that there was nothing.
`
}
