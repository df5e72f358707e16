import { useState } from 'preact/hooks'
import type { ConsumptionRow, SiteRow, Utility } from './answers.ts'
import { getRows } from './api.ts'
import { BalanceView } from './balance/balance-view.tsx'
import { Choice } from './choice.tsx'
import { csvOf, download } from './csv.ts'
import { type Days, daysOf, type Question } from './day.ts'
import { DayChart } from './day-chart.tsx'
import { DaySummary } from './day-summary.tsx'
import { DayTable } from './day-table.tsx'
import { addDays, todayIn } from './days.ts'
import { useLocale } from './i18n.ts'
import { Icon } from './icons.tsx'
import { familyOf } from './indicator.ts'
import { Inspector } from './inspect/inspector.tsx'
import { useTouched } from './live.ts'
import { useResource } from './resource.ts'
import type { Scope } from './scopes.ts'
import { touches } from './touched.ts'
import { Trouble } from './trouble.tsx'

const ranges = [30, 90, 365] as const
const views = ['chart', 'table', 'balance'] as const

interface Props {
  scopes: readonly Scope[]
  scope: Scope | undefined
  sites: readonly SiteRow[]
  choose: (scope: string) => void
  /** What can be shown of the scope, and what is. */
  offered: readonly Utility[]
  utility: Utility | undefined
  chooseUtility: (utility: Utility) => void
  loading: boolean
}

/** What a site or boundary used day by day, with how much of each day is known. */
export function Consumption({
  scopes,
  scope,
  sites,
  choose,
  offered,
  utility,
  chooseUtility,
  loading,
}: Props) {
  const { text, nameOf } = useLocale()
  const [range, setRange] = useState<(typeof ranges)[number]>(30)
  const [view, setView] = useState<(typeof views)[number]>('chart')
  const [inspected, inspect] = useState<string>()
  const key = scope === undefined || utility === undefined ? null : `${scope.scope} ${utility} ${range}`

  const days = useResource<Days>(key, async (signal) => {
    const question = questionOf(scope as Scope, utility as Utility, range)
    const { from, to } = question
    const query = `scope=${encodeURIComponent(question.scope)}&utility=${utility}&grain=day&from=${from}&to=${to}`
    return daysOf(question, await getRows<ConsumptionRow>(`consumption?${query}`, signal))
  })
  useTouched((touched) => (scope && touches(touched, scope.sites) ? days.refetch() : undefined))
  const value = days.value

  return (
    <section
      id="consumption"
      class={`consumption card ${familyOf(utility ?? '')}`}
      aria-labelledby="consumption-title"
      aria-busy={loading || days.waiting}
    >
      <header>
        <h2 id="consumption-title">{view === 'balance' ? text.balance.title : text.consumption}</h2>
        <div class="actions">
          <Choice
            legend={text.consumption}
            options={views}
            chosen={view}
            choose={setView}
            label={(one) => text.view[one]}
          />
          <button
            type="button"
            class="quiet-button"
            disabled={value === undefined || view === 'balance'}
            onClick={() => value && download(fileName(value), csvOf(value))}
          >
            <Icon name="download" />
            {text.downloadCsv}
          </button>
        </div>
      </header>
      <div class="pickers">
        <label class="picker">
          <span class="unseen">{text.of}</span>
          <select value={scope?.scope} onChange={(event) => choose(event.currentTarget.value)}>
            {scopes.map((one) => (
              <option key={one.scope} value={one.scope}>
                {nameOf(one.name)}
              </option>
            ))}
          </select>
        </label>
        <Choice
          legend={text.utility}
          options={offered}
          chosen={utility}
          choose={chooseUtility}
          label={(one) => text.utilities[one]}
        />
        {view !== 'balance' && (
          <Choice
            legend={text.range}
            options={ranges}
            chosen={range}
            choose={setRange}
            label={(one) => text.days(one)}
          />
        )}
      </div>
      {days.problem !== undefined && <Trouble problem={days.problem} retry={days.refetch} />}
      {!loading && utility === undefined && <p class="empty">{text.noUtilities}</p>}
      {view === 'balance' && scope !== undefined && utility !== undefined ? (
        <BalanceView scope={scope} sites={sites} utility={utility} choose={choose} />
      ) : (
        <>
          <div class="day-view">
            {value === undefined ? (
              <div class="skeleton" />
            ) : view === 'table' ? (
              <DayTable days={value} inspect={inspect} />
            ) : (
              <DayChart days={value} inspect={inspect} />
            )}
          </div>
          <DaySummary days={value} />
        </>
      )}
      {inspected !== undefined && scope !== undefined && utility !== undefined && (
        <Inspector
          scope={scope}
          sites={sites}
          utility={utility}
          date={inspected}
          show={inspect}
          close={() => inspect(undefined)}
        />
      )}
    </section>
  )
}

function questionOf({ scope, zone }: Scope, utility: Utility, range: number): Question {
  const to = addDays(todayIn(zone), 1)
  return { scope, zone, utility, from: addDays(to, -range), to }
}

function fileName({ question }: Days): string {
  const { scope, utility, from, to } = question
  return `${scope.replace(/[^\w.-]/g, '-')}-${utility}-${from}-${addDays(to, -1)}.csv`
}
