import type { ComponentChildren } from 'preact'
import type { IndicatorsAnswer } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { follow, helpHref } from '../route.ts'
import { useTopics, useWords } from './words.ts'

export function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="help-part">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** The way to what is explained elsewhere. */
export function HelpLink({ id, answer }: { id: string; answer: IndicatorsAnswer | undefined }) {
  const { nameOf } = useLocale()
  const topics = useTopics()
  const topic = Object.entries(topics).find(([one]) => one === id)?.[1]
  const row = answer?.rows.find((one) => one.id === id) ?? answer?.quantities.find((one) => one.id === id)
  return (
    <a href={helpHref(id)} onClick={follow}>
      {topic?.title ?? (row === undefined ? id : nameOf(row.name))}
    </a>
  )
}

export function See({ ids, answer }: { ids: readonly string[]; answer: IndicatorsAnswer | undefined }) {
  const words = useWords()
  if (ids.length === 0) return null
  return (
    <Part title={words.see}>
      <ul class="see">
        {ids.map((id) => (
          <li key={id}>
            <HelpLink id={id} answer={answer} />
          </li>
        ))}
      </ul>
    </Part>
  )
}
