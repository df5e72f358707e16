import type { SitesAnswer } from '../answers.ts'
import { API } from '../api.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { reportHref } from '../route.ts'
import { scopesOf } from '../scopes.ts'
import { useWords } from './words.ts'

interface Props {
  year: number
  /** As the address asks for it. */
  boundary: string | undefined
  /** The scope that is shown; before the answer names it, the files are asked for as the page is. */
  scope: string | undefined
  sites: SitesAnswer | undefined
}

const FILES = ['xlsx', 'csv', 'json'] as const

/** What can be done with the report; not on paper. */
export function Toolbar({ year, boundary, scope, sites }: Props) {
  const { lang, nameOf } = useLocale()
  const words = useWords()
  const scopes = sites === undefined ? [] : scopesOf(sites)
  const of = scope ?? boundary
  const fileOf = (format: string) =>
    `${API}/reports/${year}?${new URLSearchParams({ format, lang, ...(of !== undefined && { boundary: of }) })}`
  return (
    <div class="report-tools">
      <label class="picker">
        <span class="unseen">{words.boundary}</span>
        <select
          value={scope}
          onChange={(event) =>
            location.assign(new URL(reportHref(year, event.currentTarget.value), document.baseURI))
          }
        >
          {scopes.toReversed().map((one) => (
            <option key={one.scope} value={one.scope}>
              {nameOf(one.name)}
            </option>
          ))}
        </select>
      </label>
      <a
        class="quiet-button square"
        href={reportHref(year - 1, boundary)}
        aria-label={words.earlier(year - 1)}
        title={words.earlier(year - 1)}
      >
        <Icon name="back" />
      </a>
      {year < new Date().getFullYear() && (
        <a
          class="quiet-button square"
          href={reportHref(year + 1, boundary)}
          aria-label={words.earlier(year + 1)}
          title={words.earlier(year + 1)}
        >
          <Icon name="forward" />
        </a>
      )}
      <span class="report-files">
        {FILES.map((format) => (
          <a key={format} class="quiet-button" href={fileOf(format)} download>
            <Icon name="download" />
            {format.toUpperCase()}
          </a>
        ))}
        <button type="button" class="quiet-button" onClick={() => print()}>
          {words.print}
        </button>
      </span>
    </div>
  )
}
