import { useId, useState } from 'preact/hooks'
import type { FactorSeriesRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { Why } from '../why.tsx'
import { useWords } from './words.ts'

interface Props {
  row: FactorSeriesRow
  scopeName: (id: string) => string
}

type Value = FactorSeriesRow['values'][number]

/** What counts today of a series; opened, all of its values by date. */
export function FactorItem({ row, scopeName }: Props) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const id = useId()
  const [open, setOpen] = useState(false)
  const { now, values, usedBy } = row
  const counting = values.find((value) => value.now)
  const name = nameOf(row.name)
  const [place = '', at] = row.place.split(':')
  return (
    <tbody class={open ? 'opened' : undefined}>
      <tr>
        <th scope="row">
          <span class="factor-name">{name}</span>
          <small>{at === undefined ? words.places[place] : `${words.places[place]} ${at}`}</small>
          {values.length > 1 && (
            <button
              type="button"
              class="link-button dates"
              aria-expanded={open}
              aria-controls={id}
              aria-label={words.datesOf(words.dates(values.length), `${name} ${at ?? ''}`.trim())}
              onClick={() => setOpen(!open)}
            >
              {words.dates(values.length)}
              <Icon name="down" />
            </button>
          )}
        </th>
        <td data-label={words.value} class="right">
          <span>
            {now === null ? (
              <Why label={words.noneToday} kind="quiet">
                <p>{row.reason}</p>
              </Why>
            ) : (
              <>
                <data class="factor-value" value={now.value}>
                  {format.exact(now.value, '')}
                </data>
                <small>{format.unit(now.unit)}</small>
              </>
            )}
          </span>
        </td>
        <td data-label={words.valid}>
          <span>
            {counting === undefined ? '—' : <Valid value={counting} />}
            {now?.carriedForward && (
              <em class="carried">
                <Icon name="warn" />
                {words.carriedSince(format.day(now.since, 'full'))}
              </em>
            )}
          </span>
        </td>
        <td data-label={words.appliesTo}>
          {usedBy.length === 0 ? (
            <span class="not-stated">{words.nobody}</span>
          ) : usedBy.length <= 2 ? (
            <span>{usedBy.map(scopeName).join(words.comma)}</span>
          ) : (
            <span>
              <Why
                label={words.scopes(usedBy.length)}
                name={`${words.appliesTo}: ${words.scopes(usedBy.length)}`}
              >
                <ul>
                  {usedBy.map((scope) => (
                    <li key={scope}>{scopeName(scope)}</li>
                  ))}
                </ul>
              </Why>
            </span>
          )}
        </td>
        <td data-label={words.source} class="source">
          <span>{counting === undefined ? '—' : <Source value={counting} />}</span>
        </td>
      </tr>
      {open &&
        values.map((value) => (
          <tr key={`${value.key} ${value.own}`} id={value === values[0] ? id : undefined} class="dated-value">
            <th scope="row">
              <Valid value={value} />
              {value.now && <small class="counts">{words.counts}</small>}
            </th>
            <td class="right">
              <span>
                <data value={value.value}>{format.exact(value.value, '')}</data>
                <small>{format.unit(value.unit)}</small>
              </span>
            </td>
            <td colSpan={2}>
              {value.overruled ? words.overruled : value.own ? words.statedIn.own : words.statedIn.published}
            </td>
            <td class="source">
              <span>
                <Source value={value} />
              </span>
            </td>
          </tr>
        ))}
    </tbody>
  )
}

function Valid({ value: { from, to } }: { value: Value }) {
  const { format } = useLocale()
  const words = useWords()
  const day = (date: string) => format.day(date, 'full')
  return <>{to === null ? words.validOn(day(from)) : words.validSpan(day(from), day(to))}</>
}

function Source({ value: { source, edition, published } }: { value: Value }) {
  const words = useWords()
  return (
    <>
      {source}
      <small>{[edition, words.published(published)].filter(Boolean).join(' · ')}</small>
    </>
  )
}
