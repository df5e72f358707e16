import { useEffect, useRef, useState } from 'preact/hooks'
import { AlertHead } from '../alerts/head.tsx'
import type { DeliveryRow, SitesAnswer, SubscriptionRow } from '../answers.ts'
import { getRows } from '../api.ts'
import { useFocusBack } from '../focus-back.ts'
import { useAlerting } from '../live.ts'
import { useNow } from '../now.ts'
import { useResource } from '../resource.ts'
import { Trouble } from '../trouble.tsx'
import { Deliveries } from './deliveries.tsx'
import { type Added, SubscribeForm } from './subscribe-form.tsx'
import { SubscriptionItem } from './subscription-item.tsx'
import '../alerts/alerts.css'
import './subscriptions.css'
import { SecretOnce } from './secret-once.tsx'
import { useWords } from './words.ts'

/** Who hears of alerts, how and when, and what became of what was sent. */
export function SubscriptionsView({ sites }: { sites: SitesAnswer | undefined }) {
  const words = useWords()
  const now = useNow()
  const [adding, setAdding] = useState(false)
  const foot = useRef<HTMLDivElement>(null)
  useFocusBack(adding, foot)
  const [added, setAdded] = useState<Added>()
  const [said, say] = useState('')
  const subscriptions = useResource('subscriptions', (signal) =>
    getRows<SubscriptionRow>('subscriptions', signal),
  )
  const deliveries = useResource('deliveries', (signal) =>
    getRows<DeliveryRow>('deliveries?limit=200', signal),
  )
  const again = () => Promise.all([subscriptions.refetch(), deliveries.refetch()])
  useAlerting('subscriptions', again)

  useEffect(() => {
    document.title = `${words.title} — wattwell`
  }, [words])

  const rows = subscriptions.value
  return (
    <main id="subscriptions" class="alerts-view" aria-busy={subscriptions.waiting}>
      <AlertHead rows={undefined} here="subscriptions" />
      {subscriptions.problem !== undefined && (
        <Trouble problem={subscriptions.problem} retry={subscriptions.refetch} />
      )}
      {rows === undefined && subscriptions.problem === undefined && <div class="skeleton view-skeleton" />}
      <p class="unseen" role="status">
        {said}
      </p>
      {added !== undefined && <SecretOnce added={added} close={() => setAdded(undefined)} />}
      {rows?.length === 0 && !adding && (
        <div class="card nobody">
          <h2>{words.none}</h2>
          <p class="note">{words.noneNote}</p>
        </div>
      )}
      {rows !== undefined && rows.length > 0 && (
        <ul class="subscription-list">
          {rows.map((row) => (
            <SubscriptionItem
              key={row.id}
              row={row}
              sites={sites}
              now={now}
              changed={(what) => {
                say(what)
                void again()
              }}
            />
          ))}
        </ul>
      )}
      {adding ? (
        <SubscribeForm
          sites={sites}
          close={() => setAdding(false)}
          done={(kept) => {
            setAdding(false)
            setAdded(kept)
            say(words.saidAdded(kept.name))
            void again()
          }}
        />
      ) : (
        rows !== undefined && (
          <div ref={foot}>
            <button type="button" class="main-button add" onClick={() => setAdding(true)}>
              {words.add}
            </button>
          </div>
        )
      )}
      {deliveries.problem !== undefined && (
        <Trouble problem={deliveries.problem} retry={deliveries.refetch} />
      )}
      {deliveries.value !== undefined && (
        <Deliveries rows={deliveries.value} subscriptions={rows ?? []} sites={sites} now={now} />
      )}
    </main>
  )
}
