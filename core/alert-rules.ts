import type { Severity } from './alert.ts'
import type { AlertsFile, RuleKind, StatedRule } from './alert-file.ts'
import type { Utility } from './organisation.ts'
import { HOUR_MS } from './window.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * HOUR_MS

/** A rule with everything said; what the kinds count is in `alert-kinds.ts`. Durations in milliseconds. */
export interface Rule {
  readonly id: string
  readonly kind: RuleKind
  readonly severity: Severity
  readonly forMs: number
  readonly clearForMs: number
  /** 0: never. */
  readonly repeatMs: number
  readonly of: {
    readonly sites?: readonly string[] | undefined
    readonly utilities?: readonly Utility[] | undefined
    readonly meters?: readonly string[] | undefined
  }
  readonly above: number | null
  readonly below: number | null
  /** Where it is right again: a little away from where it is wrong. */
  readonly clear: number
  readonly indicator: string | null
  readonly over: 'day' | 'month' | 'year'
  readonly verdict: 'at-risk' | 'off-track'
  readonly targets: readonly string[] | null
  readonly withinMs: number
}

/** What holds of a kind where a rule says nothing. `clear` is a share of the threshold where it is of no unit of its own. */
interface Usual {
  readonly severity: Severity
  readonly forMs: number
  readonly clearForMs: number
  readonly above: number | null
  readonly clear: number | null
}

/** Share of `above` (of `below` its inverse) at which a thing is right again where no `clear` is stated. */
const CLEAR_SHARE = 0.9
const REPEAT_MS = DAY_MS

const usual: Readonly<Record<RuleKind, Usual>> = {
  'target-verdict': {
    severity: 'warning',
    forMs: 0,
    clearForMs: 2 * DAY_MS,
    above: null,
    clear: null,
  },
  'consumption-band': {
    severity: 'warning',
    forMs: 3 * HOUR_MS,
    clearForMs: 6 * HOUR_MS,
    above: 0.3,
    clear: 0.2,
  },
  'night-flow': { severity: 'warning', forMs: 0, clearForMs: 0, above: 0.2, clear: 0.1 },
  'base-load': { severity: 'warning', forMs: 0, clearForMs: DAY_MS, above: 0.2, clear: 0.1 },
  'peak-demand': { severity: 'critical', forMs: 0, clearForMs: 6 * HOUR_MS, above: 1, clear: 0.95 },
  'indicator-limit': { severity: 'warning', forMs: DAY_MS, clearForMs: DAY_MS, above: null, clear: null },
  'unmetered-remainder': {
    severity: 'warning',
    forMs: DAY_MS,
    clearForMs: DAY_MS,
    above: 0.05,
    clear: 0.045,
  },
  'meter-silent': { severity: 'warning', forMs: 15 * MINUTE_MS, clearForMs: 0, above: 3, clear: null },
  'meter-stuck': { severity: 'warning', forMs: 0, clearForMs: 0, above: 6, clear: null },
  'meter-resets': { severity: 'warning', forMs: 0, clearForMs: DAY_MS, above: 2, clear: 1 },
  'factor-missing': { severity: 'warning', forMs: 0, clearForMs: 0, above: null, clear: null },
  'spool-filling': {
    severity: 'critical',
    forMs: 10 * MINUTE_MS,
    clearForMs: HOUR_MS,
    above: null,
    clear: null,
  },
  'clock-off': { severity: 'warning', forMs: 3 * HOUR_MS, clearForMs: 3 * HOUR_MS, above: 10, clear: 5 },
}

/** The rules that are in force without an `alerts.yaml`. */
export const standardRules: readonly StatedRule[] = [
  { id: 'target-at-risk', kind: 'target-verdict', verdict: 'at-risk' },
  { id: 'target-off-track', kind: 'target-verdict', verdict: 'off-track' },
  { id: 'out-of-band', kind: 'consumption-band' },
  { id: 'leak', kind: 'night-flow' },
  { id: 'base-load', kind: 'base-load' },
  { id: 'peak-demand', kind: 'peak-demand' },
  { id: 'pue', kind: 'indicator-limit', indicator: 'pue', above: 1.6, clear: 1.55, over: 'day' },
  // Of heat the submeters are often those of hot water alone.
  {
    id: 'unmetered',
    kind: 'unmetered-remainder',
    of: { utilities: ['electricity', 'natural-gas', 'chilled-water', 'tap-water', 'reclaimed-water'] },
  },
  { id: 'silent', kind: 'meter-silent' },
  { id: 'stuck', kind: 'meter-stuck' },
  { id: 'resets', kind: 'meter-resets' },
  { id: 'factor-missing', kind: 'factor-missing' },
  { id: 'spool-filling', kind: 'spool-filling', below: 24, clear: 36 },
  { id: 'clock-off', kind: 'clock-off' },
]

/** The rules in force: those of the file, and of those that come with the program all that it does not switch off. */
export function rulesOf(file: Pick<AlertsFile, 'rules'>): Rule[] {
  const stated = new Map(file.rules.map((one) => [one.id, one]))
  const standard = standardRules.map((one) => overridden(one, stated.get(one.id)))
  const own = file.rules.filter(({ id }) => !standardRules.some((one) => one.id === id))
  return [...standard, ...own].filter(({ enabled }) => enabled !== false).map(ruleOf)
}

/** A threshold that is stated takes the place of all of them: the others would not fit it. */
function overridden(one: StatedRule, stated: StatedRule | undefined): StatedRule {
  if (stated?.above === undefined && stated?.below === undefined) return { ...one, ...stated }
  const { above, below, clear, ...rest } = one
  return { ...rest, ...stated }
}

/** The kind of a stated rule: its own, or that of the rule of the same id that comes with the program. */
export function kindOf(stated: StatedRule): RuleKind | undefined {
  return standardRules.find(({ id }) => id === stated.id)?.kind ?? stated.kind
}

function ruleOf(stated: StatedRule): Rule {
  const kind = kindOf(stated) as RuleKind
  const { severity, forMs, clearForMs, above, clear } = usual[kind]
  const limit = stated.above ?? (stated.below === undefined ? above : null)
  const below = stated.below ?? null
  const own = stated.above !== undefined || stated.below !== undefined
  return {
    id: stated.id,
    kind,
    severity: stated.severity ?? severity,
    forMs: stated.for ?? forMs,
    clearForMs: stated.clearFor ?? clearForMs,
    repeatMs: stated.repeat ?? REPEAT_MS,
    of: stated.of ?? {},
    above: limit,
    below,
    clear: stated.clear ?? (own || clear === null ? shareOf(limit, below) : clear),
    indicator: stated.indicator ?? null,
    over: stated.over ?? 'day',
    verdict: stated.verdict ?? 'at-risk',
    targets: stated.targets ?? null,
    withinMs: stated.within ?? 7 * DAY_MS,
  }
}

function shareOf(above: number | null, below: number | null): number {
  return above !== null ? above * CLEAR_SHARE : below !== null ? below / CLEAR_SHARE : 0
}

/** How a value stands to a rule's thresholds. */
export function against(value: number, { above, below, clear }: Rule): 'breach' | 'between' | 'clear' {
  if (above !== null && value > above) return 'breach'
  if (below !== null && value < below) return 'breach'
  if (above !== null && value > clear) return 'between'
  if (below !== null && value < clear) return 'between'
  return 'clear'
}
