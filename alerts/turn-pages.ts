import type { Alert, Notice } from '../core/alert.ts'
import type { Rule } from '../core/alert-rules.ts'
import { due, ended, type Flapping, keyOf, type Memory, type Step, step } from '../core/alert-state.ts'
import { DAY_MS } from '../core/calendar.ts'
import type { Observation } from '../core/observation.ts'
import type { Pages } from './book.ts'

/** Alerts that ended are kept so long, and no more than so many. */
const KEPT_MS = 366 * DAY_MS
const KEPT = 5000
/** And with their course so long. */
const COURSE_KEPT_MS = 30 * DAY_MS

/** What was seen under a rule. */
export interface Sighting {
  readonly rule: Rule
  readonly observation: Observation
}

export interface TurnedPages {
  /** The same as before where nothing is another. */
  readonly pages: Pages
  readonly notices: readonly Notice[]
  /** Those that are new or were changed. */
  readonly changed: readonly Alert[]
}

/** Whether what an alert speaks of is still there: its rule is in force, and its subject in the configuration. */
export type Stands = (rule: string, subject: string) => Rule | undefined

/**
 * Takes everything that was seen into the pages, in its order; ends what is no more, and tells what is due of the
 * rest. Pure.
 */
export function turnPages(
  pages: Pages,
  sightings: readonly Sighting[],
  stands: Stands,
  { flapping, now }: { flapping: Flapping; now: number },
): TurnedPages {
  const alerts = new Map(pages.alerts.map((alert) => [alert.id, alert]))
  const memory = new Map(Object.entries(pages.memory as Readonly<Record<string, Memory>>))
  const turn = { flapping, now, pauses: pages.pauses }
  const notices: Notice[] = []
  let touched = false
  const take = (key: string, stepped: (own: readonly Alert[], known: Memory | undefined) => Step) => {
    const known = memory.get(key)
    const own = [known?.told?.alert, known?.open]
      .filter((id, i, all) => typeof id === 'string' && all.indexOf(id) === i)
      .flatMap((id) => alerts.get(id as string) ?? [])
    const done = stepped(own, known)
    for (const one of own) if (!done.alerts.some(({ id }) => id === one.id)) alerts.delete(one.id)
    for (const one of done.alerts) alerts.set(one.id, one)
    if (done.memory !== null) memory.set(key, done.memory)
    else memory.delete(key)
    const same = own.length === done.alerts.length && own.every((one) => done.alerts.includes(one))
    touched ||= !same || done.memory !== (known ?? null)
    notices.push(...done.notices)
  }

  const seen = new Set<string>()
  for (const { rule, observation } of sightings) {
    const key = keyOf(rule.id, observation.subject)
    seen.add(key)
    if (observation.seen === 'clear' && !memory.has(key)) continue
    if (observation.seen !== 'breach' && !memory.has(key)) continue
    take(key, (own, known) => step(own, known, observation, { ...turn, rule }))
  }
  for (const [key, known] of [...memory]) {
    if (!key.includes('|')) continue
    const [rule = '', subject = ''] = splitKey(key)
    const standing = stands(rule, subject)
    if (standing === undefined) take(key, (own) => ended(own, known, turn))
    else if (!seen.has(key)) {
      const own = [known.told?.alert, known.open].flatMap((id) => alerts.get(id ?? '') ?? [])
      if (due(own, known, { ...turn, rule: standing }).notices.length === 0) continue
      take(key, (mine) => due(mine, known, { ...turn, rule: standing }))
    }
  }

  if (!touched) return { pages, notices, changed: [] }
  const before = new Map(pages.alerts.map((alert) => [alert.id, alert]))
  const kept = keep([...alerts.values()], now)
  const changed = [...alerts.values()].filter((alert) => before.get(alert.id) !== alert)
  return {
    pages: { ...pages, alerts: kept, memory: Object.fromEntries(memory) },
    notices,
    changed,
  }
}

/** All that are open, and the latest that have ended. */
function keep(alerts: readonly Alert[], now: number): Alert[] {
  const open = alerts.filter(({ status }) => status !== 'resolved')
  const over = alerts
    .filter(({ resolvedAt }) => resolvedAt !== null && resolvedAt > now - KEPT_MS)
    .toSorted((a, b) => (b.resolvedAt as number) - (a.resolvedAt as number))
    .slice(0, KEPT)
    .map((alert) => {
      if (alert.course === undefined || (alert.resolvedAt as number) > now - COURSE_KEPT_MS) return alert
      const { course, ...rest } = alert
      return rest
    })
  return [...open, ...over]
}

function splitKey(key: string): [string, string] {
  const bar = key.indexOf('|')
  return [key.slice(0, bar), key.slice(bar + 1)]
}
