import { useId, useState } from 'preact/hooks'
import type { DeliveryRow, SitesAnswer, SubscriptionRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { alertsHref, follow } from '../route.ts'
import { useWords } from './words.ts'

interface Props {
  rows: readonly DeliveryRow[]
  subscriptions: readonly SubscriptionRow[]
  sites: SitesAnswer | undefined
  now: number
}

/** What was sent or is to be, newest first: how often it was tried, and what came of it. */
export function Deliveries({ rows, subscriptions, sites, now }: Props) {
  const words = useWords()
  const id = useId()
  const [of, setOf] = useState('')
  const shown = rows.filter(({ subscription }) => of === '' || subscription === of)
  return (
    <section class="card deliveries" aria-labelledby="deliveries-title">
      <header>
        <h2 id="deliveries-title">{words.deliveries}</h2>
        {subscriptions.length > 1 && (
          <span class="picker">
            <label for={id} class="unseen">
              {words.deliveriesOf}
            </label>
            <select id={id} value={of} onChange={(event) => setOf(event.currentTarget.value)}>
              <option value="">{words.allSubscriptions}</option>
              {subscriptions.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </span>
        )}
      </header>
      {shown.length === 0 && <p class="empty">{words.deliveriesNone}</p>}
      <ul>
        {shown.map((row) => (
          <Item
            key={row.id}
            row={row}
            to={subscriptions.find((one) => one.id === row.subscription)}
            zone={sites?.organisation.zone ?? 'UTC'}
            now={now}
          />
        ))}
      </ul>
    </section>
  )
}

/** So many notices are named; the others are counted. */
const NAMED = 3

function Item({
  row,
  to,
  zone,
  now,
}: {
  row: DeliveryRow
  to: SubscriptionRow | undefined
  zone: string
  now: number
}) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const { state, attempts, lastError, dueAt, deliveredAt, lastTriedAt, createdAt } = row
  const at = deliveredAt ?? lastTriedAt ?? createdAt
  const unnamed = row.more + Math.max(row.notices.length - NAMED, 0)
  const waits = state === 'gathering' || state === 'trying'
  return (
    <li class={state}>
      <div>
        <p class="delivery-to">
          <span class={`state ${state}`}>
            {state === 'trying' && attempts === 0 ? words.sending : words.deliveryStates[state]}
          </span>
          <b>{to?.name ?? words.gone}</b>
          <small>{words.kinds[row.kind]}</small>
        </p>
        <ul class="notices">
          {row.notices.slice(0, NAMED).map((notice) => (
            <li key={notice.id}>
              <span class={`dot ${notice.severity}`} aria-hidden="true" />
              <span class="note">{words.noticeKinds[notice.kind]}</span>{' '}
              <a href={alertsHref(notice.alert)} onClick={follow}>
                {nameOf(notice.summary)}
              </a>
            </li>
          ))}
          {unnamed > 0 && <li class="note">{words.more(format.whole(unnamed))}</li>}
        </ul>
        {lastError !== null && state !== 'delivered' && <p class="said-of-it">{lastError}</p>}
      </div>
      <p class="delivery-when">
        <time dateTime={at} title={format.minute(at, zone)}>
          {format.ago(Date.parse(at), now)}
        </time>
        {attempts > 0 && <small>{words.attempts(attempts)}</small>}
        {waits && <small>{(attempts > 0 ? words.nextTry : words.goesOut)(format.minute(dueAt, zone))}</small>}
      </p>
    </li>
  )
}
