import { useState } from 'preact/hooks'
import type { BalanceRow, MeterRow, SiteRow, Utility } from '../answers.ts'
import { getRows } from '../api.ts'
import { addDays, dateIn, todayIn } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { familyOf } from '../indicator.ts'
import { useTouched } from '../live.ts'
import { useResource } from '../resource.ts'
import type { Scope } from '../scopes.ts'
import { touches } from '../touched.ts'
import { Trouble } from '../trouble.tsx'
import { MonthStep } from './month-step.tsx'
import { NightFlow } from './night-flow.tsx'
import { SupplyTree } from './supply-tree.tsx'

interface Props {
  scope: Scope
  sites: readonly SiteRow[]
  utility: Utility
  choose: (scope: string) => void
}

const YEAR_DAYS = 366

/** How a site's supply was spread over its meters in a month, and what remained; of water the night flow too. */
export function BalanceView({ scope, sites, utility, choose }: Props) {
  const { text, nameOf } = useLocale()
  if (scope.kind === 'boundary') {
    return (
      <div class="balance choose-site">
        <p>{text.balance.perSite}</p>
        <ul>
          {sites
            .filter((site) => scope.sites.includes(site.id) && site.utilities.includes(utility))
            .map((site) => (
              <li key={site.id}>
                <button type="button" class="quiet-button" onClick={() => choose(`site:${site.id}`)}>
                  {nameOf(site.name)}
                </button>
              </li>
            ))}
        </ul>
      </div>
    )
  }
  return (
    <div class="balance">
      <SiteBalance scope={scope} utility={utility} />
      {familyOf(utility) === 'water' && <NightFlow scope={scope} utility={utility} />}
    </div>
  )
}

function SiteBalance({ scope, utility }: Pick<Props, 'scope' | 'utility'>) {
  const { text } = useLocale()
  const words = text.balance
  const [asked, ask] = useState<string>()
  const meters = useResource('meters', (signal) => getRows<MeterRow>('meters', signal))
  const months = useResource(`balance ${scope.scope} ${utility}`, (signal) => {
    const today = todayIn(scope.zone)
    const from = addDays(today, -YEAR_DAYS).slice(0, 7)
    const query = `scope=${encodeURIComponent(scope.scope)}&utility=${utility}&grain=month&from=${from}`
    return getRows<BalanceRow>(`balance?${query}&to=${addDays(today, 1)}`, signal)
  })
  useTouched((touched) => (touches(touched, scope.sites) ? months.refetch() : undefined))

  if (months.problem !== undefined && months.value === undefined)
    return <Trouble problem={months.problem} retry={months.refetch} />
  if (months.value === undefined || meters.value === undefined) return <div class="skeleton" />
  const rows = months.value
  const at = rows.findIndex((row) => row.start === asked)
  const index = at >= 0 ? at : bestOf(rows)
  const row = rows[index]
  if (row === undefined) return <p class="empty">{words.nothing}</p>
  return (
    <>
      <MonthStep
        date={dateIn(scope.zone, new Date(row.start))}
        running={row.partial === true}
        earlier={rows[index - 1] && (() => ask(rows[index - 1]?.start))}
        later={rows[index + 1] && (() => ask(rows[index + 1]?.start))}
      />
      <SupplyTree row={row} meters={meters.value} />
    </>
  )
}

/** The newest month in which the remainder is known, else the newest. */
function bestOf(rows: readonly BalanceRow[]): number {
  const known = rows.findLastIndex(({ supply }) => supply.unmetered.remainder !== null)
  return known >= 0 ? known : rows.length - 1
}
