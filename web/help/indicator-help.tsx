import type { IndicatorRow, IndicatorsAnswer, SitesAnswer } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { familyOf, isRatio } from '../indicator.ts'
import { Example } from './example.tsx'
import { HelpLink, Part, See } from './part.tsx'
import { useWords } from './words.ts'

interface Props {
  row: IndicatorRow
  answer: IndicatorsAnswer
  sites: SitesAnswer | undefined
}

/** How an indicator is made, of what, in which unit, by which standard; what makes it null; and one as it stands. */
export function IndicatorHelp({ row, answer, sites }: Props) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const { id, name, unit, how, standard, undefinedWhere, scopes, denominator, numerator } = row
  const quantity = answer.quantities.find((one) => one.id === numerator)
  const counted = (kind: string) => scopes.filter((scope) => scope.startsWith(`${kind}:`)).length
  return (
    <div class={familyOf(id)}>
      <h2>{nameOf(name)}</h2>
      <p class="lead">{nameOf(how)}</p>
      <dl class="help-facts">
        <div>
          <dt>{words.unit}</dt>
          <dd>{format.unit(unit) || (isRatio(id) ? words.ratio : words.share)}</dd>
        </div>
        {standard !== null && (
          <div>
            <dt>{words.standard}</dt>
            <dd>{standard}</dd>
          </div>
        )}
        <div>
          <dt>{words.coverage}</dt>
          <dd>
            <HelpLink id="coverage" answer={answer} /> ≥ {format.percent(row.coverageNeeded)}
          </dd>
        </div>
        <div>
          <dt>{words.where}</dt>
          <dd>
            {scopes.length === 0
              ? words.nowhere
              : words.places(counted('site'), counted('boundary'), counted('area'))}
            <small>{[words.grains, row.dataCentresOnly ? words.dataCentres : ''].join(' ')}</small>
          </dd>
        </div>
        <div>
          <dt>{words.id}</dt>
          <dd>
            <code>{id}</code>
          </dd>
        </div>
      </dl>
      <Example row={row} sites={sites} />
      <Part title={words.nullWhere}>
        <ul class="points">
          {undefinedWhere.map((reason) => (
            <li key={reason.en}>{nameOf(reason)}</li>
          ))}
        </ul>
      </Part>
      {quantity !== undefined && (
        <Part title={words.parts}>
          <ul class="made-of">
            {[
              ...new Set([
                ...(denominator === null ? [] : [numerator]),
                ...quantity.parts.map((part) => part.id),
              ]),
            ]
              .concat(denominator?.from === 'quantities' ? [denominator.id] : [])
              .map((part) => (
                <li key={part}>
                  <HelpLink id={part} answer={answer} />
                  <small>{partHow(part)}</small>
                </li>
              ))}
          </ul>
          {denominator === null && quantity.parts.length === 0 && <p>{nameOf(quantity.how)}</p>}
        </Part>
      )}
      <See ids={seeOf(row)} answer={answer} />
    </div>
  )

  function partHow(part: string): string {
    const found = answer.quantities.find((one) => one.id === part)
    return found === undefined ? '' : nameOf(found.how)
  }
}

function seeOf({ id, denominator, dataCentresOnly }: IndicatorRow): string[] {
  const by =
    denominator === null ? [] : denominator.from === 'organisation.yaml' ? ['denominators'] : ['ratios']
  const factors = id.startsWith('ghg') || id === 'cue' || id.startsWith('energy') ? ['factors'] : []
  const site = dataCentresOnly ? [] : ['site']
  return [...by, ...factors, ...site, 'coverage', 'lineage']
}
