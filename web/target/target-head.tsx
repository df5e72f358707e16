import type { TargetDetail } from '../answers.ts'
import { FigureLink } from '../figure-link.tsx'
import { digitsApart, inPercent, isShare } from '../format.ts'
import { useLocale } from '../i18n.ts'
import { wantsMore } from '../target-kind.ts'
import { ruleOf } from '../target-rule.ts'
import { VerdictBadge } from '../verdict.tsx'
import { within } from '../within.ts'
import { useWords } from './words.ts'

/** The verdict, the figure it rests on, and what is left. */
export function TargetHead({ target }: { target: TargetDetail }) {
  const locale = useLocale()
  const { text, format, nameOf } = locale
  const words = useWords()
  const { projected, actual, limit, low, high, unit, year, method } = target
  const value = projected ?? actual
  const digits = value !== null && limit !== null ? digitsApart(value, limit, unit) : undefined
  const label =
    value === null
      ? text.noFigure
      : projected === null
        ? text.soFarIn(year)
        : method === 'complete-year'
          ? text.actualIn(year)
          : text.projectedFor(year)
  return (
    <header class="card target-head">
      <div class="target-title">
        <VerdictBadge verdict={target.verdict} />
        <h1>{nameOf(target.name)}</h1>
        <p class="rule">{[nameOf(target.scopeName), ruleOf(target, locale)].filter(Boolean).join(' · ')}</p>
        {target.reason !== undefined && <p class="reason">{target.reason}</p>}
      </div>
      <div class="standing">
        <p class="figure">
          <FigureLink of={{ indicator: target.indicator, scope: target.scope, period: String(year) }}>
            {value === null ? (
              <span class="value">—</span>
            ) : (
              <data value={value}>
                <span class="value">{format.figure(value, unit, digits)}</span>
                <span class="unit">{format.unit(unit)}</span>
              </data>
            )}
          </FigureLink>
        </p>
        <p class="against">
          <span>{label}</span>
        </p>
        {low !== null && high !== null && (
          <p class="against">
            <span>
              {within(
                words.band,
                <data value={low}>{format.figure(low, unit, digits)}</data>,
                <data value={high}>{format.amount(high, unit, digits)}</data>,
              )}
            </span>
          </p>
        )}
      </div>
      <dl class="target-numbers">
        <Rest target={target} />
        {limit !== null && (
          <div>
            <dt>
              {wantsMore(target) ? text.floor : text.limit}
              {target.by !== null && ` ${target.by}`}
            </dt>
            <dd>
              <data value={limit}>{format.amount(limit, unit, digits)}</data>
            </dd>
          </div>
        )}
        {target.pathValue !== null && target.pathValue !== limit && (
          <div>
            <dt>{words.path(year)}</dt>
            <dd>
              <data value={target.pathValue}>{format.amount(target.pathValue, unit, digits)}</data>
            </dd>
          </div>
        )}
        {target.pace !== null && (
          <div>
            <dt>{words.pace}</dt>
            <dd>
              <data value={target.pace}>{format.amount(target.pace, unit)}</data>
            </dd>
          </div>
        )}
        {target.previous.value !== null && (
          <div>
            <dt>{words.lastYear(target.previous.year)}</dt>
            <dd>
              <data value={target.previous.value}>{format.amount(target.previous.value, unit, digits)}</data>
            </dd>
          </div>
        )}
      </dl>
    </header>
  )
}

/** What may still be used, or is still to be reached. */
function Rest({ target }: { target: TargetDetail }) {
  const { format } = useLocale()
  const words = useWords()
  const { allowanceRest, allowancePerMonth, allowanceUnit, neededRest, neededPerMonth, neededUnit } = target
  if (allowanceRest !== null && allowanceUnit !== null)
    return (
      <div class={allowanceRest < 0 ? 'rest exceeded' : 'rest'}>
        <dt>{allowanceRest < 0 ? words.exceeded : words.allowed}</dt>
        <dd>
          <data value={allowanceRest}>{format.amount(Math.abs(allowanceRest), allowanceUnit)}</data>
          {allowancePerMonth !== null && allowanceRest > 0 && (
            <small>
              <data value={allowancePerMonth}>
                {words.perMonth(format.amount(allowancePerMonth, allowanceUnit))}
              </data>
            </small>
          )}
        </dd>
      </div>
    )
  if (neededRest === null || neededUnit === null || neededRest <= 0) return null
  const share = isShare(neededUnit)
  const never = inPercent(neededUnit) && neededRest > 1
  return (
    <div class={never ? 'rest exceeded' : 'rest'}>
      <dt>
        {share
          ? words.neededShare
          : target.kind === 'cumulative' && target.by !== null
            ? words.neededUntil(target.by)
            : words.needed}
      </dt>
      <dd>
        <data value={neededRest}>{format.amount(neededRest, neededUnit)}</data>
        {never && <small>{words.neededNever}</small>}
        {neededPerMonth !== null && (
          <small>
            <data value={neededPerMonth}>{words.perMonth(format.amount(neededPerMonth, neededUnit))}</data>
          </small>
        )}
      </dd>
    </div>
  )
}
