import type { Amount } from '../core/amount.ts'
import { entryPeriod } from '../core/entry-period.ts'
import type { Denominator } from '../core/indicator.ts'
import type { Scope } from '../core/organisation-index.ts'
import type { Plan } from '../core/plan.ts'
import { quantityName } from '../core/quantity-names.ts'
import { estimatedShare, type LocalPeriod, qualityOf } from '../core/usage.ts'
import { rfc3339 } from './context.ts'
import type { LineageNode } from './lineage-schema.ts'
import { bothNames, namesOfScope } from './names.ts'
import { Problem } from './problems.ts'
import { type Statement, statementsOf } from './statements.ts'

/** Between the steps of a path; no id has one. */
const STEP = ','

/** A side of a figure: the tree above or below the line. */
export interface Side {
  readonly root: 'numerator' | 'denominator'
  readonly amount: Amount
  readonly plan: Plan
  readonly scope: Scope
  /** What it states, where it is a denominator that organisation.yaml can state. */
  readonly kind?: Denominator | undefined
}

interface Step {
  readonly amount: Amount
  readonly path: string
  /** The scope that it is of. */
  readonly scope: Scope
  readonly above?: Amount
}

/** The tree of a side, so many levels deep. */
export function treeOf(side: Side, depth: number): LineageNode {
  return nodeOf(rootOf(side), depth, side)
}

/** The branch at a path such as `numerator,site:park,energy-indirect`, or a 400 with the ways that there are. */
export function branchAt(path: string, sides: readonly Side[], depth: number): LineageNode {
  const [root, ...steps] = path.split(STEP)
  const side = sides.find((one) => one.root === root)
  if (side === undefined) {
    const roots = sides.map((one) => one.root)
    throw Problem.badField('node', `"${path}" begins with no side of the figure.`, roots)
  }
  let at = rootOf(side)
  for (const step of steps) {
    const parts = partsOf(at, side)
    const next = parts.find((part) => part.path === `${at.path}${STEP}${step}`)
    if (next === undefined) {
      throw Problem.badField(
        'node',
        `"${at.path}" has no part "${step}".`,
        parts.map((part) => part.path),
      )
    }
    at = next
  }
  return nodeOf(at, depth, side)
}

function rootOf({ amount, root, scope }: Side): Step {
  return { amount, path: root, scope }
}

/** The parts that matter to a sum; two that would have the same name are numbered. */
function partsOf({ amount, path, scope }: Step, { plan }: Side): Step[] {
  const taken = new Map<string, number>()
  return amount.parts.filter(matters).map((part) => {
    const name = part.of !== 'entry' && part.period !== amount.period ? part.period : part.id
    const nth = (taken.get(name) ?? 0) + 1
    taken.set(name, nth)
    return {
      amount: part,
      path: `${path}${STEP}${nth === 1 ? name : `${name}~${nth}`}`,
      scope: part.of === 'scope' ? (plan.scope(part.id) ?? scope) : scope,
      above: amount,
    }
  })
}

function matters({ state }: Amount): boolean {
  return state === 'known' || state === 'unknown'
}

function nodeOf(step: Step, depth: number, side: Side): LineageNode {
  const { amount, path, above } = step
  const { of, id, period, unit, value, state, coverage, flags, partial, reason, notes, factors, raw } = amount
  const weight = amount.weight ?? 1
  const parts = partsOf(step, side)
  const entry = of === 'entry' ? entryOf(id, side.plan) : undefined
  const statements = parts.length === 0 && entry === undefined ? stated(step, side) : []
  return {
    of,
    id,
    name: nameOf(amount, side),
    node: path,
    period,
    unit,
    value,
    state,
    weight,
    share: above === undefined || value === null || !above.value ? null : (weight * value) / above.value,
    coverage,
    estimated: estimatedShare(value, amount.estimated),
    quality: side.kind !== undefined && flags === 0 ? null : qualityOf(flags, coverage, partial),
    ...(partial && { partial: true as const }),
    ...(reason !== undefined && { reason }),
    notes: [...notes],
    factors: [...factors],
    ...(raw !== undefined && { raw }),
    ...(entry !== undefined && { entry }),
    ...(statements.length > 0 && { statements }),
    ...(of === 'meter' && parts.length === 0 && { links: linksOf(id, period) }),
    partCount: parts.length,
    left: amount.parts.length - parts.length,
    parts: depth > 0 ? parts.map((part) => nodeOf(part, depth - 1, side)) : [],
  }
}

function nameOf({ of, id }: Amount, { plan }: Side): LineageNode['name'] {
  const { organisation } = plan
  if (of === 'quantity') return quantityName(id) ?? null
  if (of === 'meter') {
    const meter = organisation.meters.get(id)?.meter
    return meter === undefined ? null : bothNames(meter)
  }
  if (of === 'entry') {
    const quantity = plan.entries.entry(id)?.quantity
    return (quantity !== undefined && quantityName(quantity)) || null
  }
  const scope = of === 'period' ? undefined : organisation.scope(id)
  return scope === undefined ? null : namesOfScope(scope)
}

function entryOf(id: string, { entries }: Plan): LineageNode['entry'] {
  const entry = entries.entry(id)
  if (entry === undefined) return undefined
  const { saving, ...said } = entry
  return { ...said, enteredAt: rfc3339(entry.enteredAt) }
}

function stated({ amount, scope }: Step, { kind }: Side): Statement[] {
  const period = entryPeriod(amount.period)
  return kind === undefined || period === undefined ? [] : statementsOf(kind, scope, period)
}

const FINER = { year: 'month', month: 'day', day: 'hour' } as const

function linksOf(meter: string, label: string): NonNullable<LineageNode['links']> {
  const { grain } = entryPeriod(label) as LocalPeriod
  const id = encodeURIComponent(meter)
  return {
    consumption: `/api/v1/consumption?scope=meter:${id}&grain=${FINER[grain]}&from=${label}`,
    readings: `/api/v1/readings?meter=${id}&from=${label}`,
  }
}
