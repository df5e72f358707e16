import type { AlertRow, MeterRow, PauseRow, QuarantineRow } from '../answers.ts'
import { get, getRows } from '../api.ts'
import { useLocale } from '../i18n.ts'
import { useAlerting } from '../live.ts'
import { RefusedList } from '../quarantine.tsx'
import { useResource } from '../resource.ts'
import { alertsHref, follow, qualityHref } from '../route.ts'
import { SeverityBadge } from '../severity.tsx'
import { Trouble } from '../trouble.tsx'
import { useWords } from './words.ts'

interface Props {
  meter: MeterRow
  zone: string
  now: number
}

const FEW = 5

/** What else is known of the meter: its alerts and pauses, and the messages of it that were refused. */
export function Around({ meter, zone, now }: Props) {
  const words = useWords()
  const alerts = useResource(`alerts ${meter.id}`, (signal) => {
    const subject = encodeURIComponent(`meter:${meter.id}`)
    return get<{ rows: AlertRow[] }>(`alerts?subject=${subject}&limit=${FEW}`, signal)
  })
  const pauses = useResource('pauses', (signal) => getRows<PauseRow>('pauses', signal))
  const refused = useResource(`refused ${meter.topic}`, async (signal) =>
    meter.topic === null
      ? []
      : (
          await get<{ rows: QuarantineRow[] }>(
            `quarantine?topic=${encodeURIComponent(meter.topic)}&limit=${FEW}`,
            signal,
          )
        ).rows,
  )
  useAlerting('alerts', alerts.refetch)
  useAlerting('pauses', pauses.refetch)
  const standing = pauses.value?.filter((pause) => pause.state !== 'over' && holdsFor(pause, meter)) ?? []
  return (
    <>
      <section class="card meter-around" aria-labelledby="meter-alerts-title">
        <h2 id="meter-alerts-title">{words.alerts}</h2>
        {alerts.problem !== undefined && <Trouble problem={alerts.problem} retry={alerts.refetch} />}
        {alerts.value === undefined && alerts.problem === undefined && <p class="skeleton-text" />}
        {alerts.value?.rows.length === 0 && <p class="empty">{words.noAlerts}</p>}
        <ul class="meter-alerts">
          {alerts.value?.rows.map((alert) => (
            <AlertLine key={alert.id} alert={alert} now={now} />
          ))}
        </ul>
        {standing.length > 0 && <Pauses of={standing} zone={zone} />}
      </section>
      {meter.topic !== null && (
        <section class="card meter-around" aria-labelledby="meter-refused-title">
          <h2 id="meter-refused-title">{words.refused}</h2>
          {refused.problem !== undefined && <Trouble problem={refused.problem} retry={refused.refetch} />}
          {refused.value === undefined && refused.problem === undefined && <p class="skeleton-text" />}
          {refused.value?.length === 0 && <p class="empty">{words.noRefused}</p>}
          {refused.value !== undefined && refused.value.length > 0 && (
            <>
              <RefusedList rows={refused.value} zone={zone} />
              <p>
                <a href={qualityHref()} onClick={follow}>
                  {words.allRefused}
                </a>
              </p>
            </>
          )}
        </section>
      )}
    </>
  )
}

function AlertLine({ alert, now }: { alert: AlertRow; now: number }) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const { resolvedAt, since } = alert
  return (
    <li class={alert.status}>
      <SeverityBadge severity={alert.severity} />
      <a href={alertsHref(alert.id)} onClick={follow}>
        {nameOf(alert.summary)}
      </a>
      <small>
        {resolvedAt === null
          ? words.since(format.ago(Date.parse(since), now))
          : words.ended(format.ago(Date.parse(resolvedAt), now))}
      </small>
    </li>
  )
}

function Pauses({ of, zone }: { of: readonly PauseRow[]; zone: string }) {
  const { format } = useLocale()
  const words = useWords()
  return (
    <>
      <h3>{words.pauses}</h3>
      <ul class="meter-alerts">
        {of.map((pause) => (
          <li key={pause.id}>
            <b>{words.pauseKinds[pause.kind]}</b>
            <small>
              {pause.state === 'in-force'
                ? words.pauseUntil(format.minute(pause.to, zone))
                : words.pauseFrom(format.minute(pause.from, zone), format.minute(pause.to, zone))}
              {` · ${[pause.by, pause.note].filter(Boolean).join(': ')}`}
            </small>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Whether a pause is of this meter; what is of one alert or rule stands with that. */
function holdsFor({ of }: PauseRow, { id, site }: MeterRow): boolean {
  if (of.alerts !== undefined || of.rules !== undefined) return false
  return (of.meters?.includes(id) ?? true) && (of.sites?.includes(site) ?? true)
}
