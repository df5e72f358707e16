import { useId } from 'preact/hooks'
import type { EntryRow, SavingRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { useWords } from './words.ts'

interface Props {
  title: string
  note: string
  none: string
  rows: readonly (EntryRow | SavingRow)[]
  scopeName: (id: string) => string
  nameOf: (row: EntryRow) => string
}

/** Entries of one thing at one place in a line, summed by the year where each of them is an event. */
export function EnteredTable({ title, note, none, rows, scopeName, nameOf }: Props) {
  const { format } = useLocale()
  const words = useWords()
  const id = useId()
  return (
    <section class="card table-card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <p>{note}</p>
      </header>
      {rows.length === 0 ? (
        <p class="empty">{none}</p>
      ) : (
        <table class="org-table">
          <thead>
            <tr>
              <th scope="col">{words.what}</th>
              <th scope="col">{words.periods}</th>
              <th scope="col" class="right">
                {words.amount}
              </th>
              <th scope="col">{words.source}</th>
            </tr>
          </thead>
          <tbody>
            {groupsOf(rows).map((group) => {
              const [first] = group
              if (first === undefined) return null
              const periods = group.map(({ period }) => period).sort()
              const [from, to] = [periods[0], periods.at(-1)]
              return (
                <tr key={first.id}>
                  <th scope="row">
                    {nameOf(first)}
                    <small>{scopeName(first.scope)}</small>
                  </th>
                  <td data-label={words.periods}>
                    <span>
                      {from === to ? from : words.validSpan(from ?? '', to ?? '')}
                      {methodOf(first) !== undefined && (
                        <small>{words.methods[methodOf(first) as 'metered']}</small>
                      )}
                    </span>
                  </td>
                  <td data-label={words.amount} class="right">
                    <span class="by-year">
                      {byYear(group).map(([year, value]) => (
                        <span key={year}>
                          <small>{words.years(year)}</small>{' '}
                          <data value={value}>{format.amount(value, first.unit)}</data>
                        </span>
                      ))}
                    </span>
                  </td>
                  <td data-label={words.source} class="source">
                    <span>{[...new Set(group.map(({ source }) => source))].slice(0, 2).join('; ')}</span>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </section>
  )
}

function methodOf(row: EntryRow | SavingRow): string | undefined {
  return 'saving' in row ? row.saving?.method : undefined
}

function groupsOf<Row extends EntryRow>(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = [row.scope, row.quantity, row.kind, row.item, row.unit].join('|')
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()]
}

/** The sum of each year. */
function byYear(rows: readonly EntryRow[]): [year: string, value: number][] {
  const years = new Map<string, number>()
  for (const { period, value } of rows) {
    const year = period.slice(0, 4)
    if (value !== null) years.set(year, (years.get(year) ?? 0) + value)
  }
  return [...years].sort(([a], [b]) => (a < b ? 1 : -1))
}
