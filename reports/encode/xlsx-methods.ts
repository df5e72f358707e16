import type { Report } from '../annual.ts'
import type { Lang } from '../text.ts'
import { unitText } from '../unit-text.ts'
import { words } from '../words.ts'
import * as cells from './xlsx-cells.ts'
import type { XlsxSheet } from './xlsx-sheet.ts'

const NAME_WIDTH = 32
const SOURCE_WIDTH = 56
const WIDTHS = [60, NAME_WIDTH, 12, 20, 13, 13, SOURCE_WIDTH, 14, 18, 18]

/** How each row is made, and every factor that was used: how long it holds, who says so, whether it was carried forward. */
export function methodsSheet({ sections, factors }: Report, lang: Lang): XlsxSheet {
  const span = WIDTHS.length - 1
  const across = WIDTHS.slice(1).reduce((sum, width) => sum + width, 0)
  const blank = Array.from({ length: span - 1 }, () => ['', 'left'] as const)
  return {
    name: words.methods[lang],
    stickyRows: 1,
    stickyColumns: 1,
    widths: WIDTHS.map((width) => ({ width })),
    data: [
      cells.header([[words.indicator[lang], 'left'], [words.method[lang], 'left'], ...blank]),
      ...sections.flatMap(({ name, rows }) => [
        cells.band(name[lang], WIDTHS.length),
        ...rows.map((row) => [cells.name(row.name[lang]), cells.lines(row.method[lang], across, span)]),
      ]),
      [cells.heading(words.factors[lang])],
      ...(factors.length === 0
        ? [[cells.quiet(words.noFactors[lang])]]
        : [
            cells.header([
              [words.key[lang], 'left'],
              [words.factor[lang], 'left'],
              [words.value[lang], 'right'],
              [words.unit[lang], 'left'],
              [words.from[lang], 'left'],
              [words.to[lang], 'left'],
              [words.source[lang], 'left'],
              [words.published[lang], 'left'],
              [words.edition[lang], 'left'],
              [words.carriedForward[lang], 'center'],
            ]),
          ]),
      ...factors.map((factor) => [
        cells.name(factor.key),
        cells.lines(factor.name, NAME_WIDTH),
        cells.number(factor.value),
        cells.words(unitText(factor.unit, lang)),
        cells.words(factor.from),
        cells.words(factor.to ?? ''),
        cells.lines(factor.source, SOURCE_WIDTH),
        cells.words(factor.published ?? ''),
        cells.words(factor.edition ?? ''),
        cells.mark(factor.carriedForward ? words.yes[lang] : words.no[lang], factor.carriedForward),
      ]),
    ],
  }
}
