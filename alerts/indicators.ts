import type { Rule } from '../core/alert-rules.ts'
import { indicatorLimits } from '../core/alerts/indicator-limit.ts'
import { indicators, possibleIndicators } from '../core/indicator.ts'
import { figure } from '../core/intensity.ts'
import type { Observation } from '../core/observation.ts'
import { isPlanned, outagesOf } from '../core/pause.ts'
import { heedsSite } from '../core/rule-scope.ts'
import { periodOf } from '../core/usage.ts'
import type { Scene } from './scene.ts'

/** The indicator of a rule at each site that measures it, over the day that has ended, or its month or year so far. */
export async function indicatorsAt(rule: Rule, scene: Scene): Promise<readonly Observation[]> {
  const { source, sites, day, at, pauses } = scene
  const indicator = indicators.get(rule.indicator as string)
  if (indicator === undefined) return []
  const period = periodOf(rule.over, day)
  const plan = await source.plan()
  const figures = []
  for (const site of sites.filter((entry) => heedsSite(rule, entry))) {
    const scope = { kind: 'site', id: `site:${site.site.id}`, entry: site } as const
    if (indicator.dataCentres && site.site.kind !== 'data-center') continue
    if (!possibleIndicators(scope, plan).includes(indicator)) continue
    if (isPlanned(outagesOf(pauses, site.site.id), site.calendar.startOfDay(day), at)) continue
    const found = await source.reckon(at, (facts) => figure(indicator, scope, period, facts))
    figures.push({ site, label: period.label, figure: found })
  }
  return indicatorLimits(rule, indicator, figures, at)
}
