import { useEffect } from 'preact/hooks'
import type { MeterRow, SitesAnswer } from '../answers.ts'
import { getRows } from '../api.ts'
import { type Resource, useResource } from '../resource.ts'
import { follow, organisationHref } from '../route.ts'
import { Trouble } from '../trouble.tsx'
import { Boundaries } from './boundaries.tsx'
import { Entered } from './entered.tsx'
import { FactorList } from './factor-list.tsx'
import { Head } from './head.tsx'
import './organisation.css'
import './tables.css'
import { SiteList } from './site-list.tsx'
import { TargetList } from './target-list.tsx'
import { useWords } from './words.ts'

const parts = ['sites', 'boundaries', 'targets', 'factors', 'entered'] as const

/** What is configured: sites, boundaries, targets and factors, and what is entered beside them. */
export function OrganisationView({ at, sites }: { at: string; sites: Resource<SitesAnswer> }) {
  const words = useWords()
  const shown = parts.find((part) => part === at) ?? 'sites'
  const answer = sites.value
  const meters = useResource('meters', (signal) => getRows<MeterRow>('meters', signal))

  useEffect(() => {
    document.title = `${words.title} — wattwell`
  }, [words])

  return (
    <main id="organisation" class="organisation-view" aria-busy={answer === undefined}>
      {answer === undefined ? (
        <div class="skeleton organisation-head-skeleton" />
      ) : (
        <Head answer={answer} meters={meters.value} />
      )}
      {sites.problem !== undefined && answer === undefined && (
        <Trouble problem={sites.problem} retry={sites.refetch} />
      )}
      <nav class="parts" aria-label={words.partsLabel}>
        {parts.map((part) => (
          <a
            key={part}
            href={organisationHref(part === 'sites' ? '' : part)}
            onClick={follow}
            aria-current={part === shown ? 'true' : undefined}
          >
            {words.parts[part]}
          </a>
        ))}
      </nav>
      {answer === undefined ? (
        <div class="skeleton view-skeleton" />
      ) : (
        <>
          {shown === 'sites' && <SiteList answer={answer} meters={meters} />}
          {shown === 'boundaries' && <Boundaries answer={answer} />}
          {shown === 'targets' && <TargetList answer={answer} />}
          {shown === 'factors' && <FactorList answer={answer} />}
          {shown === 'entered' && <Entered answer={answer} />}
        </>
      )}
    </main>
  )
}
