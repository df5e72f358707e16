import { DAY_MS } from '../core/calendar.ts'
import { HOUR_MS } from '../core/window.ts'
import type { Outcome, Score } from './alerts-score.ts'

/** The incidents of a year with what became of each, and the numbers beneath. */
export function tableOf(score: Score): string {
  const rows = score.outcomes.map(
    ({ incident, found, inTime }: Outcome) =>
      `| ${incident.name} | ${incident.site} | ${new Date(incident.from).toISOString().slice(0, 10)} | ${incident.size} | ${lasting(incident.withinMs)} | ${found === null ? 'not found' : `${lasting(found.afterMs)}${inTime ? '' : ' (late)'}`} | ${found === null ? '–' : `\`${found.alert.rule}\` ${found.alert.subject}`} |`,
  )
  return [
    '| incident | site | begins | size | to be found in | found after | by |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

export function summaryOf(score: Score): string {
  const found = score.outcomes.filter(({ inTime }) => inTime).length
  const { worst } = score
  return `${found} of ${score.outcomes.length} found in time; ${score.falseAlerts.length} false alerts, ${score.perSiteMonth.toFixed(2)} a month and site (most: ${worst.count}, ${worst.site} in ${worst.month}); ${score.told} notices in all`
}

/** How many false alerts each kind of rule gave. */
export function falseByKind({ falseAlerts }: Score): string {
  const counts = new Map<string, number>()
  for (const { kind } of falseAlerts) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const list = [...counts].toSorted((a, b) => b[1] - a[1]).map(([kind, count]) => `${kind} ${count}`)
  return list.length === 0 ? 'none' : list.join(', ')
}

function lasting(ms: number): string {
  return ms < 2 * DAY_MS ? `${Math.round(ms / HOUR_MS)} h` : `${(ms / DAY_MS).toFixed(1)} d`
}
