import type { LineageAnswer } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { familyOf } from '../indicator.ts'
import { follow, helpHref, lineageHref, overviewHref } from '../route.ts'
import { Factors } from './factors.tsx'
import { Formula } from './formula.tsx'
import { Known } from './known.tsx'
import { moved, periodName } from './period.ts'
import { useWords } from './words.ts'

/** The figure itself: how it is made, how it is known, and the way to the periods beside it. */
export function Head({ answer, zone }: { answer: LineageAnswer; zone: string | undefined }) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const { indicator, scope, period, value, reason, notes, standard, partial, asOf, factors } = answer
  const beside = (by: number) => lineageHref({ indicator, scope, period: moved(period, by) })
  const isPast = moved(period, 1) <= asOf.slice(0, period.length)
  return (
    <header class={`card lineage-head ${familyOf(indicator)}`}>
      <p class="crumbs">
        <a href={overviewHref()} onClick={follow}>
          {words.overview}
        </a>
        <span>{words.of(nameOf(answer.scopeName), periodName(period, format))}</span>
        <span class="beside">
          <a class="quiet-button square" href={beside(-1)} onClick={follow} aria-label={words.earlier}>
            <Icon name="back" />
          </a>
          {isPast && (
            <a class="quiet-button square" href={beside(1)} onClick={follow} aria-label={words.later}>
              <Icon name="forward" />
            </a>
          )}
          {period.length > 4 && (
            <a
              class="quiet-button"
              href={lineageHref({ indicator, scope, period: period.slice(0, 4) })}
              onClick={follow}
            >
              {words.whole(period.slice(0, 4))}
            </a>
          )}
        </span>
      </p>
      <h1>{nameOf(answer.name)}</h1>
      <Formula answer={answer} />
      {value === null && <p class="no-figure">{reason}</p>}
      <p class="head-known">
        <Known {...answer} />
        <Factors factors={factors} />
        {standard !== null && (
          <small>
            {words.standard}: {standard}
          </small>
        )}
        <small>{words.asOf(format.dateTime(asOf, zone))}</small>
        <a class="method" href={helpHref(indicator)} onClick={follow}>
          {words.method}
        </a>
      </p>
      {partial && <p class="head-note">{words.running}</p>}
      {notes.length > 0 && (
        <ul class="head-notes" aria-label={words.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </header>
  )
}
