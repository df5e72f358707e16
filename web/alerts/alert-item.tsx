import { useEffect, useId, useRef } from 'preact/hooks'
import type { AlertRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { follow, siteHref } from '../route.ts'
import { SeverityBadge } from '../severity.tsx'
import { AlertDetail } from './alert-detail.tsx'
import { Cost, hasCost } from './cost.tsx'
import { useWords } from './words.ts'

interface Props {
  alert: AlertRow
  zone: string
  now: number
  open: boolean
  toggle: () => void
  /** Called with what is to be said after something was done about it. */
  done: (said: string) => void
}

/** An alert as a line; opened it shows its course and what can be done. */
export function AlertItem({ alert, zone, now, open, toggle, done }: Props) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const id = useId()
  const item = useRef<HTMLLIElement>(null)
  const since = Date.parse(alert.since)
  const ended = alert.resolvedAt === null ? undefined : Date.parse(alert.resolvedAt)
  const site = alert.siteName && nameOf(alert.siteName)
  const where = [nameOf(alert.subjectName)].filter((name) => name !== site)

  // One that a link names may stand far down.
  useEffect(() => {
    const { top = 0 } = item.current?.getBoundingClientRect() ?? {}
    if (open && top > innerHeight) item.current?.scrollIntoView({ block: 'start' })
  }, [])

  return (
    <li ref={item} class={`card alert ${alert.severity} ${alert.status}`}>
      <div class="alert-line">
        <div class="alert-what">
          <p class="alert-signs">
            <SeverityBadge severity={alert.severity} />
            <State alert={alert} zone={zone} />
          </p>
          <h3>
            <button type="button" aria-expanded={open} aria-controls={id} onClick={toggle}>
              {nameOf(alert.summary)}
            </button>
          </h3>
          <p class="alert-where">
            {alert.site !== null && alert.siteName !== null && (
              <>
                <a href={siteHref(alert.site)} onClick={follow}>
                  {nameOf(alert.siteName)}
                </a>
                {' · '}
              </>
            )}
            {[...where, nameOf(alert.ruleName)].join(' · ')}
          </p>
        </div>
        <dl class="alert-figures">
          <div>
            <dt>{ended === undefined ? words.since : words.ended}</dt>
            <dd>
              <b>{format.ago(ended ?? since, now)}</b>
              <small>
                {ended === undefined
                  ? format.minute(alert.since, zone)
                  : words.lasted(format.lasting(ended - since))}
              </small>
            </dd>
          </div>
          {hasCost(alert) && (
            <div>
              <dt>{ended === undefined ? words.cost : words.costWhole}</dt>
              <dd>
                <Cost of={alert} />
              </dd>
            </div>
          )}
        </dl>
        <Icon name="down" />
      </div>
      <div id={id}>{open && <AlertDetail row={alert} zone={zone} now={now} done={done} />}</div>
    </li>
  )
}

/** What has been done about it, where anything has. */
function State({ alert, zone }: { alert: AlertRow; zone: string }) {
  const { format } = useLocale()
  const words = useWords()
  const { acknowledged, silenced, flapping, status } = alert
  return (
    <>
      {status !== 'firing' && (
        <span class="state">
          {acknowledged !== null && status === 'acknowledged'
            ? words.acknowledgedBy(acknowledged.by)
            : words.status[status]}
        </span>
      )}
      {silenced !== null && (
        <span class="state paused">{words.silencedUntil(format.minute(silenced.to, zone))}</span>
      )}
      {flapping && (
        <span class="state" title={words.flappingSaid}>
          {words.flapping}
        </span>
      )}
    </>
  )
}
