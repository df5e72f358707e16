import type { AlertRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { alertsHref, follow, subscriptionsHref } from '../route.ts'
import { SeverityBadge } from '../severity.tsx'
import { useWords } from './words.ts'

/** How it stands, in one line, and the way between alerts and who hears of them. */
export function AlertHead({
  rows,
  here,
}: {
  rows: readonly AlertRow[] | undefined
  here: 'alerts' | 'subscriptions'
}) {
  const { format } = useLocale()
  const words = useWords()
  const firing = rows?.filter(({ status }) => status === 'firing') ?? []
  const seen = rows?.filter(({ status }) => status === 'acknowledged').length ?? 0
  const [strong, rest] = words.headline(firing.length)
  return (
    <header class="alert-head">
      <nav class="tabs">
        <a href={alertsHref()} onClick={follow} aria-current={here === 'alerts' ? 'page' : undefined}>
          {words.title}
        </a>
        <a
          href={subscriptionsHref()}
          onClick={follow}
          aria-current={here === 'subscriptions' ? 'page' : undefined}
        >
          {words.subscriptions}
        </a>
      </nav>
      {here === 'alerts' ? (
        <div class="headline">
          <h1 id="headline" aria-live="polite">
            {rows === undefined ? (
              <span class="skeleton-text">
                <span class="unseen">{words.title}</span>
              </span>
            ) : (
              <>
                <strong>{strong}</strong>
                {rest}
              </>
            )}
          </h1>
          <p class="tally">
            {(['critical', 'warning', 'info'] as const).map((severity) => {
              const count = firing.filter((alert) => alert.severity === severity).length
              return (
                count > 0 && <SeverityBadge key={severity} severity={severity} count={format.whole(count)} />
              )
            })}
            {seen > 0 && <span class="seen">{words.seen(seen)}</span>}
          </p>
        </div>
      ) : (
        <div class="headline">
          <h1 id="headline">
            <strong>{words.subscriptions}</strong>
          </h1>
        </div>
      )}
    </header>
  )
}
