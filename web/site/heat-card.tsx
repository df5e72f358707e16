import { useMemo } from 'preact/hooks'
import type { ConsumptionRow, SiteRow, Utility } from '../answers.ts'
import { ChartCard } from '../chart/chart-card.tsx'
import { HeatMap, type HeatRow } from '../chart/heat-map.tsx'
import type { Sheet } from '../chart/sheet.ts'
import { addDays } from '../days.ts'
import { useLocale } from '../i18n.ts'
import type { Resource } from '../resource.ts'
import { HeatTable } from './heat-table.tsx'
import { hourCells, hourColumns } from './hour-sheet.ts'
import { type HoursByDay, heatRows, hourLabel } from './hours.ts'
import { useWords } from './words.ts'

interface Props {
  site: SiteRow
  utility: Utility
  day: string
  weeks: { readonly from: string; readonly to: string }
  byDay: HoursByDay | undefined
  hours: Resource<readonly ConsumptionRow[]>
  choose: (day: string) => void
}

const CLOCKS = Array.from({ length: 24 }, (_, clock) => String(clock).padStart(2, '0'))

/** Five weeks of hours at a glance: nights, weekends, and what lacks. */
export function HeatCard({ site, utility, day, weeks, byDay, hours, choose }: Props) {
  const locale = useLocale()
  const { text, format } = locale
  const words = useWords()
  const { from, to } = weeks
  const rows = useMemo(
    () => (byDay === undefined ? [] : heatRows(byDay, { from, to }, (date) => format.day(date))),
    [byDay, from, to, format],
  )
  const unit = hours.value?.[0]?.unit ?? ''
  const sheet = (): Sheet => ({
    file: `${site.id}-${utility}-${from}-${addDays(to, -1)}`,
    columns: hourColumns(words, text),
    rows: (hours.value ?? []).map((row) => hourCells(row, site.zone, locale, words)),
  })
  const nothing = byDay !== undefined && !rows.some(({ cells }) => cells.some(({ value }) => value !== null))
  return (
    <ChartCard
      kind="heat"
      title={words.heat}
      note={words.heatNote}
      sheet={hours.value && sheet}
      table={() => <HeatTable rows={rows} clocks={CLOCKS} unit={unit} choose={choose} />}
      problem={hours.problem}
      retry={hours.refetch}
      empty={nothing ? words.noFlowInMonth : undefined}
    >
      {() => (
        <HeatMap
          rows={rows}
          columns={CLOCKS}
          nameEvery={3}
          chosen={day}
          choose={choose}
          label={words.heatChart(format.day(from, 'long'), format.day(addDays(to, -1), 'long'))}
          tip={(row, column) => <CellTip row={rows[row]} clock={column} unit={unit} />}
          legend={({ low, high }) => (
            <>
              <span>
                {format.figure(low, unit)} – {format.amount(high, unit)}
              </span>
              <span>
                <i class="sign missing" />
                {words.heatMissing}
              </span>
              <span>
                <i class="sign corner" />
                {words.heatPartly}
              </span>
            </>
          )}
        />
      )}
    </ChartCard>
  )
}

function CellTip({ row, clock, unit }: { row: HeatRow | undefined; clock: number; unit: string }) {
  const { text, format } = useLocale()
  const words = useWords()
  const cell = row?.cells[clock]
  if (row === undefined || cell === undefined) return null
  return (
    <>
      <small>
        {format.day(row.key, 'long')}, {hourLabel(clock)}
      </small>
      <b>
        {cell.value !== null
          ? format.amount(cell.value, unit)
          : cell.state === 'missing'
            ? text.noData
            : words.tip.notYet}
      </b>
      {cell.state === 'partly' && <span>{words.heatPartly}</span>}
    </>
  )
}
