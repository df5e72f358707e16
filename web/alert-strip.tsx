import type { AlertRow, Severity } from './answers.ts'
import { getRows } from './api.ts'
import { useLocale } from './i18n.ts'
import { Icon } from './icons.tsx'
import { useAlerting } from './live.ts'
import { useNow } from './now.ts'
import { useResource } from './resource.ts'
import { alertsHref, follow } from './route.ts'
import { SeverityBadge } from './severity.tsx'

const gravest: Severity[] = ['critical', 'warning', 'info']

/** One line of what fires now, the gravest of it in words. It is as high when all is quiet, so that nothing jumps. */
export function AlertStrip() {
  const { text, format, nameOf } = useLocale()
  const words = text.alerting
  const now = useNow()
  const open = useResource('open alerts', (signal) => getRows<AlertRow>('alerts?status=open', signal))
  useAlerting('alerts', open.refetch)
  const firing = open.value?.filter(({ status }) => status === 'firing') ?? []
  const seen = (open.value?.length ?? 0) - firing.length
  const worst = gravest.flatMap((severity) => firing.filter((alert) => alert.severity === severity)).at(0)
  return (
    <aside class={`alert-strip ${worst?.severity ?? 'quiet'}`} aria-label={words.now} aria-live="polite">
      {open.value !== undefined && worst === undefined && (
        <p class="all-quiet">
          <Icon name="check" />
          {seen === 0 ? words.quiet : words.seen(format.whole(seen))}
        </p>
      )}
      {worst !== undefined && (
        <>
          <p class="tally">
            {gravest.map((severity) => {
              const count = firing.filter((alert) => alert.severity === severity).length
              return (
                count > 0 && <SeverityBadge key={severity} severity={severity} count={format.whole(count)} />
              )
            })}
          </p>
          <a class="worst" href={alertsHref(worst.id)} onClick={follow}>
            <span>{nameOf(worst.summary)}</span>
            <small>{words.since(format.ago(Date.parse(worst.since), now))}</small>
            <Icon name="forward" />
          </a>
        </>
      )}
    </aside>
  )
}
