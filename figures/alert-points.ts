import { type Alert, severities } from '../core/alert.ts'
import { ruleName } from '../core/rule-name.ts'
import type { FigurePoint } from '../store/store.ts'
import { known } from './known.ts'

/** Stands for the site of what concerns several or none. */
const NO_SITE = '-'

/**
 * An alert that somebody was to be told of, as `/alerts` gives it, at the instant when it fired: when it began may
 * still be found to be earlier. None of one that is pending. Rules and subjects are those of the configuration.
 */
export function alertPoints(alert: Alert): FigurePoint[] {
  const { rule, kind, subject, site, severity, firedAt, resolvedAt, acknowledged, cost, summary } = alert
  if (firedAt === null) return []
  const acknowledgedAfter = acknowledged === null ? null : acknowledged.at - firedAt
  const names = ruleName(rule, kind)
  return [
    {
      measurement: 'alert',
      tags: { rule, subject, site: site ?? NO_SITE },
      fields: {
        severity: severities.indexOf(severity),
        open: resolvedAt === null ? 1 : 0,
        since: alert.since,
        acknowledged: known(acknowledgedAfter),
        acknowledged_after: acknowledgedAfter,
        ended: known(resolvedAt),
        ended_at: resolvedAt,
        lasted: resolvedAt === null ? null : resolvedAt - alert.since,
        kwh: cost.kWh ?? null,
        kwh_known: known(cost.kWh ?? null),
        m3: cost.m3 ?? null,
        m3_known: known(cost.m3 ?? null),
        tco2e: cost.tCO2e ?? null,
        tco2e_known: known(cost.tCO2e ?? null),
        id: alert.id,
        rule_en: names.en,
        rule_zh: names.zh,
        title_en: summary.en,
        title_zh: summary.zh,
      },
      at: firedAt,
    },
  ]
}
