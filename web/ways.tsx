import { useLocale } from './i18n.ts'
import {
  alertsHref,
  follow,
  helpHref,
  organisationHref,
  overviewHref,
  qualityHref,
  reportHref,
  type View,
} from './route.ts'

/** The ways to the views that stand by themselves; site, meter and target are reached from what names them. */
export function Ways({ view }: { view: View }) {
  const { text } = useLocale()
  const ways: [label: string, href: string, views: View['name'][]][] = [
    [text.overview, overviewHref(), ['overview']],
    [text.alerting.alerts, alertsHref(), ['alerts', 'subscriptions']],
    [text.reports, reportHref(new Date().getFullYear() - 1), ['report']],
    [text.dataQuality, qualityHref(), ['quality']],
    [text.organisation, organisationHref(), ['organisation']],
    [text.help, helpHref(), ['help']],
  ]
  return (
    <nav class="ways" aria-label={text.ways}>
      {ways.map(([label, href, views]) => (
        <a
          key={href}
          href={href}
          onClick={follow}
          aria-current={views.includes(view.name) ? 'page' : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  )
}
