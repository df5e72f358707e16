import { useState } from 'preact/hooks'
import type { SitesAnswer } from '../answers.ts'
import { linesOf } from '../csv.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { follow, siteHref } from '../route.ts'
import { sum } from './head.tsx'
import { Search, speaksOf } from './search.tsx'
import { boundaryLines } from './sheets.ts'
import { useWords } from './words.ts'

/** Every boundary with the sites in it. */
export function Boundaries({ answer }: { answer: SitesAnswer }) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const [wanted, setWanted] = useState('')
  const { rows, boundaries } = answer
  const siteOf = (id: string) => rows.find((site) => site.id === id)
  const shown = boundaries.filter((boundary) =>
    speaksOf(
      [
        ...[boundary.id, boundary.name.en, boundary.name.zh],
        ...boundary.sites.flatMap((id) => [id, siteOf(id)?.name.en, siteOf(id)?.name.zh]),
      ],
      wanted,
    ),
  )
  return (
    <>
      <Search
        wanted={wanted}
        setWanted={setWanted}
        hint={words.searchIn.boundaries}
        found={shown.length}
        file={{ name: 'boundaries.csv', text: () => linesOf(boundaryLines(shown)) }}
      />
      <p class="note">{words.boundaryNote}</p>
      {shown.length === 0 && <p class="empty">{words.nothingFound}</p>}
      <ul class="boundary-list">
        {shown.map((boundary) => {
          const inside = rows.filter(({ id }) => boundary.sites.includes(id))
          const outside = rows.filter(({ id }) => !boundary.sites.includes(id))
          const people = inside.flatMap(({ employees }) => employees?.fullTime ?? [])
          return (
            <li key={boundary.id} class="card boundary-card">
              <h2>
                <Icon name="boundary" />
                {nameOf(boundary.name)}
              </h2>
              <p class="note">
                {text.siteCount(inside.length)}
                {outside.length === 0 && ` (${words.allSites})`}
                {people.length > 0 && (
                  <>
                    {' · '}
                    <data value={sum(people)} data-sum>
                      {format.whole(sum(people))}
                    </data>{' '}
                    {words.employees.toLowerCase()}
                    {people.length < inside.length && `, ${words.factsOf(people.length, inside.length)}`}
                  </>
                )}
              </p>
              <ul class="chips" aria-label={words.boundarySites}>
                {inside.map((site) => (
                  <li key={site.id}>
                    <a href={siteHref(site.id)} onClick={follow}>
                      <Icon name={site.kind} />
                      {nameOf(site.name)}
                    </a>
                  </li>
                ))}
              </ul>
              {outside.length > 0 && (
                <p class="note">
                  {words.notIn}: {outside.map((site) => nameOf(site.name)).join(words.comma)}
                </p>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
