import type { NightFlowRow, Utility } from '../answers.ts'
import { getRows } from '../api.ts'
import { addDays, dateIn, todayIn } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { useTouched } from '../live.ts'
import { useResource } from '../resource.ts'
import type { Scope } from '../scopes.ts'
import { touches } from '../touched.ts'
import { Trouble } from '../trouble.tsx'
import { FlowLine } from './flow-line.tsx'

const NIGHTS = 30

/** What still flows when nobody draws: the newest night, and the nights before as a line. */
export function NightFlow({ scope, utility }: { scope: Scope; utility: Utility }) {
  const { text, format } = useLocale()
  const words = text.balance
  const nights = useResource(`nights ${scope.scope} ${utility}`, (signal) => {
    const to = addDays(todayIn(scope.zone), 1)
    const query = `scope=${encodeURIComponent(scope.scope)}&utility=${utility}&from=${addDays(to, -NIGHTS)}&to=${to}`
    return getRows<NightFlowRow>(`night-flow?${query}`, signal)
  })
  useTouched((touched) => (touches(touched, scope.sites) ? nights.refetch() : undefined))
  const rows = nights.value ?? []
  const latest = rows.findLast((row) => row.value !== null)
  // The day's mean, and with it the share, is known once the day is over: today's night has none yet.
  const shared = rows.findLast((row) => row.share !== null)
  const dayOf = (row: NightFlowRow) => format.day(dateIn(scope.zone, new Date(row.start)))
  return (
    <section class="night-flow" aria-labelledby="night-flow-title">
      <header>
        <h3 id="night-flow-title">{words.nightFlow}</h3>
        <p>{words.nightNote}</p>
      </header>
      {nights.problem !== undefined && <Trouble problem={nights.problem} retry={nights.refetch} />}
      {nights.value !== undefined && latest === undefined && <p class="empty">{words.nightNone}</p>}
      {latest !== undefined && (
        <div class="night-figures">
          <p>
            <b>
              <data value={latest.value as number}>{format.amount(latest.value as number, latest.unit)}</data>
            </b>
            <small>{words.nightOf(dayOf(latest))}</small>
            {shared != null && (
              <small>
                {words.nightShare(
                  format.percent(shared.share as number, 0),
                  shared === latest ? undefined : dayOf(shared),
                )}
              </small>
            )}
          </p>
          <FlowLine rows={rows} />
        </div>
      )}
    </section>
  )
}
