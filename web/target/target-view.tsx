import { useEffect } from 'preact/hooks'
import type { SitesAnswer } from '../answers.ts'
import { askTarget } from '../asked-targets.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { familyOf } from '../indicator.ts'
import { useTouched } from '../live.ts'
import { useResource } from '../resource.ts'
import { follow, overviewHref } from '../route.ts'
import { scopesOf } from '../scopes.ts'
import { TargetBar } from '../target-bar.tsx'
import { hasPath } from '../target-kind.ts'
import { TargetPath } from '../target-path.tsx'
import { touches } from '../touched.ts'
import { Trouble } from '../trouble.tsx'
import { DriversCard } from './drivers-card.tsx'
import { MonthsChart } from './months-chart.tsx'
import { Projections } from './projections.tsx'
import { Rests } from './rests.tsx'
import './target.css'
import { TargetHead } from './target-head.tsx'
import { useWords } from './words.ts'

/** One target: where it stands, the course of the year, how it is projected, and what drives it. */
export function TargetView({ id, sites }: { id: string; sites: SitesAnswer | undefined }) {
  const { text, nameOf } = useLocale()
  const words = useWords()
  const answer = useResource(`target ${id}`, (signal) => askTarget(id, signal))
  const target = answer.value
  const name = target === undefined ? undefined : nameOf(target.name)

  useTouched((touched) => {
    const of = sites && scopesOf(sites).find((one) => one.scope === target?.scope)?.sites
    return of === undefined || touches(touched, of) ? answer.refetch() : undefined
  })
  useEffect(() => {
    if (name !== undefined) document.title = `${name} — wattwell`
  }, [name])

  return (
    <main id="target" class="target-view" aria-busy={target === undefined && answer.problem === undefined}>
      <p class="crumbs">
        <a href={overviewHref()} onClick={follow}>
          {words.overview}
        </a>
      </p>
      {answer.problem?.status === 404 ? (
        <p class="empty">{words.noSuch}</p>
      ) : (
        answer.problem !== undefined && <Trouble problem={answer.problem} retry={answer.refetch} />
      )}
      {target === undefined && answer.problem === undefined && (
        <>
          <div class="card skeleton head-skeleton" />
          <div class="card skeleton view-skeleton" />
        </>
      )}
      {target !== undefined && name !== undefined && (
        <div class={`target-parts ${familyOf(target.indicator)} ${target.verdict}`}>
          <TargetHead target={target} />
          <div class="target-main">
            <MonthsChart target={target} name={name} />
            <DriversCard drivers={target.drivers} wanted={target} />
          </div>
          <div class="target-side">
            <Projections target={target} />
            <section class="card target-years" aria-labelledby="years-title">
              <h2 id="years-title">{words.years}</h2>
              {hasPath(target) ? (
                <TargetPath target={target} name={name} />
              ) : (
                <TargetBar target={target} name={name} />
              )}
              <Rests target={target} sites={sites} />
              {target.warnings.length > 0 && (
                <ul class="warnings" aria-label={text.warnings}>
                  {target.warnings.map((warning) => (
                    <li key={warning}>
                      <Icon name="warn" />
                      {text.warningSaid[warning] ?? warning}
                    </li>
                  ))}
                </ul>
              )}
            </section>
          </div>
        </div>
      )}
    </main>
  )
}
