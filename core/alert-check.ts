import type { AlertsFile, RuleKind, StatedRule } from './alert-file.ts'
import { ruleKinds } from './alert-file.ts'
import { kindOf, rulesOf, standardRules } from './alert-rules.ts'
import { indicators } from './indicator.ts'
import type { Finding } from './organisation-check.ts'
import type { Organisation } from './organisation-index.ts'
import type { Target } from './target-file.ts'

type Field = keyof StatedRule

const ALWAYS: readonly Field[] = ['id', 'kind', 'enabled', 'severity', 'for', 'clearFor', 'repeat']

/** What a rule of a kind may say besides. */
const fields: Readonly<Record<RuleKind, readonly Field[]>> = {
  'target-verdict': ['verdict', 'targets'],
  'consumption-band': ['of', 'above', 'clear'],
  'night-flow': ['of', 'above', 'clear'],
  'base-load': ['of', 'above', 'clear'],
  'peak-demand': ['of', 'above', 'clear'],
  'indicator-limit': ['of', 'above', 'below', 'clear', 'indicator', 'over'],
  'unmetered-remainder': ['of', 'above', 'clear'],
  'meter-silent': ['of', 'above'],
  'meter-stuck': ['of', 'above'],
  'meter-resets': ['of', 'above', 'clear', 'within'],
  'factor-missing': ['of'],
  'spool-filling': ['below', 'clear'],
  'clock-off': ['of', 'above', 'clear'],
}

/** What is wrong with an `alerts.yaml` that no schema can tell: fields that a kind has not, and names that point nowhere. */
export function checkAlerts(
  file: AlertsFile,
  organisation: Organisation,
  targets: readonly Target[],
): Finding[] {
  return [
    ...file.rules.flatMap((rule, i) =>
      checkRule(rule, organisation, targets).map((f) => ({ ...f, path: ['rules', i, ...f.path] })),
    ),
    ...file.contracts.flatMap(({ meter, with: others }, i) =>
      [[meter, ['meter']] as const, ...others.map((id, k) => [id, ['with', k]] as const)].flatMap(
        ([id, path]) => contractMeter(id, ['contracts', i, ...path], organisation),
      ),
    ),
  ]
}

function checkRule(rule: StatedRule, organisation: Organisation, targets: readonly Target[]): Finding[] {
  const kind = kindOf(rule)
  if (kind === undefined) {
    const ids = standardRules.map(({ id }) => id).join(', ')
    return [
      {
        path: ['kind'],
        message: `a rule of your own needs a kind, one of ${ruleKinds.join(', ')}; the rules that come with the program are ${ids}`,
      },
    ]
  }
  if (rule.kind !== undefined && rule.kind !== kind)
    return [{ path: ['kind'], message: `the rule "${rule.id}" is of the kind ${kind}` }]
  const accepted = [...ALWAYS, ...fields[kind]]
  const foreign = (Object.keys(rule) as Field[]).filter(
    (field) => rule[field] !== undefined && !accepted.includes(field),
  )
  if (foreign.length > 0) {
    return foreign.map((field) => ({
      path: [field],
      message: `${kind} has no "${field}"; it takes ${accepted.join(', ')}`,
    }))
  }
  return [
    ...named(rule.of?.sites, ['of', 'sites'], 'site', [...organisation.sites.keys()]),
    ...named(rule.of?.meters, ['of', 'meters'], 'meter', [...organisation.meters.keys()]),
    ...named(
      rule.targets,
      ['targets'],
      'target',
      targets.map(({ id }) => id),
    ),
    ...checkLimit(rule, kind),
  ]
}

function checkLimit(rule: StatedRule, kind: RuleKind): Finding[] {
  if (rule.enabled === false) return []
  if (kind === 'indicator-limit' && rule.indicator !== undefined && !indicators.has(rule.indicator)) {
    const all = [...indicators.keys()].join(', ')
    return [{ path: ['indicator'], message: `there is no indicator "${rule.indicator}"; there are ${all}` }]
  }
  if (rule.above !== undefined && rule.below !== undefined)
    return [{ path: ['below'], message: 'a rule has `above` or `below`, not both' }]
  const resolved = rulesOf({ rules: [rule] }).find(({ id }) => id === rule.id)
  if (resolved === undefined) return []
  const { above, below, clear, indicator } = resolved
  if (kind === 'indicator-limit' && indicator === null)
    return [{ path: ['indicator'], message: 'an indicator-limit names its indicator' }]
  if (kind === 'indicator-limit' && above === null && below === null)
    return [{ path: ['above'], message: 'an indicator-limit has a limit: `above` or `below`' }]
  if (rule.clear === undefined) return []
  if (above !== null && clear > above)
    return [{ path: ['clear'], message: `must not lie above ${above}, where it is wrong` }]
  if (below !== null && clear < below)
    return [{ path: ['clear'], message: `must not lie below ${below}, where it is wrong` }]
  return []
}

function named(
  ids: readonly string[] | undefined,
  path: readonly (string | number)[],
  what: string,
  known: readonly string[],
): Finding[] {
  return (ids ?? []).flatMap((id, i) =>
    known.includes(id)
      ? []
      : [{ path: [...path, i], message: `there is no ${what} "${id}"; there are ${known.join(', ')}` }],
  )
}

function contractMeter(id: string, path: (string | number)[], organisation: Organisation): Finding[] {
  const electric = [...organisation.meters.values()].filter(
    ({ meter }) => meter.utility === 'electricity' && meter.role !== 'virtual',
  )
  if (electric.some(({ meter }) => meter.id === id)) return []
  const known = electric.map(({ meter }) => meter.id).join(', ')
  return [{ path, message: `there is no meter of electricity "${id}"; there are ${known}` }]
}
