import type { ConsumptionRow } from '../answers.ts'
import { getRows } from '../api.ts'
import { dateIn } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { useResource } from '../resource.ts'
import { Trouble } from '../trouble.tsx'
import { Known } from './known.tsx'
import { Line } from './line.tsx'
import { periodName } from './period.ts'
import { step } from './trail.ts'
import { useWords } from './words.ts'

interface Props {
  meter: string
  /** The year or month, or the day itself. */
  period: string
  path: string
  opened: ReadonlySet<string>
  open: (path: string) => void
  /** Undefined until it is known. */
  zone: string | undefined
  depth: number
}

/** A meter's months, and of each its days: as the meter counts, before any factor. A day leads to its readings. */
export function MeterSpans({ meter, period, path, opened, open, zone, depth }: Props) {
  const { format } = useLocale()
  const words = useWords()
  const grain = period.length === 4 ? 'month' : 'day'
  const spans = useResource(`${meter} ${period}`, (signal) => {
    const scope = encodeURIComponent(`meter:${meter}`)
    return getRows<ConsumptionRow>(`consumption?scope=${scope}&grain=${grain}&from=${period}`, signal)
  })
  if (spans.problem !== undefined) return <Trouble problem={spans.problem} retry={spans.refetch} />
  if (spans.value === undefined || zone === undefined) return <div class="skeleton line-skeleton" />
  const total = spans.value.reduce((sum, { value }) => sum + (value ?? 0), 0)
  return (
    <>
      <p class="line-caption" style={{ '--depth': String(Math.min(depth, 7)) }}>
        {grain === 'month' ? words.byMonth : words.byDay}
      </p>
      <ul>
        {spans.value.map((row) => {
          const label = labelOf(row, grain, zone)
          const name = periodName(label, format)
          const own = step(path, label)
          const isOpen = opened.has(own)
          return (
            <li key={row.start}>
              <Line
                path={own}
                name={name}
                value={row.value}
                unit={row.unit}
                reason={row.reason}
                share={row.value === null || total === 0 ? null : row.value / total}
                shareOf={periodName(period, format)}
                known={<Known {...row} />}
                depth={depth}
                open={grain === 'month' ? isOpen : undefined}
                toggle={() => open(own)}
                {...(grain === 'day' && { action: words.readings(name) })}
              />
              {grain === 'month' && isOpen && (
                <MeterSpans
                  meter={meter}
                  period={label}
                  path={own}
                  opened={opened}
                  open={open}
                  zone={zone}
                  depth={depth + 1}
                />
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

function labelOf({ start }: ConsumptionRow, grain: 'month' | 'day', zone: string): string {
  return dateIn(zone, new Date(start)).slice(0, grain === 'month' ? 7 : 10)
}
