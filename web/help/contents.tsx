import { useId, useState } from 'preact/hooks'
import type { IndicatorRow, IndicatorsAnswer } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { follow, helpHref } from '../route.ts'
import { type Family, families, familyOfIndicator } from './families.ts'
import { useTopics, useWords } from './words.ts'

interface Props {
  answer: IndicatorsAnswer | undefined
  shown: string
}

/** All that is explained, by what it belongs to; a field narrows it. */
export function Contents({ answer, shown }: Props) {
  const { nameOf } = useLocale()
  const words = useWords()
  const topics = useTopics()
  const field = useId()
  const [wanted, setWanted] = useState('')
  const fits = (...texts: (string | undefined)[]) => {
    const all = texts.join(' ').toLowerCase()
    return wanted
      .toLowerCase()
      .split(/\s+/)
      .every((word) => all.includes(word))
  }
  const methods = Object.entries(topics).filter(([id, { title, lead, points }]) =>
    fits(id, title, lead, ...(points ?? [])),
  )
  const indicators = (answer?.rows ?? []).filter(({ id, name, how, unit, standard }) =>
    fits(id, name.en, name.zh, nameOf(how), unit, standard ?? ''),
  )
  const isIndicator = new Set(answer?.rows.map(({ id }) => id))
  const quantities = (answer?.quantities ?? []).filter(
    ({ id, name, how }) => !isIndicator.has(id) && fits(id, name.en, name.zh, nameOf(how)),
  )
  const count = methods.length + indicators.length + quantities.length
  const link = (id: string, label: string) => (
    <a href={helpHref(id)} onClick={follow} aria-current={id === shown ? 'true' : undefined}>
      {label}
    </a>
  )
  const groups = Object.entries(words.groups) as [keyof typeof words.groups, string][]
  return (
    <nav class="help-contents" aria-label={words.contents}>
      <search>
        <label for={field} class="unseen">
          {words.search}
        </label>
        <input
          id={field}
          type="search"
          placeholder={words.searchHint}
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <span class="unseen" role="status">
          {wanted !== '' && words.found(count)}
        </span>
      </search>
      {count === 0 && answer !== undefined && <p class="empty">{words.nothingFound}</p>}
      {groups.map(([group, title]) => {
        const of = methods.filter(([, topic]) => topic.group === group)
        return (
          <Group key={group} title={title} count={of.length}>
            {of.map(([id, { title: label }]) => (
              <li key={id}>{link(id, label)}</li>
            ))}
          </Group>
        )
      })}
      {answer === undefined && <div class="skeleton contents-skeleton" />}
      {families.map((family) => (
        <IndicatorGroup
          key={family}
          family={family}
          rows={indicators.filter((row) => familyOfIndicator(row) === family)}
          link={link}
        />
      ))}
      <Group title={words.quantities} count={quantities.length}>
        {quantities.map(({ id, name }) => (
          <li key={id}>{link(id, nameOf(name))}</li>
        ))}
      </Group>
    </nav>
  )
}

interface GroupProps {
  title: string
  count: number
  children: preact.ComponentChildren
}

function Group({ title, count, children }: GroupProps) {
  const id = useId()
  if (count === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul>{children}</ul>
    </section>
  )
}

interface IndicatorGroupProps {
  family: Family
  rows: readonly IndicatorRow[]
  link: (id: string, label: string) => preact.ComponentChildren
}

/** Indicators, each with what it is divided by beside it. */
function IndicatorGroup({ family, rows, link }: IndicatorGroupProps) {
  const { nameOf } = useLocale()
  const words = useWords()
  const isPer = ({ denominator }: IndicatorRow) => denominator?.from === 'organisation.yaml'
  const alone = rows.filter((row) => !isPer(row))
  const per = rows.filter(isPer)
  const others = per.filter(({ numerator }) => !alone.some(({ id }) => id === numerator))
  return (
    <Group title={words.families[family]} count={rows.length}>
      {alone.map(({ id, name }) => {
        const divided = per.filter(({ numerator }) => numerator === id)
        return (
          <li key={id}>
            {link(id, nameOf(name))}
            {divided.length > 0 && (
              <ul class="per">
                {divided.map((row) => (
                  <li key={row.id}>
                    {link(row.id, words.per[row.denominator?.id ?? ''] ?? nameOf(row.name))}
                  </li>
                ))}
              </ul>
            )}
          </li>
        )
      })}
      {others.map(({ id, name }) => (
        <li key={id}>{link(id, nameOf(name))}</li>
      ))}
    </Group>
  )
}
