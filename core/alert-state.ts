import type { Alert, Notice, Pause } from './alert.ts'
import type { AlertsFile } from './alert-file.ts'
import type { Rule } from './alert-rules.ts'
import { costSoFar } from './cost-so-far.ts'
import type { Observation, Seen } from './observation.ts'
import { isSilenced } from './pause.ts'

export type Flapping = AlertsFile['flapping']

/** What a rule remembers of a subject beside its alert; JSON. All instants in epoch milliseconds. */
export interface Memory {
  /** Of the open alert; null where there is none. */
  readonly open: string | null
  /** How long it was seen wrong, or right again: what is not seen does not count. */
  readonly breachMs: number
  readonly clearMs: number
  /** Up to where it was looked at, and the last that was seen there. */
  readonly at: number
  readonly seen: Seen
  /** When alerts began and ended lately. */
  readonly changes: readonly number[]
  /** The alert that subscribers were told of and not yet of its end, with how often they were. */
  readonly told: { readonly alert: string; readonly notices: number; readonly at: number } | null
  /** Something went untold because of a silence. */
  readonly muted: boolean
}

export interface Step {
  /** In the place of those that the step was given. */
  readonly alerts: readonly Alert[]
  /** Null: nothing is worth remembering. */
  readonly memory: Memory | null
  readonly notices: readonly Notice[]
}

export interface Turn {
  readonly rule: Rule
  readonly flapping: Flapping
  readonly pauses: readonly Pause[]
  readonly now: number
}

/** What a rule and a subject are remembered by. */
export function keyOf(rule: string, subject: string): string {
  return `${rule}|${subject}`
}

const NOTHING: Memory = {
  open: null,
  breachMs: 0,
  clearMs: 0,
  at: 0,
  seen: 'clear',
  changes: [],
  told: null,
  muted: false,
}

/**
 * Takes a look at one subject of one rule: pending → firing → acknowledged → resolved. `alerts` are those that the
 * memory speaks of, and the step's take their place. Pure: the same memory and observation always give the same,
 * so what a kill undoes is done again with the same ids. An observation that reaches no further than what was
 * looked at before changes nothing but notices that are due.
 */
export function step(
  alerts: readonly Alert[],
  remembered: Memory | undefined,
  observation: Observation,
  turn: Turn,
): Step {
  const memory = remembered ?? { ...NOTHING, at: Number.NEGATIVE_INFINITY }
  if (observation.at <= memory.at) return told(alerts, memory, turn)
  const { open, before } = parted(alerts, memory)
  const timed = passed(memory, observation)
  const summed =
    open === undefined ? observation : { ...observation, cost: costSoFar(open, memory.at, observation) }
  const stepped =
    open === undefined
      ? begun(timed, observation, turn)
      : open.status === 'pending'
        ? waiting(open, timed, summed, turn)
        : burning(open, timed, summed, turn)
  const done = told([...before, ...stepped.alerts], stepped.memory, turn)
  return remembered === undefined ? done : asItWas(alerts, remembered, done)
}

/**
 * What was given, where a look has found all as it was: nothing need be written then. While the same is seen it
 * makes no difference whether its time is counted look by look or at once; only of what is pending, or on its way
 * to be over, every look counts. The value goes with the sentence that states it.
 */
function asItWas(alerts: readonly Alert[], memory: Memory, done: Step): Step {
  if (done.memory === null || done.notices.length > 0 || done.alerts.length !== alerts.length) return done
  if (done.alerts.some(({ status }) => status === 'pending')) return done
  const same =
    equal({ ...done.memory, at: 0, breachMs: 0 }, { ...memory, at: 0, breachMs: 0 }) &&
    done.alerts.every((one, i) => equal({ ...one, value: 0 }, { ...(alerts[i] as Alert), value: 0 }))
  return same ? { alerts, memory, notices: [] } : done
}

/** Of JSON whose fields stand in the same order. */
function equal(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** What is due of alerts that were not looked at now: a reminder, or what a silence held up. */
export function due(alerts: readonly Alert[], memory: Memory, turn: Turn): Step {
  return told(alerts, memory, turn)
}

/** An alert whose rule or subject is no more ends; a pending one leaves no trace. */
export function ended(alerts: readonly Alert[], memory: Memory, turn: Omit<Turn, 'rule'>): Step {
  const { open, before } = parted(alerts, memory)
  const last = open === undefined || open.status === 'pending' ? [] : [resolve(open, turn.now)]
  const over = { ...memory, open: null, breachMs: 0, clearMs: 0 }
  return asItWas(alerts, memory, told([...before, ...last], over, { ...turn, rule: { repeatMs: 0 } }))
}

function parted(alerts: readonly Alert[], memory: Memory) {
  const open = alerts.find(({ id }) => id === memory.open)
  return { open, before: alerts.filter((alert) => alert !== open) }
}

/** Time that passes between two looks counts for what both of them saw. */
function passed(memory: Memory, { at, seen }: Observation): Memory {
  if (seen === 'unknown') return { ...memory, at, seen }
  const ms = memory.seen === seen && memory.at > 0 ? at - memory.at : 0
  return {
    ...memory,
    at,
    seen,
    breachMs: memory.breachMs + (seen === 'breach' ? ms : 0),
    clearMs: seen === 'clear' ? memory.clearMs + ms : 0,
  }
}

type Stepped = Pick<Step, 'alerts'> & { readonly memory: Memory }

function begun(memory: Memory, seen: Observation, turn: Turn): Stepped {
  const none = { ...memory, breachMs: 0, clearMs: 0 }
  if (seen.seen !== 'breach') return { alerts: [], memory: none }
  const { rule } = turn
  const alert: Alert = {
    id: alertId(rule.id, seen.subject, seen.at),
    rule: rule.id,
    kind: rule.kind,
    severity: rule.severity,
    status: 'pending',
    firedAt: null,
    resolvedAt: null,
    acknowledged: null,
    flapping: false,
    ...shown(seen),
    since: seen.since ?? seen.at,
  }
  const pending = { ...none, open: alert.id }
  return rule.forMs === 0 ? fire(alert, pending, turn) : { alerts: [alert], memory: pending }
}

function waiting(alert: Alert, memory: Memory, seen: Observation, turn: Turn): Stepped {
  if (seen.seen === 'clear') return { alerts: [], memory: { ...memory, open: null, breachMs: 0, clearMs: 0 } }
  if (seen.seen !== 'breach') return { alerts: [alert], memory }
  const now = { ...alert, ...shown(seen), since: Math.min(alert.since, seen.since ?? seen.at) }
  return memory.breachMs >= turn.rule.forMs ? fire(now, memory, turn) : { alerts: [now], memory }
}

function fire(alert: Alert, memory: Memory, turn: Turn): Stepped {
  const changes = lately([...memory.changes, turn.now], turn)
  const flapping = changes.length > turn.flapping.changes
  return {
    alerts: [{ ...alert, status: 'firing', firedAt: turn.now, flapping }],
    memory: { ...memory, changes, clearMs: 0 },
  }
}

function burning(alert: Alert, memory: Memory, seen: Observation, turn: Turn): Stepped {
  const { clearForMs } = turn.rule
  const quiet = alert.flapping ? Math.max(turn.flapping.quiet, clearForMs) : clearForMs
  if (seen.seen === 'clear' && memory.clearMs >= quiet) {
    const changes = lately([...memory.changes, turn.now], turn)
    return {
      alerts: [resolve(alert, turn.now)],
      memory: { ...memory, open: null, breachMs: 0, clearMs: 0, changes },
    }
  }
  if (seen.seen !== 'breach') return { alerts: [alert], memory }
  const since = Math.min(alert.since, seen.since ?? alert.since)
  return { alerts: [{ ...alert, ...shown(seen), since }], memory }
}

function resolve(alert: Alert, now: number): Alert {
  return { ...alert, status: 'resolved', resolvedAt: now }
}

function lately(changes: readonly number[], { flapping, now }: Pick<Turn, 'flapping' | 'now'>): number[] {
  return changes.filter((at) => at > now - flapping.within)
}

/** What subscribers are to hear now: of a firing alert, of one that still fires, of an end. Each once. */
function told(
  alerts: readonly Alert[],
  memory: Memory,
  turn: Omit<Turn, 'rule'> & { readonly rule: Pick<Rule, 'repeatMs'> },
): Step {
  const { now, rule } = turn
  const notices: Notice[] = []
  let { told: known, muted } = memory
  for (const alert of alerts) {
    const mine = known?.alert === alert.id ? known : null
    const kind = noticeDue(alert, mine, { muted, now, repeatMs: rule.repeatMs })
    if (kind === null) continue
    if (isSilenced(alert, turn.pauses, now)) {
      muted = true
      continue
    }
    const number = (mine?.notices ?? 0) + 1
    notices.push({ id: `${alert.id}/${kind}/${number}`, kind, at: now, alert })
    known = kind === 'resolved' ? null : { alert: alert.id, notices: number, at: now }
    muted = false
  }
  const changes = lately(memory.changes, turn)
  const kept = { ...memory, changes, told: known, muted }
  const idle = kept.open === null && known === null && changes.length === 0
  return { alerts, memory: idle ? null : kept, notices }
}

function noticeDue(
  alert: Alert,
  told: Memory['told'],
  { muted, now, repeatMs }: { muted: boolean; now: number; repeatMs: number },
): Notice['kind'] | null {
  if (alert.status === 'resolved') return told === null ? null : 'resolved'
  if (alert.status !== 'firing') return null
  if (told === null) return 'firing'
  return muted || (repeatMs > 0 && now - told.at >= repeatMs) ? 'reminder' : null
}

function shown({ seen, at, since, ...rest }: Observation): Omit<Observation, 'seen' | 'at' | 'since'> {
  return rest
}

/** Stable: what began at an instant is the same however often it is looked at. Fit for an address and a topic. */
function alertId(rule: string, subject: string, at: number): string {
  const place = subject.replaceAll(':', '.').replaceAll('/', '~')
  return `${rule}.${place}.${at.toString(36)}`
}
