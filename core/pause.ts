import type { Alert, Pause } from './alert.ts'

/** Whether nobody is to hear of an alert at an instant. */
export function isSilenced(alert: Alert, pauses: readonly Pause[], now: number): boolean {
  return pauses.some((pause) => pause.kind === 'silence' && holds(pause, now) && concerns(pause, alert))
}

/** Whether a pause is in force at an instant. */
export function holds({ from, to }: Pause, at: number): boolean {
  return from <= at && at < to
}

function concerns({ of }: Pause, { id, rule, site, subject }: Alert): boolean {
  const meter = subject.startsWith('meter:') ? subject.slice('meter:'.length) : undefined
  return (
    among(of.alerts, id) &&
    among(of.rules, rule) &&
    among(of.sites, site ?? undefined) &&
    among(of.meters, meter)
  )
}

/** The planned outages that concern a meter, or where no meter is named its site, in order of time. */
export function outagesOf(pauses: readonly Pause[], site: string, meter?: string): Pause[] {
  return pauses
    .filter(
      ({ kind, of }) =>
        kind === 'planned-outage' &&
        among(of.sites, site) &&
        (of.meters === undefined || among(of.meters, meter)),
    )
    .toSorted((a, b) => a.from - b.from)
}

/** Whether [from, to) touches a planned outage of a meter or a site. */
export function isPlanned(outages: readonly Pause[], from: number, to: number): boolean {
  return outages.some((outage) => outage.from < to && outage.to > from)
}

function among(list: readonly string[] | undefined, one: string | undefined): boolean {
  return list === undefined || (one !== undefined && list.includes(one))
}
