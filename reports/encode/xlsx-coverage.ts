import { COVERAGE_NEEDED } from '../../core/intensity.ts'
import type { Cell, Report } from '../annual.ts'
import { columnTitle } from '../columns.ts'
import { rounded } from '../rounding.ts'
import type { Lang } from '../text.ts'
import { qualityWords, words } from '../words.ts'
import * as cells from './xlsx-cells.ts'
import type { XlsxSheet } from './xlsx-sheet.ts'

/** A figure of which more than this is estimated is marked (DOMAIN, section 5). */
const ESTIMATED_MOST = 0.1

/** How much data each figure rests on, how much of it is estimated, and its quality. */
export function coverageSheet(report: Report, lang: Lang): XlsxSheet {
  const { years, sections } = report
  const metered = sections.filter(({ rows }) =>
    rows.some((row) => row.cells.some((cell) => cell.known !== null)),
  )
  const names = metered.flatMap(({ rows }) => rows.map((row) => `  ${row.name[lang]}`))
  const width = 1 + years.length * 3
  return {
    name: words.coverage[lang],
    stickyRows: 1,
    stickyColumns: 1,
    widths: [
      cells.fitting(names, 30, 58),
      ...years.flatMap(() => [{ width: 15 }, { width: 15 }, { width: 15 }]),
    ],
    data: [
      cells.header([
        [words.indicator[lang], 'left'],
        ...years.flatMap((year) => {
          const of = columnTitle(report, { year, published: false }, lang)
          return [
            [`${of} ${words.covered[lang].toLowerCase()}`, 'right'] as const,
            [`${of} ${words.estimated[lang].toLowerCase()}`, 'right'] as const,
            [`${of} ${words.quality[lang].toLowerCase()}`, 'center'] as const,
          ]
        }),
      ]),
      ...metered.flatMap(({ name, rows }) => [
        cells.band(name[lang], width),
        ...rows.map((row) => [
          cells.name(row.name[lang]),
          ...row.cells.flatMap((cell) => knownCells(cell, lang)),
        ]),
      ]),
    ],
  }
}

function knownCells({ known }: Cell, lang: Lang) {
  if (known === null) return [cells.words(''), cells.words(''), cells.words('')]
  const { coverage, estimated, quality } = known
  return [
    cells.share(Number(rounded(coverage, 4)), coverage < COVERAGE_NEEDED),
    cells.share(Number(rounded(estimated, 4)), estimated > ESTIMATED_MOST),
    cells.mark(qualityWords[quality][lang]),
  ]
}
