import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ConsumptionRow, MeterRow, SiteRow, SitesAnswer, Utility } from '../answers.ts'
import { getRows } from '../api.ts'
import { askTargets } from '../asked-targets.ts'
import { Choice } from '../choice.tsx'
import { todayIn } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { InTurns } from '../in-turns.tsx'
import { familyOf } from '../indicator.ts'
import { Fills } from '../inspect/fills.tsx'
import { useTouched } from '../live.ts'
import { useResource } from '../resource.ts'
import { follow, keepInAddress, overviewHref, siteHref, type View, viewOf } from '../route.ts'
import { touches } from '../touched.ts'
import { useBalances } from './balances.ts'
import { FlowCard } from './flow-card.tsx'
import { HeatCard } from './heat-card.tsx'
import { hoursByDay, weeksAround } from './hours.ts'
import { KeyFigures } from './key-figures.tsx'
import { LoadCard } from './load-card.tsx'
import { MetersCard } from './meters-card.tsx'
import { MonthsCard } from './months-card.tsx'
import './site.css'
import './site-targets.css'
import './meters-card.css'
import { SiteHead } from './site-head.tsx'
import { SiteTargets, targetsOf } from './site-targets.tsx'
import { useWords } from './words.ts'

interface Props {
  view: Extract<View, { name: 'site' }>
  sites: SitesAnswer | undefined
}

/** One site: what it is, its days hour by hour, where its supply goes, and how it stands. */
export function SiteView({ view, sites }: Props) {
  const { nameOf } = useLocale()
  const words = useWords()
  const site = sites?.rows.find(({ id }) => id === view.id)
  const name = site && nameOf(site.name)
  useEffect(() => {
    if (name !== undefined) document.title = `${name} — wattwell`
  }, [name])
  return (
    <main id="site" class="site-view" aria-busy={sites === undefined}>
      <p class="crumbs">
        <a href={overviewHref()} onClick={follow}>
          {words.overview}
        </a>
      </p>
      {sites !== undefined && site === undefined && <p class="empty">{words.noSuch}</p>}
      {sites === undefined && (
        <>
          <div class="card skeleton site-head-skeleton" />
          <div class="card skeleton view-skeleton" />
        </>
      )}
      {sites !== undefined && site !== undefined && <Site view={view} site={site} sites={sites} />}
    </main>
  )
}

function Site({ view, site, sites }: { view: Props['view']; site: SiteRow; sites: SitesAnswer }) {
  const { text } = useLocale()
  const words = useWords()
  const today = todayIn(site.zone)
  const year = Number(today.slice(0, 4))
  const utility = site.utilities.find((one) => one === view.utility) ?? site.utilities[0]
  const day = dayOf(view.day, today)
  const weeks = weeksAround(day, today)
  const [chosenMonth, chooseMonth] = useState<{ of: string; month: string }>()
  const month = chosenMonth?.of === day ? chosenMonth.month : day.slice(0, 7)
  const running = month >= today.slice(0, 7)

  const meters = useResource('meters', (signal) => getRows<MeterRow>('meters', signal))
  const targets = useResource('targets', askTargets)
  const balances = useBalances(site, month)
  const hours = useResource(
    utility === undefined ? null : `hours ${site.id} ${utility} ${weeks.from}`,
    (signal) => {
      const scope = encodeURIComponent(`site:${site.id}`)
      return getRows<ConsumptionRow>(
        `consumption?scope=${scope}&utility=${utility}&grain=hour&from=${weeks.from}&to=${weeks.to}`,
        signal,
      )
    },
  )
  const byDay = useMemo(() => hours.value && hoursByDay(hours.value, site.zone), [hours.value, site.zone])
  useTouched((touched) =>
    touches(touched, [site.id]) ? Promise.all([hours.refetch(), meters.refetch()]) : undefined,
  )
  const ofSite = useMemo(
    () => targets.value && targetsOf(targets.value, site, sites),
    [targets.value, site, sites],
  )

  function keep(next: { utility?: Utility; day?: string }) {
    // The address is ahead of what is drawn where keys come fast.
    const now = viewOf(location)
    const kept = now.name === 'site' && now.id === site.id ? now : view
    const chosen = {
      ...(utility && { utility: site.utilities.find((one) => one === kept.utility) ?? utility }),
      day: dayOf(kept.day, today),
      ...next,
    }
    // Today is what the view begins with: an address without a day is today's tomorrow as well.
    const { day: chosenDay, ...rest } = chosen
    keepInAddress(siteHref(site.id, chosenDay === today ? rest : chosen))
  }

  return (
    <div class={`site-parts ${familyOf(utility ?? '')}`}>
      <Fills />
      <header class="card site-card">
        <SiteHead site={site} sites={sites} meters={meters.value} />
        <KeyFigures site={site} year={year} />
      </header>
      {utility === undefined ? (
        <p class="card empty">{text.noUtilities}</p>
      ) : (
        <>
          <div class="site-utility">
            <Choice
              legend={words.utility}
              options={site.utilities}
              chosen={utility}
              choose={(one) => keep({ utility: one })}
              label={(one) => text.utilities[one]}
            />
          </div>
          <InTurns>
            <LoadCard
              site={site}
              utility={utility}
              day={day}
              today={today}
              byDay={byDay}
              hours={hours}
              choose={(one) => keep({ day: one })}
            />
            <HeatCard
              site={site}
              utility={utility}
              day={day}
              weeks={weeks}
              byDay={byDay}
              hours={hours}
              choose={(one) => keep({ day: one })}
            />
            <MonthsCard site={site} year={year} targets={ofSite} />
            <SiteTargets targets={ofSite} />
            <FlowCard
              site={site}
              meters={meters.value}
              month={month}
              running={running}
              choose={(one) => chooseMonth({ of: day, month: one })}
              balances={balances}
              utility={utility}
            />
            <MetersCard
              site={site}
              utility={utility}
              meters={meters.value}
              month={month}
              running={running}
              balances={balances}
            />
          </InTurns>
        </>
      )}
    </div>
  )
}

/** The day that the address names, where it is one that has begun. */
function dayOf(asked: string | undefined, today: string): string {
  const valid = asked !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(asked) && !Number.isNaN(Date.parse(asked))
  return valid && asked <= today ? asked : today
}
