import { at, linear, type Scale, ticks } from '../scale.ts'

/** A place along the chart: an hour, a month. What is null is not drawn. */
export interface Slot {
  readonly key: string
  readonly value: number | null
  /** Drawn behind the bar, to compare it with. */
  readonly before?: number | null
  readonly low?: number | null
  readonly high?: number | null
  /** What is usual, or what a path allows: a dashed line. */
  readonly mark?: number | null
}

export interface SlotLayout {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly slot: number
  readonly y: Scale
  readonly ticks: readonly number[]
}

const TOP = 22
const BOTTOM = 24
const RIGHT = 6
const CHARACTER = 6.4

/** Where everything stands; figures begin at zero, so that lengths can be compared. */
export function layOut(
  slots: readonly Slot[],
  width: number,
  height: number,
  write: (value: number) => string,
): SlotLayout {
  const all = slots.flatMap(({ value, before, low, high, mark }) =>
    [value, before, low, high, mark].flatMap((one) => one ?? []),
  )
  const extent: [number, number] = [Math.min(0, ...all), Math.max(0, ...all) * 1.05 || 1]
  const marks = ticks(extent, height < 220 ? 3 : 5)
  const left = 12 + CHARACTER * Math.max(2, ...marks.map((one) => write(one).length))
  const right = width - RIGHT
  const bottom = height - BOTTOM
  return {
    width,
    height,
    left,
    right,
    top: TOP,
    bottom,
    slot: (right - left) / Math.max(slots.length, 1),
    y: linear(extent, [bottom, TOP]),
    ticks: marks,
  }
}

/** Which slot a place lies in. */
export function slotAt({ left, slot }: SlotLayout, x: number, count: number): number | undefined {
  const index = Math.floor((x - left) / slot)
  return index >= 0 && index < count ? index : undefined
}

/** A line that holds over each slot and is torn where nothing is known. */
export function stepsOf(
  slots: readonly Slot[],
  layout: SlotLayout,
  of: (slot: Slot) => number | null | undefined,
): string {
  return runsOf(slots, of)
    .map(({ from, values }) => `M${path(pointsOf(layout, from, values))}`)
    .join('')
}

/** The area between two such lines. */
export function bandOf(slots: readonly Slot[], layout: SlotLayout): string {
  const both = (slot: Slot) => (slot.low == null || slot.high == null ? null : slot.high)
  return runsOf(slots, both)
    .map(({ from, values }) => {
      const lows = slots.slice(from, from + values.length).map(({ low }) => low as number)
      const back = pointsOf(layout, from, lows).reverse()
      const along = pointsOf(layout, from, values)
      return `M${path([...along, ...back])}Z`
    })
    .join('')
}

function runsOf(
  slots: readonly Slot[],
  of: (slot: Slot) => number | null | undefined,
): { from: number; values: number[] }[] {
  const runs: { from: number; values: number[] }[] = []
  slots.forEach((slot, i) => {
    const value = of(slot)
    const run = runs.at(-1)
    if (value === null || value === undefined) return
    if (run !== undefined && run.from + run.values.length === i) run.values.push(value)
    else runs.push({ from: i, values: [value] })
  })
  return runs
}

function pointsOf(layout: SlotLayout, from: number, values: readonly number[]): [number, number][] {
  const { left, slot, y } = layout
  return values.flatMap((value, i): [number, number][] => [
    [left + slot * (from + i), y(value)],
    [left + slot * (from + i + 1), y(value)],
  ])
}

function path(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y]) => `${at(x)} ${at(y)}`).join('L')
}
