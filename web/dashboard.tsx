import { useEffect, useState } from 'preact/hooks'
import { AlertStrip } from './alert-strip.tsx'
import type { SitesAnswer, Utility } from './answers.ts'
import { Consumption } from './consumption.tsx'
import { Footer } from './footer.tsx'
import { OnDemand } from './on-demand.tsx'
import type { Resource } from './resource.ts'
import { scopesOf } from './scopes.ts'
import { Sites } from './sites.tsx'
import { Targets } from './targets.tsx'
import { Trouble } from './trouble.tsx'

/** What is shown by day and by the hour. */
const shown: readonly Utility[] = ['electricity', 'heat', 'natural-gas', 'tap-water', 'reclaimed-water']

/** The page's sections, in the order of what matters: targets, sites, days. */
export function Dashboard({ sites }: { sites: Resource<SitesAnswer> }) {
  const answer = sites.value
  const [chosen, choose] = useState<string>()
  const scopes = answer === undefined ? [] : scopesOf(answer)
  const scope = scopes.find((one) => one.scope === chosen) ?? scopes[0]
  const [wish, wishFor] = useState<Utility>('electricity')
  const offered = shown.filter((one) => scope?.utilities.includes(one))
  const utility = offered.includes(wish) ? wish : offered[0]

  // A server that was away at first is asked again, without a reload.
  const { refetch } = sites
  const failed = sites.problem !== undefined && answer === undefined
  useEffect(() => {
    if (!failed) return
    const timer = setInterval(refetch, 5000)
    return () => clearInterval(timer)
  }, [failed, refetch])

  function show(wanted: string) {
    choose(wanted)
    const chart = document.getElementById('consumption')
    if (chart === null) return
    const { top, bottom } = chart.getBoundingClientRect()
    // Beside the sites on a wide screen the chart is mostly in view already.
    if (top > innerHeight * 0.75 || bottom < innerHeight * 0.25) {
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
      chart.scrollIntoView({ behavior: calm ? 'auto' : 'smooth' })
    }
  }

  return (
    <>
      <AlertStrip />
      <main>
        <Targets scopes={scopes} />
        {/* That nothing answers at all is said above, once. */}
        {failed && sites.problem?.status !== 0 && <Trouble problem={sites.problem} retry={refetch} />}
        {!failed && (
          <div class="columns">
            <Sites answer={answer} scopes={scopes} chosen={scope?.scope} choose={show} />
            <div class="beside">
              <Consumption
                scopes={scopes}
                scope={scope}
                sites={answer?.rows ?? []}
                choose={choose}
                offered={offered}
                utility={utility}
                chooseUtility={wishFor}
                loading={answer === undefined}
              />
              {scope !== undefined && utility !== undefined && (
                <OnDemand
                  name="today"
                  load={() => import('./typical/today-card.tsx').then(({ TodayCard }) => TodayCard)}
                  props={{ scope, utility }}
                />
              )}
            </div>
          </div>
        )}
      </main>
      <Footer answer={answer} />
    </>
  )
}
