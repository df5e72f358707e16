import type { Entry } from './entry.ts'
import { type EntryQuantity, entryQuantities } from './entry-quantities.ts'

/** What is entered for a scope, quantity, kind and period: the sum over items, in one unit. */
export interface Figure {
  readonly scope: string
  readonly quantity: string
  readonly kind: string
  readonly period: string
  readonly unit: string
  readonly value: number
  /** How far rounding may have moved it: half a unit in the last decimal of each number as it was stated. */
  readonly slack: number
  /** Ids of its entries. */
  readonly entries: readonly string[]
}

/** Something that does not fit together. It refuses nothing: the figures stand as they were entered. */
export interface ConsistencyWarning {
  readonly code:
    | 'parts-differ'
    | 'kinds-differ'
    | 'months-differ'
    | 'sites-differ'
    | 'year-jump'
    | 'magnitude'
  readonly scope: string
  readonly quantity: string
  readonly kind: string
  readonly period: string
  readonly unit: string
  /** What the figure would be by the others, in `unit`. */
  readonly expected: number
  /** What was entered, in `unit`. */
  readonly found: number
  /** What is wrong and what to look at, in a sentence. */
  readonly message: string
  /** Ids of all entries that it is about. */
  readonly entries: readonly string[]
}

/** What differs by less than this share of the figure does not differ: 0.005 %. */
const LEAST_SHARE = 0.00005

/**
 * The entries in force as figures. Those that are events, such as refills, are left out: they are no parts of
 * a total, and one year's say nothing of the next.
 */
export class Figures {
  readonly #byPlace = new Map<string, Figure>()

  constructor(inForce: readonly Entry[]) {
    const byPlace = new Map<string, Entry[]>()
    for (const entry of inForce) {
      if (entry.value === null || quantityOf(entry)?.tally !== undefined) continue
      const key = place(entry.scope, entry.quantity, entry.kind, entry.period)
      const there = byPlace.get(key) ?? []
      byPlace.set(key, there)
      there.push(entry)
    }
    for (const [key, entries] of byPlace) {
      const figure = figureOf(entries)
      if (figure !== undefined) this.#byPlace.set(key, figure)
    }
  }

  all(): Iterable<Figure> {
    return this.#byPlace.values()
  }

  find(scope: string, quantity: string, kind: string, period: string): Figure | undefined {
    return this.#byPlace.get(place(scope, quantity, kind, period))
  }
}

/** The total of several figures of one unit; undefined where there are none, or their units differ. */
export function sumOf(figures: readonly Figure[]): Pick<Figure, 'value' | 'slack' | 'entries'> | undefined {
  if (figures.length === 0 || figures.some(({ unit }) => unit !== figures[0]?.unit)) return undefined
  return {
    value: figures.reduce((sum, { value }) => sum + value, 0),
    slack: figures.reduce((sum, { slack }) => sum + slack, 0),
    entries: figures.flatMap(({ entries }) => entries),
  }
}

/** How far a figure may lie from what it is compared with: what rounding explains, at least 0.005 %. */
export function toleranceOf(figure: Figure, { slack }: { readonly slack: number }): number {
  return Math.max(figure.slack + slack, Math.abs(figure.value) * LEAST_SHARE)
}

/** `2,023.5 MWh`, for messages. */
export function written(value: number, unit: string): string {
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 6 })} ${unit}`
}

/** `waste-hazardous (batteries)`, for messages. */
export function named({ quantity, kind }: Pick<Figure, 'quantity' | 'kind'>): string {
  return kind === '' ? quantity : `${quantity} (${kind})`
}

/** The warning about a figure beside what others come to. */
export function warningOf(
  code: ConsistencyWarning['code'],
  figure: Figure,
  expected: { readonly value: number; readonly entries: readonly string[] },
  message: string,
): ConsistencyWarning {
  const { scope, quantity, kind, period, unit, value: found } = figure
  return {
    code,
    scope,
    quantity,
    kind,
    period,
    unit,
    expected: expected.value,
    found,
    message,
    entries: [...figure.entries, ...expected.entries],
  }
}

/** In the quantity's first unit where all convert, else in the one that all have; undefined where there is none. */
function figureOf(entries: readonly Entry[]): Figure | undefined {
  const [first] = entries as [Entry]
  const { scope, quantity, kind, period } = first
  const units = quantityOf(first)?.units ?? {}
  const convert = entries.every(({ unit }) => units[unit] != null)
  if (!convert && entries.some(({ unit }) => unit !== first.unit)) return undefined
  const factorOf = ({ unit }: Entry) => (convert ? (units[unit] as number) : 1)
  return {
    scope,
    quantity,
    kind,
    period,
    unit: convert ? (Object.keys(units)[0] as string) : first.unit,
    value: entries.reduce((sum, entry) => sum + (entry.value as number) * factorOf(entry), 0),
    slack: entries.reduce((sum, entry) => sum + slackOf(entry) * factorOf(entry), 0),
    entries: entries.map(({ id }) => id),
  }
}

/** People are counted, not rounded. */
function slackOf({ value, unit }: Entry): number {
  if (unit === 'person' && Number.isInteger(value)) return 0
  const [, decimals = '', exponent = '0'] = /^[^.e]*(?:\.(\d+))?(?:e(.+))?$/.exec(String(value)) ?? []
  return 0.5 * 10 ** (Number(exponent) - decimals.length)
}

function quantityOf({ quantity }: Entry): EntryQuantity | undefined {
  return Object.hasOwn(entryQuantities, quantity) ? entryQuantities[quantity] : undefined
}

function place(scope: string, quantity: string, kind: string, period: string): string {
  return JSON.stringify([scope, quantity, kind, period])
}
