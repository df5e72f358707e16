/*
 * Whether the rules find what is wrong and are quiet about what is not: a year of the whole demo organisation in
 * virtual time, with twelve planted incidents and two hundred harmless oddities.
 *
 *   npm run alerts [-- --seed 3] [-- --months 3] [-- --write]
 */
import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type LocalDay, localDay } from '../core/calendar.ts'
import { Organisation } from '../core/organisation-index.ts'
import { readConfig } from '../read-config.ts'
import { scenarioOf } from './alerts-scenario.ts'
import { score } from './alerts-score.ts'
import { falseByKind, summaryOf, tableOf } from './alerts-table.ts'
import { runYear } from './alerts-year.ts'
import { withFolder } from './measure.ts'

const PAGE = 'docs/alerts.md'
const BEGIN = '<!-- npm run alerts: from here -->'
const END = '<!-- npm run alerts: to here -->'

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    months: { type: 'string', default: '12' },
    write: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
})
const months = Number(options.months)
if (!Number.isInteger(months) || months < 2 || months > 12) {
  process.stderr.write(`--months ${options.months}: a whole number from 2 to 12 is accepted\n`)
  process.exit(1)
}
const { organisation: file, factors } = await readConfig('config')
const organisation = new Organisation(file)
const { calendar } = organisation
const span = {
  start: calendar.startOfDay(localDay('2025-01-01') as LocalDay),
  end: calendar.startOfDay(Date.UTC(2025, months, 1) / 86_400_000),
}
const began = performance.now()
const say = (text: string) => process.stderr.write(`\rseed ${options.seed}: ${text}   `)
say('choosing')
const { plan, truth, rules } = scenarioOf(organisation, options.seed, span, months / 12)
const ran = await withFolder((folder) =>
  runYear(folder, { organisation, factors, seed: options.seed, span, plan, truth, rules, say }),
)
const scored = score(ran.notices, plan, organisation.sites.size, span)
const seconds = Math.round((performance.now() - began) / 1000)
process.stderr.write(
  `\nin ${seconds} s; ${ran.readings} readings, ${ran.looks} looks of ${(ran.inLooks / ran.looks).toFixed(1)} ms, the longest ${ran.longestLook.toFixed(0)} ms\n`,
)
const text = `Seed \`${options.seed}\`, ${months} months, ${plan.oddities.length} harmless oddities: ${summaryOf(scored)}. False ones by kind: ${falseByKind(scored)}.\n\n${tableOf(scored)}`
process.stdout.write(text)
if (options.list) {
  for (const alert of scored.falseAlerts)
    process.stdout.write(`${new Date(alert.firedAt ?? 0).toISOString()} ${alert.rule}: ${alert.summary.en}\n`)
}
if (options.write) {
  const page = await readFile(PAGE, 'utf8')
  const [before, after] = [page.split(BEGIN)[0], page.split(END)[1]]
  await writeFile(PAGE, `${before}${BEGIN}\n\n${text}\n${END}${after ?? ''}`)
}
