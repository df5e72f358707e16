import { useEffect } from 'preact/hooks'
import type { MeterRow, SitesAnswer } from '../answers.ts'
import { getRows } from '../api.ts'
import { addDays, dateIn, todayIn } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { familyOf } from '../indicator.ts'
import { Fills } from '../inspect/fills.tsx'
import { useNow } from '../now.ts'
import { useResource } from '../resource.ts'
import { follow, keepInAddress, meterHref, overviewHref, siteHref, type View, viewOf } from '../route.ts'
import { Trouble } from '../trouble.tsx'
import { About } from './about.tsx'
import { Around } from './around.tsx'
import { DayCard } from './day-card.tsx'
import { DaysCard } from './days-card.tsx'
import { Head } from './head.tsx'
import './meter.css'
import { NoMeter } from './no-meter.tsx'
import { useWords } from './words.ts'

interface Props {
  view: Extract<View, { name: 'meter' }>
  sites: SitesAnswer | undefined
}

/** One meter: what it is and used, its days, and one of them down to the readings, which can be mended. */
export function MeterView({ view, sites }: Props) {
  const { nameOf } = useLocale()
  const words = useWords()
  const meters = useResource('meters', (signal) => getRows<MeterRow>('meters', signal))
  const meter = meters.value?.find(({ id }) => id === view.id)
  const site = sites?.rows.find(({ id }) => id === meter?.site)
  const name = meter === undefined ? view.id : nameOf(meter.name)
  const now = useNow()
  useEffect(() => {
    document.title = `${name} — wattwell`
  }, [name])
  // How old its last reading is changes also while nothing comes.
  useEffect(() => void (!meters.waiting && meters.refetch()), [now])

  if (meters.value !== undefined && meter === undefined)
    return <NoMeter id={view.id} meters={meters.value} sites={sites} />
  const known = meter !== undefined && site !== undefined
  return (
    <main id="meter" class={`meter-view ${familyOf(meter?.utility ?? '')}`} aria-busy={!known}>
      <p class="crumbs">
        <a href={overviewHref()} onClick={follow}>
          {words.overview}
        </a>
        {site !== undefined && (
          <a href={siteHref(site.id)} onClick={follow}>
            {nameOf(site.name)}
          </a>
        )}
      </p>
      {meters.problem !== undefined && meter === undefined ? (
        <Trouble problem={meters.problem} retry={meters.refetch} />
      ) : (
        <>
          <Head
            id={view.id}
            meter={known ? meter : undefined}
            zone={known ? site.zone : undefined}
            now={now}
          />
          {known ? (
            <Known
              meter={meter}
              meters={meters.value ?? []}
              site={site}
              day={dayShown(view.day, meter, site.zone)}
              now={now}
            />
          ) : (
            <div class="card skeleton view-skeleton" />
          )}
        </>
      )}
    </main>
  )
}

interface KnownProps {
  meter: MeterRow
  meters: readonly MeterRow[]
  site: SitesAnswer['rows'][number]
  day: string
  now: number
}

function Known({ meter, meters, site, day, now }: KnownProps) {
  const { zone } = site
  const today = todayIn(zone, new Date(now))
  const show = (wanted: string) => {
    if (wanted <= today) keepInAddress(meterHref(meter.id, wanted))
  }
  useDayKeys((by) => {
    // The address is ahead of what is drawn where keys come fast.
    const there = viewOf(location)
    const asked = there.name === 'meter' && there.id === meter.id ? there.day : undefined
    show(addDays(asked === undefined ? day : dayShown(asked, meter, zone), by))
  })
  return (
    <>
      <Fills />
      <div class="meter-parts">
        <div class="meter-main">
          <DaysCard meter={meter} zone={zone} day={day} today={today} show={show} />
          <DayCard meter={meter} zone={zone} day={day} today={today} show={show} />
        </div>
        <div class="meter-side">
          <About meter={meter} meters={meters} site={site} />
          <Around meter={meter} zone={zone} now={now} />
        </div>
      </div>
    </>
  )
}

/** The day of the address; else the one of the last reading. */
function dayShown(asked: string | undefined, { last }: MeterRow, zone: string): string {
  const today = todayIn(zone)
  if (asked !== undefined && /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)))
    return asked < today ? asked : today
  return last === null ? today : dateIn(zone, new Date(last.at))
}

/** Left and right go from day to day, where nothing that has the focus takes them. */
function useDayKeys(step: (by: number) => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      const at = event.target as Element
      if (by === undefined || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
      if (at.closest('input, select, textarea, [tabindex="0"], [popover]') !== null) return
      step(by)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  })
}
