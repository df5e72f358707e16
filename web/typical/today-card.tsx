import type { ConsumptionRow, ProfileAnswer, Utility } from '../answers.ts'
import { get, getRows } from '../api.ts'
import { SlotChart } from '../chart/slot-chart.tsx'
import { addDays, todayIn } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { familyOf } from '../indicator.ts'
import { Fills, fillOf } from '../inspect/fills.tsx'
import { useTouched } from '../live.ts'
import { useNow } from '../now.ts'
import { useResource } from '../resource.ts'
import { follow, helpHref } from '../route.ts'
import type { Scope } from '../scopes.ts'
import { hoursByDay } from '../site/hours.ts'
import { touches } from '../touched.ts'
import { Trouble } from '../trouble.tsx'
import '../chart/chart.css'
import { type DaySoFar, daySoFar, type TodayHour } from './day-so-far.ts'
import './typical.css'
import { useWords } from './words.ts'

interface Props {
  scope: Scope
  utility: Utility
}

/** The hours of today before what is usual on such a day, and how the sums of both stand. */
export function TodayCard({ scope, utility }: Props) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const now = useNow()
  const date = todayIn(scope.zone, new Date(now))
  const query = `scope=${encodeURIComponent(scope.scope)}&utility=${utility}`
  const profile = useResource(`profile ${query} ${date}`, (signal) =>
    get<ProfileAnswer>(`profile?${query}`, signal),
  )
  const rows = useResource(`hours ${query} ${date}`, (signal) =>
    getRows<ConsumptionRow>(`consumption?${query}&grain=hour&from=${date}&to=${addDays(date, 1)}`, signal),
  )
  useTouched((touched) => (touches(touched, scope.sites) ? rows.refetch() : undefined))
  const noTypical = profile.problem?.status === 400
  const problem = rows.problem ?? (noTypical ? undefined : profile.problem)
  const ready = rows.value !== undefined && (profile.value !== undefined || noTypical)
  const today = rows.value && hoursByDay(rows.value, scope.zone).get(date)
  const soFar = ready ? daySoFar(date, today ?? [], profile.value) : undefined
  const unit = rows.value?.[0]?.unit ?? profile.value?.unit ?? ''

  return (
    <section class={`card today ${familyOf(utility)}`} aria-labelledby="today-title" aria-busy={!ready}>
      <header>
        <h2 id="today-title">{words.title}</h2>
        <p>
          {words.of(text.utilities[utility], nameOf(scope.name))}{' '}
          <a href={helpHref('typical-day')} onClick={follow}>
            {words.method}
          </a>
        </p>
      </header>
      <Fills />
      {problem !== undefined && (
        <Trouble problem={problem} retry={() => Promise.all([rows.refetch(), profile.refetch()])} />
      )}
      {soFar === undefined ? (
        problem === undefined && <div class="skeleton today-room" />
      ) : (
        <>
          <Stand soFar={soFar} unit={unit} noTypical={noTypical} />
          <SlotChart
            slots={soFar.hours}
            lookOf={({ row }) => (row === undefined ? { fill: 'none' } : { fill: fillOf(row) })}
            lacks={({ row }) => row !== undefined && !row.partial}
            unit={format.unit(unit)}
            write={(value) => format.number(value, value !== 0 && Math.abs(value) < 10 ? 1 : 0)}
            place={({ clock }, i, wide) => (i % (wide < 14 ? 6 : 3) === 0 ? words.clock(clock) : '')}
            label={words.chart(text.utilities[utility], format.day(date, 'long'))}
            tip={(slot) => <Tip slot={slot} unit={unit} />}
          />
          <p class="legend">
            <span>
              <i class="sign full" />
              {words.legend.hour}
            </span>
            <span>
              <i class="sign partial" />
              {words.legend.running}
            </span>
            <span>
              <i class="sign usual" />
              {words.legend.band}
            </span>
            <span>
              <i class="sign average" />
              {words.legend.mean}
            </span>
          </p>
        </>
      )}
    </section>
  )
}

function Stand({ soFar, unit, noTypical }: { soFar: DaySoFar; unit: string; noTypical: boolean }) {
  const { format } = useLocale()
  const words = useWords()
  const { sum, usual, counted, left, until, days, hasUsual } = soFar
  const leftOut = left > 0 && <span class="lack"> {words.left(left)}.</span>
  if (noTypical) return <p class="stand note">{words.severalZones}</p>
  if (counted === 0)
    return (
      <p class="stand note">
        {hasUsual || soFar.hours.every(({ row }) => row === undefined) ? words.noHour : words.noHistory}
        {leftOut}
      </p>
    )
  const by = sum - usual
  const share = usual === 0 ? undefined : by / usual
  const apart = format.amount(Math.abs(by), unit)
  return (
    <div class="stand">
      <p class="stand-sum">
        <data class="value" value={sum} data-sum>
          {format.amount(sum, unit)}
        </data>{' '}
        <span>{words.soFar(words.clock(until))}</span>
      </p>
      <p class="stand-usual">
        {share !== undefined && (
          <data class="by" value={share} data-sum>
            {Math.abs(share) < 0.0005
              ? words.same
              : by > 0
                ? words.above(format.percent(share), apart)
                : words.below(format.percent(-share), apart)}
          </data>
        )}{' '}
        <span>
          <data value={usual} data-sum>
            {words.usual(format.amount(usual, unit), words.classes[days])}
          </data>
          .{leftOut}
        </span>
      </p>
    </div>
  )
}

function Tip({ slot: { clock, row, value, low, high, mark }, unit }: { slot: TodayHour; unit: string }) {
  const { format } = useLocale()
  const words = useWords()
  const amount = (one: number) => format.amount(one, unit)
  return (
    <>
      <small>
        {words.clock(clock)} – {words.clock(clock + 1)}
      </small>
      <b>{value !== null ? amount(value) : row === undefined ? words.tip.toCome : words.tip.noData}</b>
      {typeof mark === 'number' && <span>{words.tip.usual(amount(mark))}</span>}
      {typeof low === 'number' && typeof high === 'number' && (
        <span>{words.tip.band(format.number(low), amount(high))}</span>
      )}
    </>
  )
}
