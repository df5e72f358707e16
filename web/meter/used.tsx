import type { ConsumptionRow, MeterRow } from '../answers.ts'
import { get } from '../api.ts'
import { todayIn } from '../days.ts'
import { FigureLink } from '../figure-link.tsx'
import { Glyph } from '../glyphs.tsx'
import { useLocale } from '../i18n.ts'
import { useTouched } from '../live.ts'
import { shownQuality } from '../quality.ts'
import { useResource } from '../resource.ts'
import { touches } from '../touched.ts'
import { Trouble } from '../trouble.tsx'
import { useWords } from './words.ts'

interface Props {
  meter: MeterRow
  zone: string
  now: number
}

/** What it used this month and this year, and how much of that is known. */
export function Used({ meter, zone, now }: Props) {
  const { format } = useLocale()
  const words = useWords()
  const today = todayIn(zone, new Date(now))
  const [year, month] = [today.slice(0, 4), today.slice(0, 7)]
  const used = useResource(`used ${meter.id} ${month}`, async (signal) => {
    const scope = encodeURIComponent(`meter:${meter.id}`)
    const of = async (grain: 'month' | 'year', from: string) => {
      const path = `consumption?scope=${scope}&grain=${grain}&from=${from}`
      return (await get<{ rows: ConsumptionRow[] }>(path, signal)).rows[0]
    }
    const [ofMonth, ofYear] = await Promise.all([of('month', month), of('year', year)])
    return { ofMonth, ofYear }
  })
  useTouched((touched) => (touches(touched, [meter.site]) ? used.refetch() : undefined))
  const sensor = meter.role === 'sensor'
  const spans = [
    { row: used.value?.ofMonth, label: words.month(format.month(today)), period: month },
    { row: used.value?.ofYear, label: words.year(Number(year)), period: year },
  ]
  if (used.problem !== undefined) return <Trouble problem={used.problem} retry={used.refetch} />
  return (
    <>
      {spans.map(({ row, label, period }) => (
        <div key={period} class="standing">
          <Amount meter={meter} row={row} period={period} />
          <p class="against">
            <span>{sensor ? words.meanOf(label) : label}</span>
          </p>
          <p class="against">{row === undefined ? '\u00a0' : <Known row={row} />}</p>
        </div>
      ))}
    </>
  )
}

/** The amount; where there is a figure of it, it leads to what it is made of. */
function Amount({
  meter,
  row,
  period,
}: {
  meter: MeterRow
  row: ConsumptionRow | undefined
  period: string
}) {
  const { text, format } = useLocale()
  if (row === undefined) {
    return (
      <p class="figure">
        <span class="value skeleton-text" />
      </p>
    )
  }
  const indicator = figures[meter.utility]
  const shown = (
    <data value={row.value ?? ''}>
      <span class="value">{row.value === null ? '—' : format.figure(row.value, row.unit)}</span>
      {row.value !== null && <span class="unit">{format.unit(row.unit)}</span>}
    </data>
  )
  return (
    <p class="figure">
      {indicator === undefined || row.value === null ? (
        shown
      ) : (
        <FigureLink of={{ indicator, scope: `meter:${meter.id}`, period }}>{shown}</FigureLink>
      )}
      {row.value === null && <small>{row.reason ?? text.noData}</small>}
    </p>
  )
}

/** The indicators that a meter's consumption enters with all of it. */
const figures: Partial<Record<MeterRow['utility'], string>> = {
  electricity: 'energy',
  heat: 'energy',
  'natural-gas': 'energy',
  diesel: 'energy',
  petrol: 'energy',
  'tap-water': 'tap-water',
  'reclaimed-water': 'reclaimed-water',
}

function Known({ row }: { row: ConsumptionRow }) {
  const { text, format } = useLocale()
  const quality = shownQuality(row)
  return (
    <>
      <span class="known-as">
        {quality !== 'measured' && (
          <>
            <Glyph sign={quality} />
            {text.inspect.qualities[quality]},{' '}
          </>
        )}
        {text.coverageShare(format.percent(row.coverage))}
      </span>
      {row.estimated > 0.0005 && <span>{text.estimatedShare(format.percent(row.estimated))}</span>}
    </>
  )
}
