import type { NightFlowRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { at, linear } from '../scale.ts'

const WIDTH = 320
const HEIGHT = 72
const TOP = 8
const BOTTOM = 62

/** Night by night from zero up; a night that is not known leaves a gap. */
export function FlowLine({ rows }: { rows: readonly NightFlowRow[] }) {
  const { text, format } = useLocale()
  const values = rows.flatMap((row) => row.value ?? [])
  const most = Math.max(...values)
  const x = linear([0, Math.max(rows.length - 1, 1)], [6, WIDTH - 6])
  const y = linear([0, most || 1], [BOTTOM, TOP])
  let pen = 'M'
  let line = ''
  rows.forEach((row, i) => {
    if (row.value === null) pen = 'M'
    else {
      line += `${pen}${at(x(i))} ${at(y(row.value))}`
      pen = 'L'
    }
  })
  const last = rows.findLastIndex((row) => row.value !== null)
  const amount = (value: number) => format.amount(value, 'm3/h')
  return (
    <svg
      class="flow-line"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={text.balance.nightChart(amount(Math.min(...values)), amount(most))}
    >
      <line class="zero" x1="0" x2={WIDTH} y1={BOTTOM} y2={BOTTOM} />
      <path d={line} />
      <circle cx={at(x(last))} cy={at(y(rows[last]?.value ?? 0))} r="3.5" />
    </svg>
  )
}
