import { useState } from 'preact/hooks'
import type { MeterRow, SitesAnswer } from '../answers.ts'
import { linesOf } from '../csv.ts'
import { useLocale } from '../i18n.ts'
import type { Resource } from '../resource.ts'
import { Trouble } from '../trouble.tsx'
import { Search, speaksOf } from './search.tsx'
import { siteLines } from './sheets.ts'
import { SiteItem } from './site-item.tsx'
import { useWords } from './words.ts'

interface Props {
  answer: SitesAnswer
  meters: Resource<MeterRow[]>
}

/** Every site with what is stated of it. */
export function SiteList({ answer, meters }: Props) {
  const { text } = useLocale()
  const words = useWords()
  const [wanted, setWanted] = useState('')
  const of = (id: string) => meters.value?.filter(({ site }) => site === id)
  const shown = answer.rows.filter(({ id, name, kind, grid, zone }) =>
    speaksOf(
      [
        ...[id, name.en, name.zh, text.kinds[kind], grid, zone],
        ...(of(id) ?? []).flatMap((meter) => [meter.id, meter.name.en, meter.name.zh]),
      ],
      wanted,
    ),
  )
  return (
    <>
      <Search
        wanted={wanted}
        setWanted={setWanted}
        hint={words.searchIn.sites}
        found={shown.length}
        file={{ name: 'sites.csv', text: () => linesOf(siteLines(shown)) }}
      />
      {meters.problem !== undefined && <Trouble problem={meters.problem} retry={meters.refetch} />}
      {answer.rows.length === 0 && <p class="empty">{text.noSites}</p>}
      {shown.length === 0 && answer.rows.length > 0 && <p class="empty">{words.nothingFound}</p>}
      <ul class="card org-list">
        {shown.map((site) => (
          <SiteItem
            key={site.id}
            site={site}
            meters={of(site.id)}
            boundaries={answer.boundaries.filter(({ sites }) => sites.includes(site.id))}
            currency={answer.organisation.currency}
          />
        ))}
      </ul>
    </>
  )
}
