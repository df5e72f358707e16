import { useState } from 'preact/hooks'
import type { EntryRow, SavingRow, SitesAnswer } from '../answers.ts'
import { getRows } from '../api.ts'
import { linesOf } from '../csv.ts'
import { useLocale } from '../i18n.ts'
import { useResource } from '../resource.ts'
import { scopesOf } from '../scopes.ts'
import { Trouble } from '../trouble.tsx'
import { EnteredTable } from './entered-table.tsx'
import { Search, speaksOf } from './search.tsx'
import { entryLines } from './sheets.ts'
import { useWords } from './words.ts'

const CONTRACTS = ['green-contract', 'green-certificate']
const SAVED = ['energy-saved', 'water-saved', 'load-shifted']

/** What people entered of measures, of contracts, and in place of what is stated of sites. */
export function Entered({ answer }: { answer: SitesAnswer }) {
  const { nameOf } = useLocale()
  const words = useWords()
  const [wanted, setWanted] = useState('')
  const entries = useResource('entries in force', (signal) =>
    getRows<EntryRow | SavingRow>('entries?inForce=true&limit=10000', signal),
  )
  const scopes = scopesOf(answer)
  const scopeName = (id: string) => {
    const scope = scopes.find((one) => one.scope === id)
    return scope === undefined ? id : nameOf(scope.name)
  }
  if (entries.problem !== undefined) return <Trouble problem={entries.problem} retry={entries.refetch} />
  if (entries.value === undefined) return <div class="skeleton view-skeleton" />
  const stated = Object.keys(words.statedKinds)
  const shown = entries.value.filter(
    ({ quantity, scope, item, kind, source, note }) =>
      [...CONTRACTS, ...SAVED, ...stated].includes(quantity) &&
      speaksOf([quantity, scope, scopeName(scope), item, kind, source, note], wanted),
  )
  const of = (quantities: readonly string[]) => shown.filter(({ quantity }) => quantities.includes(quantity))
  return (
    <>
      <Search
        wanted={wanted}
        setWanted={setWanted}
        hint={words.searchIn.entered}
        found={shown.length}
        file={{ name: 'entered.csv', text: () => linesOf(entryLines(shown)) }}
      />
      <EnteredTable
        title={words.savings}
        note={words.savingsNote}
        none={words.noSavings}
        rows={of(SAVED)}
        scopeName={scopeName}
        nameOf={({ item }) => item}
      />
      <EnteredTable
        title={words.contracts}
        note={words.contractsNote}
        none={words.noContracts}
        rows={of(CONTRACTS)}
        scopeName={scopeName}
        nameOf={({ quantity, kind }) =>
          `${quantity === 'green-contract' ? words.contract : words.certificate}${kind === '' ? '' : ` (${kind})`}`
        }
      />
      <EnteredTable
        title={words.stated}
        note={words.statedNote}
        none={words.noStated}
        rows={of(stated)}
        scopeName={scopeName}
        nameOf={({ quantity, kind }) =>
          `${words.statedKinds[quantity] ?? quantity}${kind === '' ? '' : ` (${kind})`}`
        }
      />
    </>
  )
}
