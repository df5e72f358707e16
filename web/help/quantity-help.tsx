import type { IndicatorsAnswer, QuantityRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { familyOf } from '../indicator.ts'
import { HelpLink, Part, See } from './part.tsx'
import { useWords } from './words.ts'

/** How a quantity is made that indicators are made of. */
export function QuantityHelp({ row, answer }: { row: QuantityRow; answer: IndicatorsAnswer }) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const { id, name, unit, how, kind, parts, entered, everySite } = row
  const usedIn = [
    ...answer.quantities.filter((one) => one.parts.some((part) => part.id === id)),
    ...answer.rows.filter(
      (one) => one.denominator?.id === id || (one.numerator === id && one.denominator?.from === 'quantities'),
    ),
  ]
  return (
    <div class={familyOf(id)}>
      <h2>{nameOf(name)}</h2>
      <p class="lead">{nameOf(how)}</p>
      <dl class="help-facts">
        <div>
          <dt>{words.unit}</dt>
          <dd>{format.unit(unit)}</dd>
        </div>
        <div>
          <dt>{words.how}</dt>
          <dd>
            {words.kinds[kind]}
            {entered !== null && <small>{words.entered(entered)}</small>}
            {everySite && <small>{words.everySite}</small>}
          </dd>
        </div>
        <div>
          <dt>{words.id}</dt>
          <dd>
            <code>{id}</code>
          </dd>
        </div>
      </dl>
      {parts.length > 0 && (
        <Part title={words.parts}>
          <ul class="made-of">
            {parts.map((part) => (
              <li key={part.id}>
                {part.weight !== null && part.weight < 0 && '− '}
                <HelpLink id={part.id} answer={answer} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {usedIn.length > 0 && (
        <Part title={words.needed}>
          <ul class="see">
            {usedIn.map((one) => (
              <li key={one.id}>
                <HelpLink id={one.id} answer={answer} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      <See ids={['entries', 'factors', 'coverage']} answer={answer} />
    </div>
  )
}
