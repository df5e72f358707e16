import type { TargetRow } from './answers.ts'
import { FigureLink } from './figure-link.tsx'
import { digitsApart } from './format.ts'
import { type Locale, useLocale } from './i18n.ts'
import { Icon } from './icons.tsx'
import { familyOf } from './indicator.ts'
import { follow, targetHref } from './route.ts'
import { TargetBar } from './target-bar.tsx'
import { TargetFacts } from './target-facts.tsx'
import { hasPath, wantsMore } from './target-kind.ts'
import { TargetPath } from './target-path.tsx'
import { ruleOf } from './target-rule.ts'
import { VerdictBadge } from './verdict.tsx'

/** One target: its rule, its verdict, where the year is heading and what may still be used. */
export function TargetCard({ target }: { target: TargetRow }) {
  const locale = useLocale()
  const { text, nameOf } = locale
  const family = familyOf(target.indicator)
  const name = nameOf(target.name)
  return (
    <article class={`card target ${family} ${target.verdict}`} aria-label={name}>
      <header>
        <VerdictBadge verdict={target.verdict} />
        <span class="family">
          <Icon name={family} />
        </span>
        <h2>
          <a href={targetHref(target.id)} onClick={follow}>
            {name}
          </a>
        </h2>
        <p class="rule">{[nameOf(target.scopeName), ruleOf(target, locale)].filter(Boolean).join(' · ')}</p>
      </header>
      <Standing target={target} />
      {hasPath(target) ? (
        <TargetPath target={target} name={name} />
      ) : (
        <TargetBar target={target} name={name} />
      )}
      <div class="grounds">
        {target.verdict === 'insufficient-data' ? (
          <div class="unjudged">
            <h3>{text.whyUnjudged}</h3>
            <p>{target.reason ?? unjudged(target, locale)}</p>
          </div>
        ) : (
          target.reason !== undefined && <p class="reason">{target.reason}</p>
        )}
        <TargetFacts target={target} />
        <a class="card-link" href={targetHref(target.id)} onClick={follow}>
          {text.targetPage}
          <Icon name="forward" />
        </a>
      </div>
    </article>
  )
}

/** The figure of the year against its limit. */
function Standing({ target }: { target: TargetRow }) {
  const { text, format } = useLocale()
  const { projected, actual, limit, unit, year } = target
  const value = projected ?? actual
  const digits = value !== null && limit !== null ? digitsApart(value, limit, unit) : undefined
  const label =
    value === null
      ? text.noFigure
      : projected === null
        ? text.soFarIn(year)
        : target.method === 'complete-year'
          ? text.actualIn(year)
          : text.projectedFor(year)
  const mark = wantsMore(target) ? text.floor : text.limit
  return (
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
        {limit !== null && (
          <span class="limit">
            {mark} <data value={limit}>{format.amount(limit, unit, digits)}</data>
          </span>
        )}
      </p>
    </div>
  )
}

function unjudged(target: TargetRow, { text, format }: Locale): string {
  return target.coverage < 0.95
    ? text.unjudgedLowCoverage(format.percent(target.coverage))
    : text.unjudgedPlain
}
