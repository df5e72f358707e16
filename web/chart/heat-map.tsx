import type { ComponentChildren } from 'preact'
import { useMemo, useRef, useState } from 'preact/hooks'
import { useWidth } from '../inspect/width.ts'
import { at } from '../scale.ts'
import { extentOf, type Grid, type HeatCell, LEVELS, outlineOf, pathsOf } from './heat-levels.ts'

export interface HeatRow {
  readonly key: string
  readonly label: string
  readonly cells: readonly HeatCell[]
}

interface Props {
  rows: readonly HeatRow[]
  columns: readonly string[]
  /** Every so many columns are named. */
  nameEvery: number
  chosen: string
  choose: (row: string) => void
  label: string
  tip: (row: number, column: number) => ComponentChildren
  /** What the ends of the scale and the hatching are called. */
  legend: (ends: { low: number; high: number }) => ComponentChildren
}

interface Place {
  readonly row: number
  readonly column: number
}

const HEAD = 20
const LABELS = 62
const NARROW = 420

/** Values as shades, row by row. What is missing is hatched: it never has the shade of a small value. */
export function HeatMap({ rows, columns, nameEvery, chosen, choose, label, tip, legend }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const width = useWidth(host)
  const [place, setPlace] = useState<Place>()
  // Keys come faster than the page is drawn.
  const latest = useRef<Place | undefined>(undefined)
  const point = (next: Place | undefined) => {
    latest.current = next
    setPlace(next)
  }
  const cellHeight = width < NARROW ? 13 : 15
  const height = HEAD + rows.length * cellHeight
  const left = width < NARROW ? LABELS - 10 : LABELS
  const grid: Grid = { left, top: HEAD, cellWidth: (width - left) / columns.length, cellHeight }
  const cells = useMemo(() => rows.map((row) => row.cells), [rows])
  const extent = useMemo(() => extentOf(cells), [cells])
  const paths = useMemo(
    () =>
      extent === undefined || width === 0
        ? undefined
        : pathsOf(cells, extent, { left, top: HEAD, cellWidth: grid.cellWidth, cellHeight }),
    [cells, extent, width, left, grid.cellWidth, cellHeight],
  )
  const chosenRow = rows.findIndex(({ key }) => key === chosen)

  function placeAt(event: MouseEvent): Place | undefined {
    const box = host.current?.getBoundingClientRect()
    if (box === undefined) return undefined
    const row = Math.floor((event.clientY - box.top - HEAD) / cellHeight)
    const column = Math.floor((event.clientX - box.left - left) / grid.cellWidth)
    if (row < 0 || row >= rows.length || column >= columns.length) return undefined
    return { row, column: Math.max(column, 0) }
  }

  function onKey(event: KeyboardEvent) {
    const here = latest.current ?? { row: Math.max(chosenRow, 0), column: 0 }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      const row = rows[here.row]
      if (row !== undefined) choose(row.key)
      return
    }
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key]
    if (step === undefined) return
    event.preventDefault()
    if (latest.current === undefined) return point(here)
    point({
      row: clamp(here.row + (step[0] as number), rows.length),
      column: clamp(here.column + (step[1] as number), columns.length),
    })
  }

  return (
    <div class="heat-map">
      <div
        ref={host}
        class="canvas"
        style={{ height: `${height}px` }}
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go from cell to cell
        tabIndex={0}
        aria-label={label}
        onKeyDown={onKey}
        onBlur={() => point(undefined)}
        onPointerMove={(event) => point(placeAt(event))}
        onPointerLeave={() => point(undefined)}
        onClick={(event) => {
          const row = rows[placeAt(event)?.row ?? -1]
          if (row !== undefined) choose(row.key)
        }}
      >
        {paths !== undefined && (
          <svg width={width} height={height} aria-hidden="true" focusable="false">
            {columns.map(
              (name, i) =>
                i % nameEvery === 0 && (
                  <text key={name} class="place" x={at(left + (i + 0.5) * grid.cellWidth)} y={12}>
                    {name}
                  </text>
                ),
            )}
            {rows.map((row, i) => (
              <text
                key={row.key}
                class={i === chosenRow ? 'row-name chosen' : 'row-name'}
                x={left - 6}
                y={at(HEAD + (i + 0.5) * cellHeight + 3.5)}
              >
                {row.label}
              </text>
            ))}
            {paths.levels.map((d, level) => (
              <path key={level} class={`level l${level}`} d={d} />
            ))}
            <path class="missing" d={paths.missing} fill="url(#fill-missing)" />
            <path class="partly" d={paths.partly} />
            {chosenRow >= 0 && (
              <rect
                class="chosen-row"
                x={left - 1.5}
                width={at(width - left + 1)}
                y={HEAD + chosenRow * cellHeight - 1.5}
                height={cellHeight + 2}
              />
            )}
            {place !== undefined && <path class="pointed" d={outlineOf(grid, place.row, place.column)} />}
          </svg>
        )}
      </div>
      {place !== undefined && (
        <div
          class="day-tip"
          role="status"
          style={{
            '--left': `${left + (place.column + 0.5) * grid.cellWidth}px`,
            '--top': `${HEAD + (place.row + 1) * cellHeight + 8}px`,
          }}
        >
          {tip(place.row, place.column)}
        </div>
      )}
      {extent !== undefined && (
        <p class="legend heat-legend">
          <span>
            {Array.from({ length: LEVELS }, (_, level) => (
              <i key={level} class={`shade l${level}`} />
            ))}
          </span>
          {legend(extent)}
        </p>
      )}
    </div>
  )
}

function clamp(index: number, count: number): number {
  return Math.min(Math.max(index, 0), count - 1)
}
