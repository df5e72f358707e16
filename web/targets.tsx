import { useMemo } from 'preact/hooks'
import type { TargetRow, Verdict } from './answers.ts'
import { askTargets } from './asked-targets.ts'
import { useLocale } from './i18n.ts'
import { useTouched } from './live.ts'
import { useCount } from './preferences.ts'
import { useResource } from './resource.ts'
import type { Scope } from './scopes.ts'
import { TargetCard } from './target-card.tsx'
import { touches } from './touched.ts'
import { Trouble } from './trouble.tsx'
import { useTurns } from './turns.ts'
import { VerdictBadge } from './verdict.tsx'

const order: Verdict[] = ['on-track', 'at-risk', 'off-track', 'insufficient-data']

/** As many as are drawn between two paints: a screen of them. */
const CARDS_AT_ONCE = 4

/** What one looks at first: how many targets are on track, and each of them. */
export function Targets({ scopes }: { scopes: readonly Scope[] }) {
  const { text } = useLocale()
  const targets = useResource('targets', askTargets)
  const rows = targets.value
  const likely = useCount('targets', rows?.length)
  const shown = CARDS_AT_ONCE * useTurns(Math.ceil((rows?.length ?? 0) / CARDS_AT_ONCE))
  const cards = useMemo(
    () => rows?.slice(0, shown).map((row) => <TargetCard key={row.id} target={row} />),
    [rows, shown],
  )
  const there = cards?.length ?? 0
  const toCome = targets.problem !== undefined ? 0 : (rows?.length ?? likely) - there

  useTouched((touched) => {
    const sites = (rows ?? []).flatMap((row) => scopes.find((one) => one.scope === row.scope)?.sites ?? [])
    // A scope that is no site and no boundary is not known here, so it may have been touched.
    const unknown = (rows ?? []).some((row) => !scopes.some((one) => one.scope === row.scope))
    return unknown || touches(touched, sites) ? targets.refetch() : undefined
  })

  return (
    <section id="targets" class="targets" aria-labelledby="headline" aria-busy={targets.waiting}>
      <Headline rows={rows} failed={targets.problem !== undefined} />
      {rows === undefined && targets.problem !== undefined && (
        <Trouble problem={targets.problem} retry={targets.refetch} />
      )}
      {rows?.length === 0 && <p class="empty">{text.noTargets}</p>}
      <div class="cards">
        {cards}
        {Array.from({ length: toCome }, (_, n) => (
          <div key={there + n} class="card skeleton target-skeleton" />
        ))}
      </div>
    </section>
  )
}

function Headline({ rows, failed }: { rows: readonly TargetRow[] | undefined; failed: boolean }) {
  const { text, format } = useLocale()
  if (rows === undefined && !failed) {
    return (
      <div class="headline">
        <h1 id="headline">{text.headlineWaiting(new Date().getFullYear())}</h1>
        <p class="tally" />
      </div>
    )
  }
  if (rows === undefined || rows.length === 0) {
    return (
      <div class="headline">
        <h1 id="headline">{text.targets}</h1>
      </div>
    )
  }
  const year = commonYear(rows)
  const judged = rows.some((row) => row.verdict !== 'insufficient-data')
  const total = format.whole(rows.length)
  const met = rows.filter((row) => row.verdict === 'on-track').length
  const [before, strong, after] = judged
    ? text.headline(format.whole(met), total, year)
    : text.headlineUnjudged(total, year)
  return (
    <div class="headline">
      <h1 id="headline">
        {before}
        <strong>{strong}</strong>
        {after}
      </h1>
      <p class="tally">
        {order.map((verdict) => {
          const count = rows.filter((row) => row.verdict === verdict).length
          return count > 0 && <VerdictBadge key={verdict} verdict={verdict} count={format.whole(count)} />
        })}
      </p>
    </div>
  )
}

/** The year that most targets are judged for. */
function commonYear(rows: readonly TargetRow[]): number {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(row.year, (counts.get(row.year) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}
