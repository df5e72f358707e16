import { join } from 'node:path'
import type { FigureSource } from '../../figures/figure-source.ts'
import { PublicationFolder } from '../../reports/publication-folder.ts'
import { Publications } from '../../reports/publications.ts'

/** Publications kept in a folder, which log nothing. */
export function publicationsIn(
  folder: string,
  source: FigureSource,
  clock: () => number,
  version = '0.0.0',
): Publications {
  return new Publications({
    source,
    folder: new PublicationFolder(join(folder, 'publications')),
    clock,
    version,
    log: { info() {}, warn() {} },
  })
}
