import type { ConsumptionRow, SiteRow, Utility } from '../answers.ts'
import { getRows } from '../api.ts'
import { ChartCard } from '../chart/chart-card.tsx'
import type { Sheet } from '../chart/sheet.ts'
import { SlotChart } from '../chart/slot-chart.tsx'
import type { Slot } from '../chart/slot-layout.ts'
import { addDays } from '../days.ts'
import { Glyph } from '../glyphs.tsx'
import { useLocale } from '../i18n.ts'
import { fillOf } from '../inspect/fills.tsx'
import { useTouched } from '../live.ts'
import { doubtsIn, shownQuality } from '../quality.ts'
import type { Resource } from '../resource.ts'
import { useResource } from '../resource.ts'
import { touches } from '../touched.ts'
import { DayStep } from './day-step.tsx'
import { hourCells, hourColumns } from './hour-sheet.ts'
import { type Hour, type HoursByDay, hourLabel } from './hours.ts'
import { useWords } from './words.ts'

interface Props {
  site: SiteRow
  utility: Utility
  day: string
  today: string
  byDay: HoursByDay | undefined
  hours: Resource<readonly ConsumptionRow[]>
  choose: (day: string) => void
}

interface HourSlot extends Slot {
  readonly clock: number
  readonly row: ConsumptionRow | undefined
}

/** The hours of one day. */
export function LoadCard({ site, utility, day, today, byDay, hours, choose }: Props) {
  const locale = useLocale()
  const { text, format } = locale
  const words = useWords()
  const list = byDay?.get(day) ?? []
  const slots = slotsOf(list)
  const unit = hours.value?.[0]?.unit ?? ''
  const known = list.filter(({ row }) => row.value !== null && row.coverage > 0)
  const sheet: Sheet | undefined = byDay && {
    file: `${site.id}-${utility}-${day}`,
    columns: hourColumns(words, text),
    rows: list.map(({ row }) => hourCells(row, site.zone, locale, words)),
  }
  const doubts = doubtsIn(known.map(({ row }) => shownQuality(row)))

  return (
    <ChartCard
      kind="load"
      title={words.load}
      note={words.loadNote}
      pickers={<DayStep day={day} today={today} choose={choose} />}
      sheet={sheet}
      problem={hours.problem}
      retry={hours.refetch}
      empty={byDay !== undefined && known.length === 0 ? words.noHours : undefined}
    >
      {() => (
        <figure>
          <SlotChart
            slots={slots}
            lookOf={({ row }) =>
              row === undefined
                ? { fill: 'none' }
                : {
                    fill: fillOf(row),
                    look: `${shownQuality(row)}${row.partial ? ' running' : ''}`,
                  }
            }
            lacks={({ row }) => row !== undefined && !row.partial}
            unit={format.unit(unit)}
            write={(value) => format.number(value, value !== 0 && Math.abs(value) < 10 ? 1 : 0)}
            place={({ clock }, i, wide) => (i % (wide < 14 ? 6 : 3) === 0 ? hourLabel(clock) : '')}
            label={words.loadChart(format.day(day, 'long'))}
            tip={({ clock, row }) => <HourTip clock={clock} row={row} />}
            beyond={(by) => choose(by > 0 && day >= today ? day : addDays(day, by))}
          />
          <figcaption class="legend">
            <span>
              <i class="sign full" />
              {text.legend.full}
            </span>
            {doubts.map((quality) => (
              <span key={quality}>
                <Glyph sign={quality} />
                {text.inspect.qualities[quality]}
              </span>
            ))}
            <span>
              <i class="sign missing" />
              {words.heatMissing}
            </span>
          </figcaption>
          <DaySaid site={site} utility={utility} day={day} today={today} hours={list} />
        </figure>
      )}
    </ChartCard>
  )
}

/** Every hour of the day has its place, also those to come. */
function slotsOf(list: readonly Hour[]): HourSlot[] {
  const slots = list.map(
    ({ clock, row }): HourSlot => ({
      key: row.start,
      clock,
      row,
      value: row.coverage > 0 ? row.value : null,
    }),
  )
  const last = list.at(-1)?.clock ?? -1
  for (let clock = last + 1; clock < 24; clock += 1)
    slots.push({ key: `${clock}`, clock, row: undefined, value: null })
  return slots
}

function HourTip({ clock, row }: { clock: number; row: ConsumptionRow | undefined }) {
  const { text, format } = useLocale()
  const words = useWords()
  const quality = row === undefined ? undefined : shownQuality(row)
  return (
    <>
      <small>
        {hourLabel(clock)} – {hourLabel(clock + 1)}
      </small>
      <b>
        {row === undefined
          ? words.tip.notYet
          : row.value === null || row.coverage === 0
            ? text.noData
            : format.amount(row.value, row.unit)}
      </b>
      {row !== undefined && quality !== undefined && quality !== 'measured' && quality !== 'missing' && (
        <span>{text.inspect.qualities[quality]}</span>
      )}
      {row?.partial && <span>{words.tip.running}</span>}
      {row !== undefined && row.coverage > 0 && row.coverage < 1 && !row.partial && (
        <span>{text.coverageShare(format.percent(row.coverage))}</span>
      )}
    </>
  )
}

/** The day in a line: its sum as the service reckons it, its highest hour, and what lacks. */
function DaySaid({
  site,
  utility,
  day,
  today,
  hours,
}: Pick<Props, 'site' | 'utility' | 'day' | 'today'> & { hours: readonly Hour[] }) {
  const { format } = useLocale()
  const words = useWords()
  const whole = useResource(`day ${site.id} ${utility} ${day}`, (signal) =>
    getRows<ConsumptionRow>(
      `consumption?scope=${encodeURIComponent(`site:${site.id}`)}&utility=${utility}&grain=day&from=${day}&to=${addDays(day, 1)}`,
      signal,
    ),
  )
  useTouched((touched) => (touches(touched, [site.id]) ? whole.refetch() : undefined))
  const { value = null, unit = '' } = whole.value?.[0] ?? {}
  const most = hours
    .filter(({ row }) => row.value !== null)
    .toSorted((a, b) => (b.row.value as number) - (a.row.value as number))[0]
  const missing = hours.filter(({ row }) => row.coverage === 0 && !row.partial).length
  return (
    <p class="summary">
      {value !== null && (
        <data value={value}>
          {day === today
            ? words.totalSoFar(format.amount(value, unit))
            : words.total24(format.amount(value, unit))}
        </data>
      )}
      {most !== undefined && (
        <>
          {' · '}
          <data value={most.row.value as number}>
            {words.peak(format.amount(most.row.value as number, most.row.unit), hourLabel(most.clock))}
          </data>
        </>
      )}
      {missing > 0 && <span class="lack"> · {words.missingHours(missing)}</span>}
    </p>
  )
}
