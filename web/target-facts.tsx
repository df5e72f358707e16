import type { TargetRow } from './answers.ts'
import { digitsApart, isShare } from './format.ts'
import { type Locale, useLocale } from './i18n.ts'
import { Icon } from './icons.tsx'
import { hasPath, wantsMore } from './target-kind.ts'
import { Why } from './why.tsx'

/** What a verdict rests on, and what is left of the year's allowance. */
export function TargetFacts({ target }: { target: TargetRow }) {
  const locale = useLocale()
  const { text, format } = locale
  const { allowanceRest, allowanceUnit, baseline, baselineOf, coverage, estimated } = target
  const monthsLeft = monthsLeftOf(target.year)
  const rest = allowanceRest !== null && allowanceUnit !== null
  return (
    <>
      <dl class="facts">
        {rest && (
          <div class={allowanceRest < 0 ? 'rest exceeded' : 'rest'}>
            <dt>{allowanceRest < 0 ? text.exceeded : text.left}</dt>
            <dd>
              <b>{format.amount(Math.abs(allowanceRest), allowanceUnit)}</b>
              {allowanceRest > 0 && monthsLeft >= 1 && (
                <small>{text.perMonthLeft(format.amount(allowanceRest / monthsLeft, allowanceUnit))}</small>
              )}
            </dd>
          </div>
        )}
        <Margin target={target} />
        <div>
          <dt>{text.coverage}</dt>
          <dd>
            <meter
              min={0}
              max={1}
              low={0.95}
              optimum={1}
              value={coverage}
              aria-label={`${text.coverage} ${format.percent(coverage)}`}
            />
            {format.percent(coverage)}
            {estimated > 0 && <small>{text.estimatedShare(format.percent(estimated))}</small>}
          </dd>
        </div>
        <div>
          <dt>{text.months}</dt>
          <dd>
            {text.monthsOf(target.monthsComplete)}
            {target.method !== null && <small>{text.methods[target.method]}</small>}
          </dd>
        </div>
        {baselineOf !== null && (
          <div>
            <dt>{text.baseline}</dt>
            <dd>
              {baseline === null
                ? '—'
                : text.baselineOf(format.amount(baseline, target.unit), baselineOf.year)}
              {(baselineOf.proxy || baselineOf.source !== null) && (
                <Why label={baselineOf.proxy ? text.proxy : text.source} kind="quiet">
                  {baselineOf.proxy && <p>{text.proxyExplained}</p>}
                  {baselineOf.source !== null && (
                    <p>
                      {text.source}: {baselineOf.source}
                    </p>
                  )}
                </Why>
              )}
            </dd>
          </div>
        )}
      </dl>
      {target.warnings.length > 0 && (
        <ul class="warnings" aria-label={text.warnings}>
          {target.warnings.map((warning) => (
            <li key={warning}>
              <Icon name="warn" />
              {text.warningSaid[warning] ?? warning}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Months until a year ends. Counted in UTC: a day more or less does not matter here. */
function monthsLeftOf(year: number): number {
  return ((Date.UTC(year + 1, 0, 1) - Date.now()) / (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1))) * 12
}

function Margin({ target }: { target: TargetRow }) {
  const locale = useLocale()
  const { text, format } = locale
  const { progress, verdict } = target
  const mark = wantsMore(target) ? text.floor : text.limit
  if (progress === null) return null
  return (
    <div>
      <dt>{text.progress}</dt>
      <dd>
        {hasPath(target)
          ? text.progressOfReduction(format.percent(progress, 0))
          : text.progressOfLimit(format.percent(progress), mark)}
        {verdict !== 'insufficient-data' && <small>{marginOf(target, mark, locale)}</small>}
      </dd>
    </div>
  )
}

/** How far the year's figure is from its limit: in per cent, of a share in points. */
function marginOf(target: TargetRow, mark: string, { text, format }: Locale): string {
  const value = target.projected ?? target.actual
  const { limit, unit } = target
  if (value === null || limit === null || limit === 0) return ''
  if (value === limit) return text.exactly(mark)
  const by = isShare(unit)
    ? text.points(format.number(Math.abs(value - limit) * 100, digitsApart(value, limit, unit)))
    : format.percent(Math.abs(value / limit - 1), Math.abs(value / limit - 1) < 0.001 ? 3 : 1)
  return value < limit ? text.under(by, mark) : text.over(by, mark)
}
