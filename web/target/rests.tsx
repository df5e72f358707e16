import type { SitesAnswer, TargetDetail } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { scopesOf } from '../scopes.ts'
import { signed } from './driver-bar.tsx'
import { useWords } from './words.ts'

/** What the verdict rests on: data, baseline, what it was adjusted for, and what has changed besides. */
export function Rests({ target, sites }: { target: TargetDetail; sites: SitesAnswer | undefined }) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const { baseline, baselineOf, baselineStated, adjustments, changes, unit, coverage, estimated, source } =
    target
  const named = (id: string) => {
    const scope = sites && scopesOf(sites).find((one) => one.scope === id)
    return scope === undefined ? id.replace(/^\w+:/, '') : nameOf(scope.name)
  }
  return (
    <div class="rests">
      <h3>{words.rests}</h3>
      <dl class="facts">
        <div>
          <dt>{text.coverage}</dt>
          <dd>
            <data value={coverage}>{format.percent(coverage)}</data>
            {estimated > 0 && (
              <small>
                <data value={estimated}>{text.estimatedShare(format.percent(estimated))}</data>
              </small>
            )}
          </dd>
        </div>
        <div>
          <dt>{text.months}</dt>
          <dd>{text.monthsOf(target.monthsComplete)}</dd>
        </div>
        {baselineOf !== null && (
          <div>
            <dt>{text.baseline}</dt>
            <dd>
              {baseline === null ? (
                '—'
              ) : (
                <data value={baseline}>
                  {text.baselineOf(format.amount(baseline, unit), baselineOf.year)}
                </data>
              )}
              {baselineStated !== null && baselineStated !== baseline && (
                <small>
                  <data value={baselineStated}>
                    {words.baselineAdjusted(format.amount(baselineStated, unit))}
                  </data>
                </small>
              )}
              {baselineOf.proxy && <small>{text.proxyExplained}</small>}
            </dd>
          </div>
        )}
        {(baselineOf?.source ?? source) !== null && (
          <div>
            <dt>{words.source}</dt>
            <dd>{baselineOf?.source ?? source}</dd>
          </div>
        )}
      </dl>
      {adjustments.length > 0 && (
        <>
          <h3>{words.adjustments}</h3>
          <ul class="changes">
            {adjustments.map(({ kind, what, from, before, after, effect }) => (
              <li key={`${kind} ${from} ${what?.en}`}>
                <b>{what === undefined ? words.adjustmentKinds[kind] : nameOf(what)}</b>
                {from !== undefined && <span>{words.since(format.day(from, 'long'))}</span>}
                {before !== undefined && after !== undefined && (
                  <span>{words.adjustmentFrom(format.number(before), format.number(after))}</span>
                )}
                {effect === null ? (
                  <span>{words.noEffect}</span>
                ) : (
                  <span>
                    <data value={effect}>
                      {words.effect(`${signed(effect, unit, format.figure)} ${format.unit(unit)}`.trimEnd())}
                    </data>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {changes.length > 0 && (
        <>
          <h3>{words.changes}</h3>
          <p class="note">{words.changesNote}</p>
          <ul class="changes">
            {changes.map(({ kind, id, from, before, after, change }) => (
              <li key={`${kind} ${id}`}>
                <b>
                  {words.changeKinds[kind]} <span>{named(id)}</span>
                </b>
                {from !== undefined && <span>{words.since(format.day(from, 'long'))}</span>}
                {before !== undefined && after !== undefined && (
                  <span>{words.adjustmentFrom(format.number(before), format.number(after))}</span>
                )}
                {change !== undefined && <span>{signed(change, '1', format.figure)}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
