import { type Row, tableOf } from './accuracy-table.ts'

/** What was run. */
interface Run {
  readonly seed: string
  readonly month: boolean
  readonly only?: string | undefined
}

/** The page of the docs that has the table. */
export function pageOf(rows: readonly Row[], { seed, month, only }: Run): string {
  const options = `${month ? '--month ' : ''}${only === undefined ? '' : `--only '${only}' `}--write`
  const other = month
    ? 'A year, with months and year: [accuracy-year](accuracy-year.md).'
    : 'A month, under each fault: [accuracy](accuracy.md).'
  return `# Accuracy under faults: ${month ? 'a month' : 'a year'}

What comes out of the readings of meters that have the faults of real ones, against what was truly used. Written by \`npm run accuracy -- ${options}\`; the same seed gives the same table. ${other}

${month ? 'January 2025' : 'The year 2025'} of the whole demo organisation, a reading every 15 minutes, seed \`${seed}\`. Readings are stored in their order of arrival in an embedded store and carried up every 30 days and at the end; replacements are entered into the journal on the day that they happen. What each fault does and what its rate counts stands in [simulators](simulators.md).

${tableOf(rows)}
| column | meaning |
|---|---|
| site energy, site water | relative error of a site's \`energy\` and \`water-withdrawal\` in a month, whatever the coverage: the worst and the median over sites and months |
| KPIs given | the same of every indicator of every site and boundary in every month and the year, where there is a figure |
| KPIs withheld | the share of them that are \`null\` because of their coverage, and how far their known part is off at worst |
| beyond limits | meter-hours below zero or above the meter's \`limitPerHour\`; there must be none |
| coverage, estimated | of a site's energy in a month |
| hours off | the share of all meter-hours that are off by more than 0.5 % of the truth, or of a tenth of the meter's mean hour where that is more |
| of them flagged | the share of those whose quality is not \`measured\` |
| of the lack told | of what is missing in those, the share that the hours' coverage tells |

A dash: there is nothing to compare. An error of a figure that nobody could know, as after a reset, is told by coverage and quality; it is in the columns of errors all the same.
`
}
