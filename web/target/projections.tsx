import type { TargetDetail } from '../answers.ts'
import { digitsApart } from '../format.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { Why } from '../why.tsx'
import { useWords } from './words.ts'

/** What the year comes to by each method, how well that is known, and which one counts. */
export function Projections({ target }: { target: TargetDetail }) {
  const { format } = useLocale()
  const words = useWords()
  const { projections, unit, limit } = target
  return (
    <section class="card target-projections" aria-labelledby="projections-title">
      <header>
        <h2 id="projections-title">{words.projections}</h2>
        <p class="note">{projections.length === 0 ? words.noProjection : words.projectionsNote}</p>
      </header>
      <ul>
        {projections.map(({ method, projected, low, high, confidence, chosen, reason, model }) => {
          const digits =
            projected !== null && limit !== null ? digitsApart(projected, limit, unit) : undefined
          return (
            <li key={method} class={chosen ? 'chosen' : undefined}>
              <p class="method">
                {chosen && <Icon name="check" />}
                <span>{words.methods[method]}</span>
                {chosen && <small>{words.chosen}</small>}
              </p>
              <p class="comes-to">
                <b>
                  {projected === null ? (
                    '—'
                  ) : (
                    <data value={projected}>{format.amount(projected, unit, digits)}</data>
                  )}
                </b>
                {low !== null && high !== null && (
                  <small>
                    <data value={low}>{format.figure(low, unit, digits)}</data> –{' '}
                    <data value={high}>{format.figure(high, unit, digits)}</data>
                  </small>
                )}
              </p>
              <p class="fit">
                {confidence !== null && (
                  <span>
                    {words.confidence}: {words.confidences[confidence]}
                  </span>
                )}
                {model !== undefined && (
                  <span>
                    {[
                      words.r2(format.number(model.r2, 2)),
                      words.cvRmse(format.percent(model.cvRmse)),
                      words.points(format.whole(model.points)),
                    ].join(' · ')}
                    <Why label="?" name={words.fit}>
                      {words.fitSaid}
                    </Why>
                  </span>
                )}
                {reason !== undefined && <span>{words.reasons[reason] ?? reason}</span>}
              </p>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
