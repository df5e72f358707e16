import { useId } from 'preact/hooks'
import type { AlertRow, Severity, SitesAnswer } from '../answers.ts'
import { Choice } from '../choice.tsx'
import { useLocale } from '../i18n.ts'
import { useWords } from './words.ts'

const states = ['all', 'open', 'pending', 'resolved'] as const
const severities: readonly Severity[] = ['info', 'warning', 'critical']

export interface Filter {
  readonly site: string
  readonly severity: Severity
  readonly state: (typeof states)[number]
}

export const NO_FILTER: Filter = { site: '', severity: 'info', state: 'all' }

export function passes(alert: AlertRow, { site, severity, state }: Filter): boolean {
  const isOpen = alert.status === 'firing' || alert.status === 'acknowledged'
  return (
    (site === '' || alert.site === site) &&
    severities.indexOf(alert.severity) >= severities.indexOf(severity) &&
    (state === 'all' || (state === 'open' ? isOpen : alert.status === state))
  )
}

interface Props {
  filter: Filter
  setFilter: (filter: Filter) => void
  sites: SitesAnswer | undefined
}

export function Filters({ filter, setFilter, sites }: Props) {
  const { text, nameOf } = useLocale()
  const words = useWords()
  const id = useId()
  return (
    <section class="filters" aria-label={words.filters}>
      <Choice
        legend={words.state}
        options={states}
        chosen={filter.state}
        choose={(state) => setFilter({ ...filter, state })}
        label={(state) => words.states[state]}
      />
      <Choice
        legend={words.severity}
        options={severities}
        chosen={filter.severity}
        choose={(severity) => setFilter({ ...filter, severity })}
        label={(severity) => (severity === 'info' ? words.anySeverity : text.alerting.severities[severity])}
      />
      <span class="picker">
        <label for={id} class="unseen">
          {words.site}
        </label>
        <select
          id={id}
          value={filter.site}
          onChange={(event) => setFilter({ ...filter, site: event.currentTarget.value })}
        >
          <option value="">{words.allSites}</option>
          {sites?.rows.map((site) => (
            <option key={site.id} value={site.id}>
              {nameOf(site.name)}
            </option>
          ))}
        </select>
      </span>
    </section>
  )
}
