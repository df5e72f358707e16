import type { IndicatorsAnswer } from '../answers.ts'
import type { Topic } from '../text/help-topics-en.ts'
import { Part, See } from './part.tsx'
import { useWords } from './words.ts'

interface Props {
  id: string
  topic: Topic
  answer: IndicatorsAnswer | undefined
}

/** A method in words: what it is, its rules, and when there is nothing to say. */
export function TopicHelp({ id, topic, answer }: Props) {
  const words = useWords()
  const { title, lead, formula, points = [], standard, nullWhere = [], example, see = [] } = topic
  return (
    <>
      <h2 id={`help-${id}`}>{title}</h2>
      <p class="lead">{lead}</p>
      {formula !== undefined && <p class="in-words">{formula}</p>}
      {points.length > 0 && (
        <ul class="points">
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
      {example !== undefined && (
        <Part title={words.example}>
          <p>{example}</p>
        </Part>
      )}
      {nullWhere.length > 0 && (
        <Part title={words.nullWhere}>
          <ul class="points">
            {nullWhere.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </Part>
      )}
      {standard !== undefined && (
        <Part title={words.standard}>
          <p>{standard}</p>
        </Part>
      )}
      <See ids={see} answer={answer} />
    </>
  )
}
