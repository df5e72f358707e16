import { useRef, useState } from 'preact/hooks'
import type { AlertRow, MeterRow, PauseRow, SitesAnswer } from '../answers.ts'
import { getRows, remove } from '../api.ts'
import { useFocusBack } from '../focus-back.ts'
import { useLocale } from '../i18n.ts'
import { useAlerting } from '../live.ts'
import { Refusal } from '../refusal.tsx'
import { useResource } from '../resource.ts'
import { useSending } from '../sending.ts'
import { Trouble } from '../trouble.tsx'
import { OutageForm } from './outage-form.tsx'
import { useWords } from './words.ts'

interface Props {
  sites: SitesAnswer | undefined
  alerts: readonly AlertRow[]
  say: (said: string) => void
}

/** Where nobody is told now or later, with a way to end it, and to say beforehand that something will be off. */
export function Pauses({ sites, alerts, say }: Props) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const [adding, setAdding] = useState(false)
  const head = useRef<HTMLElement>(null)
  useFocusBack(adding, head)
  const sending = useSending()
  const pauses = useResource('pauses', (signal) => getRows<PauseRow>('pauses', signal))
  const meters = useResource('meters', (signal) => getRows<MeterRow>('meters', signal))
  useAlerting('pauses', pauses.refetch)
  const standing = pauses.value?.filter(({ state }) => state !== 'over') ?? []
  const zone = sites?.organisation.zone ?? 'UTC'

  const named = (list: readonly string[], nameAt: (id: string) => string | undefined) =>
    list.map((id) => nameAt(id) ?? id).join('、')
  function ofWords({ of }: PauseRow): string {
    const siteNamed = (id: string) => {
      const site = sites?.rows.find((one) => one.id === id)
      return site && nameOf(site.name)
    }
    const meterNamed = (id: string) => {
      const meter = meters.value?.find((one) => one.id === id)
      return meter && nameOf(meter.name)
    }
    const ruleNamed = (id: string) => {
      const alert = alerts.find(({ rule }) => rule === id)
      return alert && nameOf(alert.ruleName)
    }
    const parts = [
      of.sites && words.pauseOf.sites(named(of.sites, siteNamed)),
      of.meters && words.pauseOf.meters(named(of.meters, meterNamed)),
      of.rules && words.pauseOf.rules(named(of.rules, ruleNamed)),
      of.alerts && words.pauseOf.alerts(of.alerts.length),
    ].filter((part) => part !== undefined)
    return parts.length === 0 ? words.pauseAll : parts.join(' · ')
  }

  async function end({ id }: PauseRow) {
    const ended = await sending.send(() => remove<PauseRow>(`pauses/${encodeURIComponent(id)}`))
    if (ended === undefined) return
    say(words.said.end)
    void pauses.refetch()
  }

  return (
    <section class="card pauses" aria-labelledby="pauses-title">
      <header ref={head}>
        <h2 id="pauses-title">{words.pauses}</h2>
        {!adding && (
          <button type="button" class="quiet-button" onClick={() => setAdding(true)}>
            {words.addOutage}
          </button>
        )}
      </header>
      {adding && (
        <OutageForm
          sites={sites}
          meters={meters.value ?? []}
          zone={zone}
          close={() => setAdding(false)}
          done={() => {
            setAdding(false)
            say(words.said['planned-outage'])
            void pauses.refetch()
          }}
        />
      )}
      {pauses.problem !== undefined && <Trouble problem={pauses.problem} retry={pauses.refetch} />}
      <Refusal sending={sending} />
      {pauses.value !== undefined && standing.length === 0 && <p class="empty">{words.pausesNone}</p>}
      <ul>
        {standing.map((pause) => (
          <li key={pause.id}>
            <div>
              <p>
                <b>{words.pauseKinds[pause.kind]}</b> · {ofWords(pause)}
              </p>
              <p class="note">
                {format.minute(pause.from, zone)} – {format.minute(pause.to, zone)} ·{' '}
                {words.pauseStates[pause.state]}
              </p>
              <p class="note">{[pause.by, pause.note].filter((part) => part !== '').join(': ')}</p>
            </div>
            <button type="button" class="quiet-button" disabled={sending.busy} onClick={() => end(pause)}>
              {words.end}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
