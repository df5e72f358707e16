import { useEffect, useRef, useState } from 'preact/hooks'
import type { DeliveryRow, SitesAnswer, SubscriptionRow } from '../answers.ts'
import { post, remove } from '../api.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { Refusal } from '../refusal.tsx'
import { useSending } from '../sending.ts'
import { ofWords, scheduleWords } from './said.ts'
import { useWords } from './words.ts'

interface Props {
  row: SubscriptionRow
  sites: SitesAnswer | undefined
  now: number
  /** Called with what is to be said. */
  changed: (said: string) => void
}

/** A subscription: where to, of what, when, how the last message went, and what can be done with it. */
export function SubscriptionItem({ row, sites, now, changed }: Props) {
  const locale = useLocale()
  const words = useWords()
  const sending = useSending()
  const [sure, setSure] = useState(false)
  const acts = useRef<HTMLDivElement>(null)
  // The button that was pressed is gone: what was pressed by key goes on from where it stood.
  useEffect(() => {
    if (sure) acts.current?.querySelector<HTMLElement>('.keep')?.focus()
  }, [sure])
  const [tested, setTested] = useState<DeliveryRow>()
  const [testing, setTesting] = useState(false)
  const path = `subscriptions/${encodeURIComponent(row.id)}`

  async function test() {
    setTesting(true)
    setTested(undefined)
    const delivery = await sending.send(() => post<DeliveryRow>(`${path}/test`, {}))
    setTesting(false)
    setTested(delivery)
    if (delivery !== undefined) changed('')
  }
  async function act(how: () => Promise<unknown>, said: string) {
    if ((await sending.send(how)) !== undefined) changed(said)
  }

  return (
    <li class={`card subscription ${row.state}`}>
      <header>
        <h2>{row.name}</h2>
        <span class={`state ${row.state}`}>{words.states[row.state]}</span>
      </header>
      <p class="to">
        <b>{words.channels[row.channel.kind]}</b> <span>{row.channel.to}</span>
        {row.channel.secret !== undefined && <small>{words.signed(row.channel.secret)}</small>}
      </p>
      <p class="note">{ofWords(row, sites, locale, words)}</p>
      <p class="note">{scheduleWords(row, locale, words)}</p>
      {row.reason !== undefined && (
        <p class="reason-said">{row.state === 'unsubscribed' ? words.unsubscribedSaid : row.reason}</p>
      )}
      <Last row={row} now={now} />
      <p class="test-said" role="status">
        {tested !== undefined && (
          <span class={tested.state === 'delivered' ? 'good' : 'bad'}>
            <Icon name={tested.state === 'delivered' ? 'check' : 'cross'} />
            {tested.state === 'delivered'
              ? words.testDelivered
              : words.testFailed(tested.lastError ?? words.deliveryStates[tested.state])}
          </span>
        )}
      </p>
      <Refusal sending={sending} />
      <div ref={acts} class="form-actions">
        {row.state === 'active' && (
          <button type="button" class="quiet-button" disabled={sending.busy} onClick={test}>
            {testing ? words.testing : words.test}
          </button>
        )}
        {row.state === 'disabled' && (
          <button
            type="button"
            class="quiet-button"
            disabled={sending.busy}
            onClick={() => act(() => post(`${path}/enable`, {}), words.enabled)}
          >
            {words.enable}
          </button>
        )}
        {sure ? (
          <>
            <span class="sure">{words.removeSure}</span>
            <button type="button" class="quiet-button keep" onClick={() => setSure(false)}>
              {words.cancel}
            </button>
            <button
              type="button"
              class="main-button"
              disabled={sending.busy}
              onClick={() => act(() => remove(path), words.removed)}
            >
              {words.removeYes}
            </button>
          </>
        ) : (
          <button type="button" class="quiet-button" onClick={() => setSure(true)}>
            {words.remove}
          </button>
        )}
      </div>
    </li>
  )
}

/** How the newest message went. */
function Last({ row: { last, waiting, zone }, now }: { row: SubscriptionRow; now: number }) {
  const { format } = useLocale()
  const words = useWords()
  const at = last === null ? null : (last.deliveredAt ?? last.lastTriedAt)
  return (
    <p class="last">
      <span class="note">{words.last}: </span>
      {last === null || at === null ? (
        <span class="note">{words.lastNone}</span>
      ) : (
        <>
          <span class={`state ${last.state}`}>{words.deliveryStates[last.state]}</span>{' '}
          <time dateTime={at} title={format.minute(at, zone)}>
            {format.ago(Date.parse(at), now)}
          </time>
          {last.state !== 'delivered' && last.lastError !== null && (
            <span class="said-of-it"> {last.lastError}</span>
          )}
        </>
      )}
      {waiting > 0 && <span class="waiting"> · {words.waiting(format.whole(waiting))}</span>}
    </p>
  )
}
