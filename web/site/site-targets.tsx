import { useState } from 'preact/hooks'
import type { SiteRow, SitesAnswer, TargetRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { follow, targetHref } from '../route.ts'
import { VerdictBadge } from '../verdict.tsx'
import { useWords } from './words.ts'

/** So many are shown at first: those of large boundaries come last. */
const SHOWN = 5

interface Props {
  targets: readonly TargetRow[] | undefined
}

/** The targets that speak of the site, its own first, each with its verdict. */
export function SiteTargets({ targets }: Props) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const [all, showAll] = useState(false)
  const left = (targets?.length ?? 0) - SHOWN
  return (
    <section class="card site-targets" aria-labelledby="site-targets" aria-busy={targets === undefined}>
      <h2 id="site-targets">{words.targets}</h2>
      <p class="note">{words.targetsNote}</p>
      {targets === undefined && <div class="skeleton" />}
      {targets?.length === 0 && <p class="empty">{words.noTargets}</p>}
      <ul>
        {targets?.slice(0, all ? undefined : SHOWN).map((target) => {
          const value = target.projected ?? target.actual
          return (
            <li key={target.id}>
              <VerdictBadge verdict={target.verdict} />
              <a href={targetHref(target.id)} onClick={follow}>
                {nameOf(target.name)}
              </a>
              <small>{nameOf(target.scopeName)}</small>
              <p>
                {value === null ? (
                  text.noFigure
                ) : (
                  <>
                    <small>
                      {target.projected === null ? text.soFarIn(target.year) : text.projectedFor(target.year)}
                    </small>{' '}
                    <data value={value}>{format.amount(value, target.unit)}</data>
                  </>
                )}
              </p>
            </li>
          )
        })}
      </ul>
      {left > 0 && (
        <button type="button" class="quiet-button" aria-expanded={all} onClick={() => showAll(!all)}>
          {all ? words.fewer : words.moreTargets(left)}
        </button>
      )}
    </section>
  )
}

/** Those of the site, then those of boundaries that it is part of, the smallest first. */
export function targetsOf(all: readonly TargetRow[], site: SiteRow, sites: SitesAnswer): TargetRow[] {
  const own = `site:${site.id}`
  const boundaries = sites.boundaries
    .filter((boundary) => boundary.sites.includes(site.id))
    .toSorted((a, b) => a.sites.length - b.sites.length)
    .map(({ scope }) => scope)
  const of = (scope: string) => all.filter((target) => target.scope === scope)
  return [...of(own), ...boundaries.flatMap(of)]
}
