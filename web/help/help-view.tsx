import { useEffect } from 'preact/hooks'
import type { IndicatorsAnswer, SitesAnswer } from '../answers.ts'
import { get } from '../api.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import type { Resource } from '../resource.ts'
import { useResource } from '../resource.ts'
import { follow, helpHref } from '../route.ts'
import { Trouble } from '../trouble.tsx'
import { Contents } from './contents.tsx'
import './help.css'
import { IndicatorHelp } from './indicator-help.tsx'
import { QuantityHelp } from './quantity-help.tsx'
import { TopicHelp } from './topic-help.tsx'
import { useTopics, useWords } from './words.ts'

interface Props {
  at: string
  sites: Resource<SitesAnswer>
}

/** The method of every figure: a list that is searched, and what is opened of it. */
export function HelpView({ at, sites }: Props) {
  const { nameOf } = useLocale()
  const words = useWords()
  const topics = useTopics()
  const indicators = useResource('indicators', (signal) => get<IndicatorsAnswer>('indicators', signal))
  const answer = indicators.value
  const shown = at === '' ? 'start' : at
  const topic = Object.entries(topics).find(([id]) => id === shown)?.[1]
  const indicator = answer?.rows.find(({ id }) => id === shown)
  const quantity = answer?.quantities.find(({ id }) => id === shown)
  const name = topic?.title ?? (indicator && nameOf(indicator.name)) ?? (quantity && nameOf(quantity.name))

  useEffect(() => {
    document.title = `${at !== '' && name !== undefined ? `${name} — ` : ''}${words.title} — wattwell`
  }, [at, name, words])

  return (
    <main id="help" class={at === '' ? 'help-view whole' : 'help-view'} aria-busy={indicators.waiting}>
      <header class="help-head">
        <h1>{words.title}</h1>
        <p>{words.note}</p>
      </header>
      {at !== '' && (
        <p class="all-topics">
          <a class="quiet-button" href={helpHref()} onClick={follow}>
            <Icon name="back" />
            {words.all}
          </a>
        </p>
      )}
      <div class="help-columns">
        <Contents answer={answer} shown={shown} />
        <article class="card explained" aria-live="polite">
          {indicators.problem !== undefined && (
            <Trouble problem={indicators.problem} retry={indicators.refetch} />
          )}
          {topic !== undefined && <TopicHelp id={shown} topic={topic} answer={answer} />}
          {answer !== undefined && indicator !== undefined && (
            <IndicatorHelp key={shown} row={indicator} answer={answer} sites={sites.value} />
          )}
          {answer !== undefined && indicator === undefined && quantity !== undefined && (
            <QuantityHelp row={quantity} answer={answer} />
          )}
          {topic === undefined &&
            name === undefined &&
            indicators.problem === undefined &&
            (answer === undefined ? (
              <div class="skeleton explained-skeleton" />
            ) : (
              <p class="empty">{words.noSuch(at)}</p>
            ))}
        </article>
      </div>
    </main>
  )
}
