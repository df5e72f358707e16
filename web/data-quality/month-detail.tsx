import { useEffect, useRef } from 'preact/hooks'
import type { ConsumptionRow, MeterRow, SiteRow, Utility } from '../answers.ts'
import { get } from '../api.ts'
import { addDays, dateIn, datesBetween, todayIn } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { meterTree } from '../inspect/meter-tree.ts'
import { shownQuality, WHOLE } from '../quality.ts'
import { useResource } from '../resource.ts'
import { follow, meterHref } from '../route.ts'
import type { Scope } from '../scopes.ts'
import { Trouble } from '../trouble.tsx'
import { useWords } from './words.ts'

interface Props {
  site: Scope
  zone: string
  month: string
  utility: Utility
  meters: readonly MeterRow[]
  sites: readonly SiteRow[]
  close: () => void
}

/** The meters of a site in a month, a small square a day: each leads to the meter on that day. */
export function MonthDetail({ site, zone, month, utility, meters, close }: Props) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const tree = meterTree(meters, site.sites, utility)
  const first = `${month}-01`
  const past = `${addDays(first, 31).slice(0, 7)}-01`
  const dates = datesBetween(first, past)
  const today = todayIn(zone)
  const days = useResource(
    tree.length === 0 ? null : `days ${site.scope} ${utility} ${month}`,
    async (signal) => {
      const scopes = tree.map(({ meter }) => encodeURIComponent(`meter:${meter.id}`)).join(',')
      const path = `consumption?scope=${scopes}&grain=day&from=${first}&to=${past}`
      const { rows } = await get<{ rows: ConsumptionRow[] }>(path, signal)
      const only = tree[0]?.meter.id
      return new Map(
        rows.map((row) => [`${row.scope ?? `meter:${only}`} ${dateIn(zone, new Date(row.start))}`, row]),
      )
    },
  )
  useEffect(() => frame.current?.scrollIntoView({ block: 'nearest' }), [month, site.scope])
  return (
    <div ref={frame} class="month-detail">
      <header>
        <h3>{words.detail(nameOf(site.name), format.month(first))}</h3>
        <button type="button" class="quiet-button" onClick={close}>
          {words.close}
        </button>
      </header>
      {days.problem !== undefined && <Trouble problem={days.problem} retry={days.refetch} />}
      <ul>
        {tree.map(({ meter, depth }) => (
          <li key={meter.id} style={{ '--depth': String(depth) }}>
            <a class="meter-of" href={meterHref(meter.id)} onClick={follow} title={meter.id}>
              {nameOf(meter.name)}
            </a>
            <span class="day-squares">
              {dates.map((date) => {
                const row = days.value?.get(`meter:${meter.id} ${date}`)
                if (row === undefined) {
                  return <i key={date} class={days.value === undefined ? 'waits' : 'to-come'} />
                }
                const look = lookOf(row)
                const said =
                  row.value === null
                    ? text.noData
                    : words.dayKnown(
                        text.inspect.qualities[shownQuality(row)],
                        format.percent(row.coverage, 1),
                      )
                const label = words.detailDay(nameOf(meter.name), format.day(date, 'long'), said)
                return (
                  <a
                    key={date}
                    class={date === today ? `${look} running` : look}
                    href={meterHref(meter.id, date)}
                    onClick={follow}
                    title={label}
                    tabIndex={look === 'measured' ? -1 : 0}
                  >
                    <span class="unseen">{label}</span>
                  </a>
                )
              })}
            </span>
          </li>
        ))}
      </ul>
      <p class="legend month-legend">
        {(['measured', 'interpolated', 'edited', 'estimated', 'suspect', 'missing'] as const).map((look) => (
          <span key={look}>
            <i class={`day-square ${look}`} />
            {text.inspect.qualities[look]}
          </span>
        ))}
        <span>
          <i class="day-square none" />
          {text.noData}
        </span>
      </p>
    </div>
  )
}

function lookOf(row: ConsumptionRow): string {
  if (row.value === null) return row.partial ? 'to-come' : 'none'
  const quality = shownQuality(row)
  return quality === 'missing' && row.coverage >= WHOLE ? 'measured' : quality
}
