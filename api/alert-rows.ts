import type { z } from 'zod'
import type { Alert, Pause, Words } from '../core/alert.ts'
import { isSilenced } from '../core/pause.ts'
import { ruleName } from '../core/rule-name.ts'
import type { alertAnswer, alertRow, pauseRow } from './alert-schema.ts'
import { type Context, rfc3339 } from './context.ts'
import { bothNames, namesOfScope } from './names.ts'

const INSTALLATION: Words = { en: 'The installation', zh: '系统本身' }

/** An alert as lists have it. */
export function alertRowOf(
  alert: Alert,
  pauses: readonly Pause[],
  context: Context,
): z.infer<typeof alertRow> {
  const { course: _, since, firedAt, resolvedAt, acknowledged, site, ...plain } = alert
  const entry = context.organisation.sites.get(site ?? '')
  const now = context.clock()
  const silences = pauses.filter((pause) => isSilenced(alert, [pause], now))
  const [longest] = silences.toSorted((a, b) => b.to - a.to)
  return {
    ...plain,
    ruleName: ruleName(alert.rule, alert.kind),
    subjectName: subjectName(alert.subject, context),
    site,
    siteName: site === null ? null : bothNames(entry?.site ?? { id: site }),
    since: rfc3339(since),
    firedAt: instantOrNull(firedAt),
    resolvedAt: instantOrNull(resolvedAt),
    acknowledged: acknowledged && { ...acknowledged, at: rfc3339(acknowledged.at) },
    silenced: longest === undefined ? null : { id: longest.id, to: rfc3339(longest.to) },
  }
}

export function courseOf({ course }: Alert): z.infer<typeof alertAnswer>['course'] {
  if (course === undefined) return null
  const { from, values, low, high, ...plain } = course
  return {
    ...plain,
    from: rfc3339(from),
    values: [...values],
    ...(low !== undefined && { low: [...low] }),
    ...(high !== undefined && { high: [...high] }),
  }
}

export function pauseRowOf(
  { of, from, to, enteredAt, ...plain }: Pause,
  now: number,
): z.infer<typeof pauseRow> {
  return {
    ...plain,
    of: Object.fromEntries(Object.entries(of).map(([key, list]) => [key, [...list]])),
    from: rfc3339(from),
    to: rfc3339(to),
    enteredAt: rfc3339(enteredAt),
    state: now < from ? 'to-come' : now < to ? 'in-force' : 'over',
  }
}

/** What was taken out of the configuration keeps its id for a name. */
function subjectName(subject: string, { organisation, targets }: Context): Words {
  if (subject === 'installation') return INSTALLATION
  const target = targets.find(({ id }) => subject === `target:${id}`)
  if (target !== undefined) return bothNames(target)
  const scope = organisation.scope(subject)
  return scope === undefined ? bothNames({ id: subject }) : namesOfScope(scope)
}

export function instantOrNull(at: number | null): string | null {
  return at === null ? null : rfc3339(at)
}
