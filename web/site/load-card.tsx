import type { ConsumptionRow, ProfileAnswer, SiteRow, Utility } from '../answers.ts'
import { get, getRows } from '../api.ts'
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
import { hourCells, hourColumns, usualCells, usualColumns } from './hour-sheet.ts'
import { dayClass, type Hour, type HoursByDay, hourLabel } from './hours.ts'
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

/** So many days before make what is usual, as where nobody says otherwise. */
const USUAL_DAYS = 28

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
  const typical = useTypical(site, utility, day)
  const kind = dayClass(day)
  const usual = typical?.rows.filter((row) => row.days === kind) ?? []
  const hasUsual = usual.some(({ mean }) => mean !== null)
  const slots = slotsOf(list, usual)
  const unit = hours.value?.[0]?.unit ?? ''
  const known = list.filter(({ row }) => row.value !== null && row.coverage > 0)
  const sheet = (): Sheet => ({
    file: `${site.id}-${utility}-${day}`,
    columns: [...hourColumns(words, text), ...usualColumns(words)],
    rows: list.map(({ clock, row }) => [
      ...hourCells(row, site.zone, locale, words),
      ...usualCells(
        usual.find(({ hour }) => hour === clock),
        locale,
      ),
    ]),
  })
  const doubts = doubtsIn(known.map(({ row }) => shownQuality(row)))

  return (
    <ChartCard
      kind="load"
      title={words.load}
      note={hasUsual ? words.loadNoteTypical(words.kindsOfDay[kind]) : words.loadNote}
      pickers={<DayStep day={day} today={today} choose={choose} />}
      sheet={byDay && sheet}
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
            tip={(slot) => <HourTip slot={slot} unit={unit} />}
            beyond={(by) => choose(by > 0 && day >= today ? day : addDays(day, by))}
          />
          <figcaption class="legend">
            <span>
              <i class="sign full" />
              {text.legend.full}
            </span>
            {list.some(({ row }) => row.partial) && (
              <span>
                <i class="sign partial" />
                {text.legend.partial}
              </span>
            )}
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
            {hasUsual && (
              <>
                <span>
                  <i class="sign usual" />
                  {words.usual}
                </span>
                <span>
                  <i class="sign path-line" />
                  {words.usualMean}
                </span>
              </>
            )}
          </figcaption>
          <DaySaid site={site} utility={utility} day={day} today={today} hours={list} typical={typical} />
        </figure>
      )}
    </ChartCard>
  )
}

/** What is usual at that time: the four weeks before the day. */
function useTypical(site: SiteRow, utility: Utility, day: string): ProfileAnswer | undefined {
  const scope = encodeURIComponent(`site:${site.id}`)
  return useResource(`profile ${site.id} ${utility} ${day}`, (signal) =>
    get<ProfileAnswer>(
      `profile?scope=${scope}&utility=${utility}&from=${addDays(day, -USUAL_DAYS)}&to=${day}`,
      signal,
    ),
  ).value
}

/** Every hour of the day has its place, also those to come. */
function slotsOf(list: readonly Hour[], usual: ProfileAnswer['rows']): HourSlot[] {
  const last = list.at(-1)?.clock ?? -1
  const clocks = [
    ...list,
    ...Array.from({ length: Math.max(23 - last, 0) }, (_, i) => ({ clock: last + 1 + i, row: undefined })),
  ]
  return clocks.map(({ clock, row }): HourSlot => {
    const { low = null, high = null, mean = null } = usual.find(({ hour }) => hour === clock) ?? {}
    return {
      key: row?.start ?? String(clock),
      clock,
      row,
      value: row !== undefined && row.coverage > 0 ? row.value : null,
      low,
      high,
      mark: mean,
    }
  })
}

function HourTip({ slot: { clock, row, low, high, mark }, unit }: { slot: HourSlot; unit: string }) {
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
      {low != null && high != null && (
        <span>{words.tip.usual(format.figure(low, unit), format.amount(high, unit))}</span>
      )}
      {mark != null && <span>{words.tip.mean(format.amount(mark, unit))}</span>}
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
  typical,
}: Pick<Props, 'site' | 'utility' | 'day' | 'today'> & {
  hours: readonly Hour[]
  typical: ProfileAnswer | undefined
}) {
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
  const base = typical?.baseLoad
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
      {base !== undefined && base.value !== null && base.share !== null && (
        <>
          {' · '}
          <data value={base.value}>
            {words.baseLoad(format.amount(base.value, base.unit), format.percent(base.share, 0))}
          </data>
        </>
      )}
      {missing > 0 && <span class="lack"> · {words.missingHours(missing)}</span>}
    </p>
  )
}
