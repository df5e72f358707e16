import { useLocale } from '../i18n.ts'

export interface Series {
  readonly name: string
  readonly values: readonly (number | null)[]
}

interface Props {
  title: string
  unit: string
  /** Years or months. */
  labels: readonly string[]
  /** At most three: middle, dark, light, so that they are told apart in grey. */
  series: readonly Series[]
  stacked?: boolean
  /** Its frame only, as high as it will be: nothing is known yet. */
  waiting?: boolean
}

const WIDTH = 440
const HEIGHT = 232
const LEFT = 56
const RIGHT = 8
const TOP = 20
const BOTTOM = 24

/** A few bars, as a drawing that is as sharp on paper. What is missing has no bar but a dash. */
export function BarChart({ title, unit, labels, series, stacked = false, waiting = false }: Props) {
  const { format } = useLocale()
  const sums = labels.map((_, i) =>
    stacked
      ? series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0)
      : Math.max(...series.map(({ values }) => values[i] ?? 0)),
  )
  const { top, step } = scaleOf(Math.max(...sums))
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM)
  const slot = (WIDTH - LEFT - RIGHT) / labels.length
  const group = Math.min(slot * (stacked ? 0.72 : 0.92), stacked ? 64 : 42 * series.length)
  const bar = stacked ? group : group / series.length
  const few = labels.length * (stacked ? 1 : series.length) <= 9
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, n) => n * step)
  const said = labels.map((label, i) => {
    const parts = series.map(({ name, values }) => {
      const value = values[i] ?? null
      return `${name} ${value === null ? '—' : format.amount(value, unit)}`
    })
    return `${label}: ${parts.join(', ')}`
  })
  return (
    <figure class="bar-chart" aria-busy={waiting}>
      <figcaption>
        <b>{title}</b> <span>{format.unit(unit)}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}. ${said.join('; ')}`}>
        {(waiting ? [] : ticks).map((tick) => (
          <g key={tick} class="tick">
            <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text x={LEFT - 6} y={y(tick) + 4}>
              {format.number(tick, step < 1 ? 2 : 0)}
            </text>
          </g>
        ))}
        {(waiting ? [] : labels).map((label, i) => {
          const middle = LEFT + slot * (i + 0.5)
          let below = 0
          return (
            <g key={label}>
              {series.map(({ name, values }, n) => {
                const value = values[i] ?? null
                const x = middle - group / 2 + (stacked ? 0 : n * bar)
                if (value === null) {
                  return stacked ? null : (
                    <text key={name} class="lacking" x={x + bar / 2} y={y(0) - 4}>
                      —
                    </text>
                  )
                }
                const from = stacked ? below : 0
                below += value
                return (
                  <g key={name}>
                    <rect
                      class={`tone-${n}`}
                      x={x + 0.5}
                      width={Math.max(1, bar - 1)}
                      y={y(from + value)}
                      height={Math.max(0, y(from) - y(from + value))}
                    />
                    {few && !stacked && (
                      <text class="amount" x={x + bar / 2} y={y(value) - 4}>
                        {format.number(value, digitsBeside(value))}
                      </text>
                    )}
                  </g>
                )
              })}
              {few && stacked && below > 0 && (
                <text class="amount" x={middle} y={y(below) - 4}>
                  {format.number(below, digitsBeside(below))}
                </text>
              )}
              {stacked && series.every(({ values }) => values[i] == null) && (
                <text class="lacking" x={middle} y={y(0) - 4}>
                  —
                </text>
              )}
              <text class="label" x={middle} y={HEIGHT - 7}>
                {label}
              </text>
            </g>
          )
        })}
      </svg>
      {series.length > 1 && (
        <ul class="chart-legend">
          {series.map(({ name }, n) => (
            <li key={name}>
              <i class={`tone-${n}`} />
              {name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  )
}

function digitsBeside(value: number): number {
  return value >= 100 ? 0 : value >= 1 ? 1 : 3
}

/** A round end of the scale, in three to six steps. */
function scaleOf(most: number): { readonly top: number; readonly step: number } {
  if (!(most > 0)) return { top: 1, step: 0.5 }
  const rough = most / 4
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = size * ([1, 2, 2.5, 5, 10].find((one) => one * size >= rough) ?? 10)
  return { top: Math.ceil((most * 1.02) / step) * step, step }
}
