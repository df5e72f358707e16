import type { AlertRow, MeterRow, SiteRow, SitesAnswer } from '../answers.ts'
import { getRows } from '../api.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { useAlerting } from '../live.ts'
import { useResource } from '../resource.ts'
import { alertsHref, follow, meterHref } from '../route.ts'
import { SeverityBadge } from '../severity.tsx'
import { useWords } from './words.ts'

const ALERTS_SHOWN = 3
const QUIET = ['silent', 'never-heard', 'late'] as const

interface Props {
  site: SiteRow
  sites: SitesAnswer
  meters: readonly MeterRow[] | undefined
}

/** What the site is, who works there, and whether its meters and alerts are quiet. */
export function SiteHead({ site, sites, meters }: Props) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const boundaries = sites.boundaries.filter((boundary) => boundary.sites.includes(site.id))
  return (
    <div class="site-head">
      <div class="site-title">
        <span class="kind">
          <Icon name={site.kind} />
        </span>
        <div>
          <h1>{nameOf(site.name)}</h1>
          <p class="rule" title={site.zone}>
            {text.kinds[site.kind]} · {format.place(site.zone)}
          </p>
        </div>
      </div>
      <dl class="site-facts" aria-label={words.facts}>
        <div>
          <dt>{words.floorArea}</dt>
          <dd>
            {site.floorAreaM2 === null ? (
              words.noFloorArea
            ) : (
              <data value={site.floorAreaM2}>
                {format.whole(site.floorAreaM2)} {format.unit('m2')}
              </data>
            )}
          </dd>
        </div>
        <People site={site} />
        <div>
          <dt>{words.boundaries}</dt>
          <dd>
            {boundaries.length === 0
              ? words.noBoundaries
              : boundaries.map(({ name }) => nameOf(name)).join(' · ')}
          </dd>
        </div>
        <MeterStates site={site} meters={meters} />
        <OpenAlerts site={site} />
      </dl>
    </div>
  )
}

/** Heads, with the day since when they count. */
function People({ site: { employees, stated } }: Pick<Props, 'site'>) {
  const { format } = useLocale()
  const words = useWords()
  const { fullTime = null, total = null } = employees ?? {}
  const since = stated.employees.findLast((one) => one.fullTime === fullTime && one.total === total)?.from
  return (
    <div>
      <dt>{words.people}</dt>
      <dd>
        {fullTime === null && total === null && words.nobody}
        {fullTime !== null && <data value={fullTime}>{words.fullTime(format.whole(fullTime))}</data>}
        {total !== null && (
          <small>
            <data value={total}>{words.total(format.whole(total))}</data>
            {since !== undefined && words.since(format.day(since, 'full'))}
          </small>
        )}
      </dd>
    </div>
  )
}

function MeterStates({ site, meters }: Pick<Props, 'site' | 'meters'>) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const own = meters?.filter((meter) => meter.site === site.id) ?? []
  const states = ['live', ...QUIET, 'computed'] as const
  const quiet = own.filter(({ state }) => QUIET.some((one) => one === state))
  return (
    <div>
      <dt>{words.meters}</dt>
      <dd>
        {states.flatMap((state) => {
          const count = own.filter((meter) => meter.state === state).length
          if (count === 0) return []
          return (
            <span key={state} class={`meter-state ${state}`} title={words.stateSaid[state]}>
              {format.whole(count)} {words.states[state]}
            </span>
          )
        })}
        {quiet.length > 0 && (
          <small>
            {quiet.slice(0, 4).map((meter) => (
              <a key={meter.id} href={meterHref(meter.id)} onClick={follow}>
                {nameOf(meter.name)}
              </a>
            ))}
          </small>
        )}
      </dd>
    </div>
  )
}

function OpenAlerts({ site }: Pick<Props, 'site'>) {
  const { nameOf } = useLocale()
  const words = useWords()
  const alerts = useResource(`alerts of ${site.id}`, (signal) =>
    getRows<AlertRow>(`alerts?status=open&site=${encodeURIComponent(site.id)}`, signal),
  )
  useAlerting('alerts', alerts.refetch)
  const rows = alerts.value ?? []
  const first = rows[0]
  return (
    <div class="site-alerts">
      <dt>{words.alerts}</dt>
      <dd>
        {alerts.value !== undefined && first === undefined && (
          <span class="all-quiet">
            <Icon name="check" />
            {words.noAlerts}
          </span>
        )}
        {rows.slice(0, ALERTS_SHOWN).map((alert) => (
          <a key={alert.id} class="site-alert" href={alertsHref(alert.id)} onClick={follow}>
            <SeverityBadge severity={alert.severity} />
            <span>{nameOf(alert.summary)}</span>
          </a>
        ))}
        {rows.length > ALERTS_SHOWN && (
          <a href={alertsHref()} onClick={follow}>
            {words.moreAlerts(rows.length - ALERTS_SHOWN)}
          </a>
        )}
      </dd>
    </div>
  )
}
