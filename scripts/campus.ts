/*
 * Replays three years of hourly electricity and gas of four real buildings over MQTT into a fresh
 * wattwell, and prints its yearly figures beside the files' own sums.
 *
 *   npm run campus        (CAMPUS_DATA=folder, where it lies elsewhere)
 */
import { campusFolder, campusIsThere, compareCampus, relativeError } from '../tests/support/campus.ts'

if (!campusIsThere) {
  process.stderr.write(`no campus data in ${campusFolder}; CAMPUS_DATA says where it is\n`)
  process.exit(1)
}
const all = await compareCampus((line) => process.stdout.write(`${line}\n`))
process.stdout.write(
  '\n| building | figure | year | from the files | from wattwell | unit | relative error |\n|---|---|---|---:|---:|---|---:|\n',
)
for (const row of all.filter(({ period }) => period.length === 4)) {
  const { building, what, period, unit, fromFiles, fromService, reason } = row
  const cells = [
    building,
    what,
    period,
    fromFiles ?? 'no file',
    fromService ?? `null: ${reason}`,
    unit,
    relativeError(row)?.toExponential(1) ?? '',
  ]
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}
const months = all.filter(({ period }) => period.length === 7)
const compared = months.filter((row) => relativeError(row) !== null)
const worst = Math.max(...compared.map((row) => relativeError(row) as number))
const missing = months.filter(
  ({ fromFiles, fromService }) => fromFiles === null && fromService === null,
).length
process.stdout.write(
  `\n${compared.length} months compared, largest relative error ${worst.toExponential(1)}; ${missing} months have no file and no figure\n`,
)
