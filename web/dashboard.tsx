import { useEffect, useState } from 'preact/hooks'
import { AlertStrip } from './alert-strip.tsx'
import type { SitesAnswer } from './answers.ts'
import { Consumption } from './consumption.tsx'
import { Footer } from './footer.tsx'
import type { Resource } from './resource.ts'
import { scopesOf } from './scopes.ts'
import { Sites } from './sites.tsx'
import { Targets } from './targets.tsx'
import { Trouble } from './trouble.tsx'

/** The page's sections, in the order of what matters: targets, sites, days. */
export function Dashboard({ sites }: { sites: Resource<SitesAnswer> }) {
  const answer = sites.value
  const [chosen, choose] = useState<string>()
  const scopes = answer === undefined ? [] : scopesOf(answer)
  const scope = scopes.find((one) => one.scope === chosen) ?? scopes[0]

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
    // Beside the sites on a wide screen the chart is in view already.
    if (chart !== null && chart.getBoundingClientRect().top > innerHeight * 0.75) {
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
            <Consumption
              scopes={scopes}
              scope={scope}
              sites={answer?.rows ?? []}
              choose={choose}
              loading={answer === undefined}
            />
          </div>
        )}
      </main>
      <Footer answer={answer} />
    </>
  )
}
