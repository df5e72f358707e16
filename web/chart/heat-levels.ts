import { at } from '../scale.ts'

/** A cell of the map. `missing` should be there; `to-come` could not be yet. */
export interface HeatCell {
  readonly value: number | null
  readonly state: 'known' | 'partly' | 'missing' | 'to-come'
}

/** So many steps are told apart by eye; more would only look smooth. */
export const LEVELS = 9

export interface Extent {
  readonly low: number
  readonly high: number
}

/** Least and most of what is wholly known, else of what there is: an hour that has only begun is no low one. */
export function extentOf(rows: readonly (readonly HeatCell[])[]): Extent | undefined {
  const known = rows.flatMap((cells) => cells.filter(({ value }) => value !== null))
  const whole = known.filter(({ state }) => state === 'known')
  const values = (whole.length > 0 ? whole : known).map(({ value }) => value as number)
  if (values.length === 0) return undefined
  return { low: Math.min(...values), high: Math.max(...values) }
}

export function levelOf(value: number, { low, high }: Extent): number {
  if (high === low) return 0
  const level = Math.floor(((value - low) / (high - low)) * LEVELS)
  return Math.min(Math.max(level, 0), LEVELS - 1)
}

export interface Grid {
  readonly left: number
  readonly top: number
  readonly cellWidth: number
  readonly cellHeight: number
}

/** The outlines of all cells of one look: a path a look costs the page far less than an element a cell. */
export interface HeatPaths {
  readonly levels: readonly string[]
  readonly missing: string
  readonly partly: string
}

const GAP = 1

export function pathsOf(rows: readonly (readonly HeatCell[])[], extent: Extent, grid: Grid): HeatPaths {
  const levels: string[] = Array.from({ length: LEVELS }, () => '')
  let missing = ''
  let partly = ''
  rows.forEach((cells, row) => {
    cells.forEach(({ value, state }, column) => {
      const outline = outlineOf(grid, row, column)
      if (value !== null) levels[levelOf(value, extent)] += outline
      else if (state === 'missing') missing += outline
      if (state === 'partly') partly += cornerOf(grid, row, column)
    })
  })
  return { levels, missing, partly }
}

export function outlineOf({ left, top, cellWidth, cellHeight }: Grid, row: number, column: number): string {
  const [x, y] = [left + column * cellWidth, top + row * cellHeight]
  return `M${at(x)} ${at(y)}h${at(cellWidth - GAP)}v${at(cellHeight - GAP)}h${at(GAP - cellWidth)}z`
}

/** A cut corner: part of the hour is missing. */
function cornerOf({ left, top, cellWidth, cellHeight }: Grid, row: number, column: number): string {
  const size = Math.min(cellWidth, cellHeight) * 0.55
  return `M${at(left + column * cellWidth)} ${at(top + row * cellHeight)}h${at(size)}l${at(-size)} ${at(size)}z`
}
