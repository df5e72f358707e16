import type { Alert, Notice } from '../core/alert.ts'
import { DAY_MS, type Span } from '../core/calendar.ts'
import type { Incident, YearPlan } from './alerts-plan.ts'

/** What is left of an incident for so long may still be told: a rule looks back over some days. */
const AFTER_MS = 4 * DAY_MS

export interface Outcome {
  readonly incident: Incident
  /** The first alert of a rule that is to find it, and how long after its beginning that fired; null where none did. */
  readonly found: { readonly alert: Alert; readonly afterMs: number } | null
  readonly inTime: boolean
}

export interface Score {
  readonly outcomes: readonly Outcome[]
  /** Alerts that fired and belong to no incident. */
  readonly falseAlerts: readonly Alert[]
  /** Per site and month, on average and in the worst of them. */
  readonly perSiteMonth: number
  readonly worst: { readonly site: string; readonly month: string; readonly count: number }
  readonly told: number
}

/** Holds what was told against what was planted. */
export function score(notices: readonly Notice[], { incidents }: YearPlan, sites: number, span: Span): Score {
  const fired = notices.filter(({ kind }) => kind === 'firing').map(({ alert }) => alert)
  const belongs = (alert: Alert, incident: Incident) =>
    incident.subjects.includes(alert.subject) &&
    at(alert) >= incident.from &&
    at(alert) < incident.to + AFTER_MS
  const outcomes = incidents.map((incident): Outcome => {
    const alert = fired.find((one) => incident.kinds.includes(one.kind) && belongs(one, incident))
    const found = alert === undefined ? null : { alert, afterMs: at(alert) - incident.from }
    return { incident, found, inTime: found !== null && found.afterMs <= incident.withinMs }
  })
  const falseAlerts = fired.filter((alert) => !incidents.some((incident) => belongs(alert, incident)))
  const months = (span.end - span.start) / ((365.25 / 12) * DAY_MS)
  const counts = new Map<string, number>()
  for (const alert of falseAlerts) {
    const key = `${alert.site ?? '-'}|${new Date(at(alert)).toISOString().slice(0, 7)}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const [key = '-|-', count = 0] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? []
  const [site = '-', month = '-'] = key.split('|')
  return {
    outcomes,
    falseAlerts,
    perSiteMonth: falseAlerts.length / sites / months,
    worst: { site, month, count },
    told: notices.length,
  }
}

function at(alert: Alert): number {
  return alert.firedAt as number
}
