import type { TargetRow } from './answers.ts'
import { digitsApart } from './format.ts'
import { useLocale } from './i18n.ts'
import { at, extent, linear } from './scale.ts'

const WIDTH = 288
const HEIGHT = 116
const LEFT = 8
const RIGHT = 46
const TOP = 16
const BOTTOM = 22

interface Point {
  year: number
  value: number
}

/**
 * The straight path from baseline to limit, the complete years beside it, and where this year is
 * heading. A running year's figure so far is no point of it: it would always look like a success.
 */
export function TargetPath({ target, name }: { target: TargetRow; name: string }) {
  const { text, format } = useLocale()
  const { limit, by, projected, unit, year } = target
  const path = pathOf(target)
  const actual = target.path.flatMap((p): Point[] =>
    p.actual === null || p.partial ? [] : [{ year: p.year, value: p.actual }],
  )
  const complete = actual.some((p) => p.year === year)
  const heading = projected !== null && !complete ? { year, value: projected } : undefined
  const all = [...path, ...actual, ...(heading === undefined ? [] : [heading])]
  if (path.length < 2) return <div class="plot" />

  const x = linear(
    extent(
      all.map((p) => p.year),
      0,
    ),
    [LEFT + 6, WIDTH - RIGHT],
  )
  const y = linear(
    extent(
      all.map((p) => p.value),
      0.08,
    ),
    [HEIGHT - BOTTOM, TOP],
  )
  const line = (points: readonly Point[]) => points.map((p) => `${at(x(p.year))},${at(y(p.value))}`).join(' ')
  const last = actual.at(-1)
  const first = path[0] as Point
  const end = path.at(-1) as Point
  const digits = limit === null ? undefined : digitsApart(first.value, end.value, unit)
  const said = [
    ...actual.map((p) => `${p.year}: ${format.amount(p.value, unit)}`),
    ...(heading === undefined ? [] : [`${text.projectedFor(year)}: ${format.amount(heading.value, unit)}`]),
    ...(limit === null ? [] : [`${text.limit} ${by ?? year}: ${format.amount(limit, unit)}`]),
  ]
  const ground = at(HEIGHT - BOTTOM + 4)
  return (
    <svg
      class="plot"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${text.pathChart(name)}. ${said.join('; ')}`}
    >
      <polygon
        class="allowed"
        points={`${line(path)} ${at(x(end.year))},${ground} ${at(x(first.year))},${ground}`}
      />
      <line class="axis" x1={LEFT} x2={WIDTH - RIGHT + 6} y1={ground} y2={ground} />
      <polyline class="path" points={line(path)} />
      <text class="note" x={at(x(first.year) - 4)} y={at(y(first.value) - 8)}>
        {format.figure(first.value, unit, digits)}
      </text>
      <line
        class="limit-mark"
        x1={at(x(end.year) - 5)}
        x2={at(x(end.year) + 7)}
        y1={at(y(end.value))}
        y2={at(y(end.value))}
      />
      <text class="note strong" x={at(x(end.year) + 10)} y={at(y(end.value) + 4)}>
        {format.figure(end.value, unit, digits)}
      </text>
      {last !== undefined && heading !== undefined && last.year === year - 1 && (
        <polyline class="heading" points={line([last, heading])} />
      )}
      {runsOf(actual).map((run) => (
        <polyline key={run[0]?.year} class="actual" points={line(run)} />
      ))}
      <circle class="baseline-point" cx={at(x(first.year))} cy={at(y(first.value))} r="3" />
      {actual.map((p) => (
        <circle key={p.year} class="actual-point" cx={at(x(p.year))} cy={at(y(p.value))} r="3" />
      ))}
      {heading !== undefined && (
        <path
          class="projected-point"
          d={`M${at(x(year))} ${at(y(heading.value) - 5.5)}l5.500 5.500-5.500 5.500-5.500-5.500z`}
        />
      )}
      {yearTicks(first.year, year, end.year).map((tick) => (
        <text key={tick} class="tick" x={at(x(tick))} y={HEIGHT - 4} text-anchor="middle">
          {tick}
        </text>
      ))}
    </svg>
  )
}

function pathOf({ path, baseline, baselineOf, limit, by }: TargetRow): Point[] {
  const points = path.map((p) => ({ year: p.year, value: p.pathValue }))
  if (baseline && baselineOf && !points.some((p) => p.year <= baselineOf.year)) {
    points.unshift({ year: baselineOf.year, value: baseline })
  }
  if (limit !== null && by !== null && !points.some((p) => p.year >= by)) {
    points.push({ year: by, value: limit })
  }
  return points
}

/** Years that follow each other; nothing is drawn across a year without a figure. */
function runsOf(points: readonly Point[]): Point[][] {
  const runs: Point[][] = []
  for (const point of points) {
    const run = runs.at(-1)
    if (run?.at(-1)?.year === point.year - 1) run.push(point)
    else runs.push([point])
  }
  return runs
}

/** The years that are written: both ends, and the running one where there is room for it. */
function yearTicks(first: number, year: number, end: number): number[] {
  const room = Math.max(1, (end - first) / 6)
  const within = year - first >= room && end - year >= room
  return within ? [first, year, end] : [first, end]
}
