import { useEffect, useMemo } from 'preact/hooks'
import type { SitesAnswer } from './answers.ts'
import { get } from './api.ts'
import { useArrival } from './arrival.ts'
import { Dashboard } from './dashboard.tsx'
import { Header } from './header.tsx'
import { LocaleContext, localeOf } from './i18n.ts'
import { KeyForm } from './key-form.tsx'
import { ChangesContext, LiveContext, useStream } from './live.ts'
import { OnDemand } from './on-demand.tsx'
import { useLang, useTheme } from './preferences.ts'
import { type Resource, useResource } from './resource.ts'
import { useView, type View } from './route.ts'

export function App() {
  const [lang, setLang] = useLang()
  const [theme, setTheme] = useTheme()
  const locale = useMemo(() => localeOf(lang), [lang])
  const { live, changes } = useStream()
  const sites = useResource('sites', (signal) => get<SitesAnswer>('sites', signal))
  const view = useView()
  useArrival(view)
  const locked = sites.problem?.status === 401
  // What comes in each second is the header's; the view is drawn again when it has changed itself.
  const shown = useMemo(
    () => (locked ? <KeyForm /> : <Shown view={view} sites={sites} />),
    [locked, view, sites],
  )

  // Numbers and dates of a language take the browser a while the first time: that goes by before figures come.
  useEffect(() => {
    locale.format.whole(0)
    locale.format.day('2026-01-01')
  }, [locale])

  useEffect(() => {
    if (view.name === 'overview') document.title = locale.text.title
  }, [locale, view])

  return (
    <LocaleContext.Provider value={locale}>
      <ChangesContext.Provider value={changes}>
        <LiveContext.Provider value={live}>
          {view.name === 'overview' && (
            <a class="skip" href="#targets">
              {locale.text.skipToTargets}
            </a>
          )}
          <Header
            organisation={sites.value?.organisation}
            locked={locked}
            setLang={setLang}
            view={view}
            theme={theme}
            setTheme={setTheme}
          />
          {shown}
        </LiveContext.Provider>
      </ChangesContext.Provider>
    </LocaleContext.Provider>
  )
}

function Shown({ view, sites }: { view: View; sites: Resource<SitesAnswer> }) {
  switch (view.name) {
    case 'overview':
      return <Dashboard sites={sites} />
    case 'lineage':
      return (
        <OnDemand
          name="lineage"
          load={() => import('./lineage/lineage-view.tsx').then(({ LineageView }) => LineageView)}
          props={{ key: `${view.indicator} ${view.scope} ${view.period}`, view, sites: sites.value }}
        />
      )
    case 'alerts':
      return (
        <OnDemand
          name="alerts"
          load={() => import('./alerts/alerts-view.tsx').then(({ AlertsView }) => AlertsView)}
          props={{ at: view.at, sites: sites.value }}
        />
      )
    case 'subscriptions':
      return (
        <OnDemand
          name="subscriptions"
          load={() =>
            import('./subscriptions/subscriptions-view.tsx').then(
              ({ SubscriptionsView }) => SubscriptionsView,
            )
          }
          props={{ sites: sites.value }}
        />
      )
    case 'target':
      return (
        <OnDemand
          name="target"
          load={() => import('./target/target-view.tsx').then(({ TargetView }) => TargetView)}
          props={{ key: view.id, id: view.id, sites: sites.value }}
        />
      )
    case 'site':
      return (
        <OnDemand
          name="site"
          load={() => import('./site/site-view.tsx').then(({ SiteView }) => SiteView)}
          props={{ key: view.id, view, sites: sites.value }}
        />
      )
    case 'meter':
      return (
        <OnDemand
          name="meter"
          load={() => import('./meter/meter-view.tsx').then(({ MeterView }) => MeterView)}
          props={{ key: view.id, view, sites: sites.value }}
        />
      )
    case 'quality':
      return (
        <OnDemand
          name="quality"
          load={() => import('./data-quality/quality-view.tsx').then(({ QualityView }) => QualityView)}
          props={{ view, sites: sites.value }}
        />
      )
    case 'organisation':
      return (
        <OnDemand
          name="organisation"
          load={() =>
            import('./organisation/organisation-view.tsx').then(({ OrganisationView }) => OrganisationView)
          }
          props={{ at: view.at, sites }}
        />
      )
    case 'help':
      return (
        <OnDemand
          name="help"
          load={() => import('./help/help-view.tsx').then(({ HelpView }) => HelpView)}
          props={{ at: view.at, sites }}
        />
      )
    case 'report':
      return (
        <OnDemand
          name="report"
          load={() => import('./report/report-view.tsx').then(({ ReportView }) => ReportView)}
          props={{ view, sites: sites.value }}
        />
      )
  }
}
