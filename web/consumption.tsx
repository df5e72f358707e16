import { useState } from 'preact/hooks'
import type { ConsumptionRow, Utility } from './answers.ts'
import { getRows } from './api.ts'
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
import { useTouched } from './live.ts'
import { useResource } from './resource.ts'
import type { Scope } from './scopes.ts'
import { touches } from './touched.ts'
import { Trouble } from './trouble.tsx'

const shown: readonly Utility[] = ['electricity', 'heat', 'natural-gas', 'tap-water', 'reclaimed-water']
const ranges = [30, 90, 365] as const
const views = ['chart', 'table'] as const

interface Props {
  scopes: readonly Scope[]
  scope: Scope | undefined
  choose: (scope: string) => void
  loading: boolean
}

/** What a site or boundary used day by day, with how much of each day is known. */
export function Consumption({ scopes, scope, choose, loading }: Props) {
  const { text, nameOf } = useLocale()
  const [wish, wishFor] = useState<Utility>('electricity')
  const [range, setRange] = useState<(typeof ranges)[number]>(30)
  const [view, setView] = useState<(typeof views)[number]>('chart')
  const offered = shown.filter((utility) => scope?.utilities.includes(utility))
  const utility = offered.includes(wish) ? wish : offered[0]
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
      aria-busy={value === undefined}
    >
      <header>
        <h2 id="consumption-title">{text.consumption}</h2>
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
            disabled={value === undefined}
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
          choose={wishFor}
          label={(one) => text.utilities[one]}
        />
        <Choice
          legend={text.range}
          options={ranges}
          chosen={range}
          choose={setRange}
          label={(one) => text.days(one)}
        />
      </div>
      {days.problem !== undefined && <Trouble problem={days.problem} retry={days.refetch} />}
      {!loading && utility === undefined && <p class="empty">{text.noUtilities}</p>}
      <div class="day-view">
        {value === undefined ? (
          <div class="skeleton" />
        ) : view === 'chart' ? (
          <DayChart days={value} />
        ) : (
          <DayTable days={value} />
        )}
      </div>
      <DaySummary days={value} />
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
