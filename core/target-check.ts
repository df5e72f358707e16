import { type Indicator, indicators } from './indicator.ts'
import type { Finding } from './organisation-check.ts'
import type { Organisation } from './organisation-index.ts'
import { baselineOf, type Target } from './target-file.ts'

/** What of a target no schema can check. */
export function checkTarget(target: Target, organisation: Organisation): Finding[] {
  const findings: Finding[] = []
  const indicator = indicators.get(target.indicator)
  if (indicator === undefined)
    findings.push({
      path: ['indicator'],
      message: `there is no indicator "${target.indicator}"; there are ${[...indicators.keys()].join(', ')}`,
    })
  else findings.push(...misfits(target, indicator))
  if (organisation.scope(target.scope) === undefined) {
    const broad = organisation.scopes().filter((scope) => /^(boundary|site):/.test(scope))
    findings.push({
      path: ['scope'],
      message: `there is no scope "${target.scope}"; there are ${broad.join(', ')}`,
    })
  }
  const baseline = baselineOf(target)
  if (baseline !== undefined && target.by !== undefined && target.by <= baseline.year)
    findings.push({
      path: ['by'],
      message: `${target.by} does not come after the baseline year ${baseline.year}`,
    })
  return findings
}

/** Whether the rule of a target makes sense of its indicator. */
function misfits(target: Target, { id, unit, denominator }: Indicator): Finding[] {
  const findings: Finding[] = []
  if (target.kind === 'cumulative' && denominator !== undefined)
    findings.push({ path: ['indicator'], message: `${id} is a quotient, which is never summed over years` })
  if (target.kind === 'share' && unit !== '1')
    findings.push({ path: ['indicator'], message: `${id} is in ${unit}, and no share` })
  if ('normalise' in target && target.normalise !== undefined && denominator !== undefined)
    findings.push({ path: ['normalise'], message: `only a total is normalised; ${id} is divided already` })
  const weighed = target.staticFactors.findIndex(
    (factor) => 'effect' in factor && factor.effect !== undefined,
  )
  if (weighed >= 0 && typeof denominator === 'object')
    findings.push({
      path: ['staticFactors', weighed, 'effect'],
      message: `${id} is a share of two metered amounts, to which an effect cannot be added`,
    })
  const { baseline, limit } = target.kind === 'absolute' ? target : {}
  if (baseline?.value !== undefined && limit !== undefined && limit >= baseline.value)
    findings.push({ path: ['limit'], message: `${limit} is not below the baseline of ${baseline.value}` })
  return findings
}
