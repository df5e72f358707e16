import { useState } from 'preact/hooks'
import type { FactorSeriesRow, FactorsAnswer, SitesAnswer } from '../answers.ts'
import { get } from '../api.ts'
import { Choice } from '../choice.tsx'
import { linesOf } from '../csv.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { useResource } from '../resource.ts'
import { scopesOf } from '../scopes.ts'
import { Trouble } from '../trouble.tsx'
import { FactorItem } from './factor-item.tsx'
import { Search, speaksOf } from './search.tsx'
import { factorLines } from './sheets.ts'
import { useWords } from './words.ts'

const which = ['used', 'carried', 'all'] as const
type Which = (typeof which)[number]

const passes: Record<Which, (row: FactorSeriesRow) => boolean> = {
  used: ({ usedBy }) => usedBy.length > 0,
  carried: ({ now, usedBy }) => usedBy.length > 0 && now?.carriedForward === true,
  all: () => true,
}

/** What turns meters and entries into energy, coal equivalent and gases: what counts today, since when, and for whom. */
export function FactorList({ answer }: { answer: SitesAnswer }) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const [wanted, setWanted] = useState('')
  const [chosen, choose] = useState<Which>('used')
  const factors = useResource('factors', (signal) => get<FactorsAnswer>('factors', signal))
  const scopes = scopesOf(answer)
  const scopeName = (id: string) => {
    const scope = scopes.find((one) => one.scope === id)
    return scope === undefined ? id : nameOf(scope.name)
  }
  if (factors.problem !== undefined) return <Trouble problem={factors.problem} retry={factors.refetch} />
  if (factors.value === undefined) return <div class="skeleton view-skeleton" />
  const { rows, assessmentReport } = factors.value
  const carried = rows.filter(passes.carried).length
  const shown = rows
    .filter(passes[chosen])
    .filter(({ key, name, place, usedBy, values }) =>
      speaksOf(
        [
          key,
          name.en,
          name.zh,
          place,
          ...usedBy,
          ...usedBy.map(scopeName),
          ...values.map(({ source }) => source),
        ],
        wanted,
      ),
    )
  const kinds = [...new Set(shown.map(({ kind }) => kind))]
  return (
    <>
      <Search
        wanted={wanted}
        setWanted={setWanted}
        hint={words.searchIn.factors}
        found={shown.length}
        file={{ name: 'factors.csv', text: () => linesOf(factorLines(shown)) }}
      >
        <Choice
          legend={words.which}
          options={which}
          chosen={chosen}
          choose={choose}
          label={(one) => words.whichKinds[one]}
        />
      </Search>
      {carried > 0 && (
        <p class="carried-note">
          <Icon name="warn" />
          {words.carriedNote(format.whole(carried))}
        </p>
      )}
      {shown.length === 0 && <p class="empty">{words.nothingFound}</p>}
      {kinds.map((kind) => (
        <section key={kind} class="card table-card" aria-labelledby={`factors-${kind}`}>
          <header>
            <h2 id={`factors-${kind}`}>{words.kinds[kind]}</h2>
            {kind === 'warming-potential' && <p>{words.assessment(assessmentReport)}</p>}
          </header>
          <table class="org-table factor-table">
            <thead>
              <tr>
                <th scope="col">{words.factor}</th>
                <th scope="col" class="right">
                  {words.value}
                </th>
                <th scope="col">{words.valid}</th>
                <th scope="col">{words.appliesTo}</th>
                <th scope="col">{words.source}</th>
              </tr>
            </thead>
            {shown
              .filter((row) => row.kind === kind)
              .map((row) => (
                <FactorItem key={row.key} row={row} scopeName={scopeName} />
              ))}
          </table>
        </section>
      ))}
    </>
  )
}
