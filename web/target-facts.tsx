import type { TargetRow } from './answers.ts'
import { digitsApart, inPercent, isShare } from './format.ts'
import { type Locale, useLocale } from './i18n.ts'
import { Icon } from './icons.tsx'
import { hasPath, wantsMore } from './target-kind.ts'

/** A verdict needs this much of the months (DOMAIN, section 5); on a card only what lacks is said. */
const COVERAGE_NEEDED = 0.95

/** What is left of the year's allowance and how near the limit is; all else stands on the target's own page. */
export function TargetFacts({ target }: { target: TargetRow }) {
  const { text, format } = useLocale()
  const { coverage, estimated } = target
  return (
    <>
      <dl class="facts">
        <Rest target={target} />
        <Margin target={target} />
        {(coverage < COVERAGE_NEEDED || estimated > 0) && (
          <div>
            <dt>{text.coverage}</dt>
            <dd>
              <meter
                min={0}
                max={1}
                low={COVERAGE_NEEDED}
                optimum={1}
                value={coverage}
                aria-label={`${text.coverage} ${format.percent(coverage)}`}
              />
              <data value={coverage}>{format.percent(coverage)}</data>
              {estimated > 0 && (
                <small>
                  <data value={estimated}>{text.estimatedShare(format.percent(estimated))}</data>
                </small>
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

/** What may still be used, or is still to be reached. */
function Rest({ target }: { target: TargetRow }) {
  const { text, format } = useLocale()
  const { allowanceRest, allowancePerMonth, allowanceUnit, neededRest, neededPerMonth, neededUnit } = target
  if (allowanceRest !== null && allowanceUnit !== null)
    return (
      <div class={allowanceRest < 0 ? 'rest exceeded' : 'rest'}>
        <dt>{allowanceRest < 0 ? text.exceeded : text.left}</dt>
        <dd>
          <data value={allowanceRest}>
            <b>{format.amount(Math.abs(allowanceRest), allowanceUnit)}</b>
          </data>
          {allowanceRest > 0 && allowancePerMonth !== null && (
            <small>
              <data value={allowancePerMonth}>
                {text.perMonthLeft(format.amount(allowancePerMonth, allowanceUnit))}
              </data>
            </small>
          )}
        </dd>
      </div>
    )
  // A share of more than all says only that it cannot be met any more.
  if (
    neededRest === null ||
    neededUnit === null ||
    neededRest <= 0 ||
    (inPercent(neededUnit) && neededRest > 1)
  )
    return null
  return (
    <div class="rest">
      <dt>{isShare(neededUnit) ? text.neededShare : text.needed}</dt>
      <dd>
        <data value={neededRest}>
          <b>{format.amount(neededRest, neededUnit)}</b>
        </data>
        {neededPerMonth !== null && (
          <small>
            <data value={neededPerMonth}>
              {text.perMonthNeeded(format.amount(neededPerMonth, neededUnit))}
            </data>
          </small>
        )}
      </dd>
    </div>
  )
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
        <data value={progress}>
          {hasPath(target)
            ? text.progressOfReduction(format.percent(progress, 0))
            : text.progressOfLimit(format.percent(progress), mark)}
        </data>
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
  const by = inPercent(unit)
    ? text.points(format.number(Math.abs(value - limit) * 100, digitsApart(value, limit, unit)))
    : format.percent(Math.abs(value / limit - 1), Math.abs(value / limit - 1) < 0.001 ? 3 : 1)
  return value < limit ? text.under(by, mark) : text.over(by, mark)
}
