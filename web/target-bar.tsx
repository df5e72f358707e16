import type { TargetRow } from './answers.ts'
import { useLocale } from './i18n.ts'
import { at, linear } from './scale.ts'
import { wantsMore } from './target-kind.ts'

const WIDTH = 288
const HEIGHT = 116
const LEFT = 38
const RIGHT = 58
const PAST_YEARS = 2

/** A ceiling or a floor: the last complete years and this one as bars against the limit's mark. */
export function TargetBar({ target, name }: { target: TargetRow; name: string }) {
  const { text, format } = useLocale()
  const { kind, limit, unit, year, actual, projected } = target
  const past = target.path
    .flatMap((p) =>
      p.actual === null || p.partial || p.year >= year ? [] : [{ year: p.year, value: p.actual }],
    )
    .slice(-PAST_YEARS)
  const value = projected ?? actual
  const values = [limit ?? 0, value ?? 0, ...past.map((p) => p.value)]
  const most = Math.max(...values) * 1.08 || 1
  const x = linear([0, most], [LEFT, WIDTH - RIGHT])
  // Of a sum that grows through the year, what is used already stands apart from what is to come.
  const used =
    (kind === 'ceiling' || kind === 'cumulative') && actual !== null && value !== null && actual < value
      ? actual
      : value
  const rows = [...past.map((p) => ({ ...p, tall: 12, now: false }))]
  const mark = wantsMore(target) ? text.floor : text.limit
  const top = 26 + (PAST_YEARS - past.length) * 10
  const nowY = top + rows.length * 22
  const said = [
    ...past.map((p) => `${p.year}: ${format.amount(p.value, unit)}`),
    ...(value === null ? [] : [`${year}: ${format.amount(value, unit)}`]),
    ...(limit === null ? [] : [`${mark}: ${format.amount(limit, unit)}`]),
  ]
  return (
    <svg
      class="plot"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${text.barChart(name)}. ${said.join('; ')}`}
    >
      {limit !== null && (
        <rect
          class="allowed"
          x={at(wantsMore(target) ? x(limit) : LEFT)}
          width={at(wantsMore(target) ? WIDTH - RIGHT - x(limit) : x(limit) - LEFT)}
          y={top - 5}
          height={nowY + 29 - top}
        />
      )}
      {rows.map((row, i) => (
        <g key={row.year}>
          <text class="tick" x={LEFT - 7} y={top + i * 22 + 10} text-anchor="end">
            {row.year}
          </text>
          <rect
            class="past"
            x={LEFT}
            y={top + i * 22}
            width={at(x(row.value) - LEFT)}
            height={row.tall}
            rx="2"
          />
          <text class="note" x={WIDTH - 2} y={top + i * 22 + 10} text-anchor="end">
            {format.figure(row.value, unit)}
          </text>
        </g>
      ))}
      <text class="tick strong" x={LEFT - 7} y={nowY + 14} text-anchor="end">
        {year}
      </text>
      {value !== null && used !== value && (
        <rect class="to-come" x={LEFT} y={nowY} width={at(x(value) - LEFT)} height="20" rx="2" />
      )}
      {used !== null && <rect class="used" x={LEFT} y={nowY} width={at(x(used) - LEFT)} height="20" rx="2" />}
      {value !== null && (
        <text class="note strong" x={WIDTH - 2} y={nowY + 14} text-anchor="end">
          {format.figure(value, unit)}
        </text>
      )}
      {limit !== null && (
        <>
          <line class="limit-mark" x1={at(x(limit))} x2={at(x(limit))} y1={top - 8} y2={nowY + 26} />
          <text class="note limit-note" x={at(x(limit))} y={top - 13} text-anchor="middle">
            {mark} {format.figure(limit, unit)}
          </text>
        </>
      )}
    </svg>
  )
}
