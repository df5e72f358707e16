import type { AlertsFile } from './alert-file.ts'
import type { Rule } from './alert-rules.ts'
import { hierarchyOf } from './hierarchy.ts'
import { ruleOf } from './meter-rule.ts'
import type { Utility } from './organisation.ts'
import type { MeterEntry, Organisation } from './organisation-index.ts'
import { heedsMeter, heedsSite } from './rule-scope.ts'
import type { Target } from './target-file.ts'

/** Whether a rule still looks at a subject: it is in the configuration, the rule is of it, and a meter is in use. */
export function isThere(
  rule: Rule,
  subject: string,
  known: {
    readonly organisation: Organisation
    readonly targets: readonly Target[]
    readonly rules: AlertsFile
  },
  now: number,
): boolean {
  const { organisation, targets } = known
  if (subject === 'installation') return true
  if (subject.startsWith('target:')) {
    const id = subject.slice('target:'.length)
    return targets.some((target) => target.id === id) && (rule.targets?.includes(id) ?? true)
  }
  const scope = organisation.scope(subject)
  if (scope === undefined) return false
  if (scope.kind === 'site') return heedsSite(rule, scope.entry)
  if (scope.kind !== 'meter') return true
  if (rule.kind === 'peak-demand' && !known.rules.contracts.some(({ meter }) => subject === `meter:${meter}`))
    return false
  if (rule.kind === 'unmetered-remainder' && !carries(scope.entry, now)) return false
  const inUse = ruleOf(scope.entry.meter, scope.entry.calendar)
  return heedsMeter(rule, scope.entry) && inUse !== undefined && now < inUse.usedTo
}

/** Whether something hangs on a meter, or on the supply that it is told for. */
function carries(entry: MeterEntry, now: number): boolean {
  const { meter } = entry
  const { branches } = hierarchyOf(entry, meter.utility as Utility, now, now + 1)
  return branches.some(({ hangsOn }) => hangsOn === meter.id || (hangsOn === null && meter.role === 'import'))
}
