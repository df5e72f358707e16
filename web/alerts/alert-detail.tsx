import { useRef, useState } from 'preact/hooks'
import type { AlertAnswer, AlertRow, ConsumptionRow } from '../answers.ts'
import { get, getRows } from '../api.ts'
import { dateIn } from '../days.ts'
import { useFocusBack } from '../focus-back.ts'
import { digitsApart } from '../format.ts'
import { useLocale } from '../i18n.ts'
import { familyOf } from '../indicator.ts'
import { useAlerting } from '../live.ts'
import { useResource } from '../resource.ts'
import { follow, meterHref, targetHref } from '../route.ts'
import { Trouble } from '../trouble.tsx'
import { ActForm, type ActKind } from './act-form.tsx'
import { AlertChart } from './alert-chart.tsx'
import { consumptionAround } from './curve.ts'
import { useWords } from './words.ts'

interface Props {
  row: AlertRow
  zone: string
  now: number
  done: (said: string) => void
}

/** The course of an alert, what to look at first, and what can be done. */
export function AlertDetail({ row, zone, now, done }: Props) {
  const { nameOf } = useLocale()
  const words = useWords()
  const [act, setAct] = useState<ActKind>()
  const side = useRef<HTMLDivElement>(null)
  useFocusBack(act !== undefined, side)
  const around = useResource(`alert ${row.id} ${row.status}`, async (signal) => {
    const alert = await get<AlertAnswer>(`alerts/${encodeURIComponent(row.id)}`, signal)
    const asked = consumptionAround(alert, Date.now())
    // What was taken out of the configuration meanwhile has no consumption to ask for.
    const rows =
      asked === undefined
        ? []
        : await getRows<ConsumptionRow>(asked, signal).catch(() => [] as ConsumptionRow[])
    return { alert, rows }
  })
  useAlerting('alerts', around.refetch)
  const target = /^target:(.*)/.exec(row.subject)?.[1]
  const meter = /^meter:(.*)/.exec(row.subject)?.[1]
  const resolved = row.status === 'resolved'
  const acts: ActKind[] = [
    ...(row.status === 'firing' ? ['acknowledge' as const] : []),
    ...(resolved ? [] : ['silence' as const]),
    ...(resolved || row.site === null ? [] : ['planned-outage' as const]),
  ]
  const labels = { acknowledge: words.acknowledge, silence: words.silence, 'planned-outage': words.outage }
  return (
    <div class={`alert-detail ${familyOf(row.utility ?? '')}`}>
      <div class="alert-course">
        {around.problem !== undefined && <Trouble problem={around.problem} retry={around.refetch} />}
        {around.value === undefined && around.problem === undefined && <div class="skeleton" />}
        {around.value !== undefined && <AlertChart {...around.value} zone={zone} now={now} />}
      </div>
      <div ref={side} class="alert-side">
        <section>
          <h4>{words.advice}</h4>
          <p>{nameOf(row.advice)}</p>
          {target !== undefined && (
            <p>
              <a href={targetHref(target)} onClick={follow}>
                {words.toTarget}
              </a>
            </p>
          )}
          {meter !== undefined && (
            <p>
              <a href={meterHref(meter, dateIn(zone, new Date(row.since)))} onClick={follow}>
                {words.toMeter}
              </a>
            </p>
          )}
        </section>
        <Facts alert={row} zone={zone} />
        {act === undefined ? (
          acts.length > 0 && (
            <div class="alert-acts">
              {acts.map((kind, i) => (
                <button
                  key={kind}
                  type="button"
                  class={i === 0 ? 'main-button' : 'quiet-button'}
                  onClick={() => setAct(kind)}
                >
                  {labels[kind]}
                </button>
              ))}
            </div>
          )
        ) : (
          <ActForm
            key={act}
            kind={act}
            alert={row}
            zone={zone}
            close={() => setAct(undefined)}
            done={(kept) => {
              setAct(undefined)
              done(words.said[kept])
            }}
          />
        )}
      </div>
    </div>
  )
}

function Facts({ alert, zone }: { alert: AlertRow; zone: string }) {
  const { format } = useLocale()
  const words = useWords()
  const { acknowledged, value, limit, unit } = alert
  const counted = unit === '' && [value, limit].every((one) => one === null || Number.isInteger(one))
  const digits = counted ? 0 : value !== null && limit !== null ? digitsApart(value, limit, unit) : undefined
  const times = [
    [words.began, alert.since],
    [words.told, alert.firedAt],
    [words.ended, alert.resolvedAt],
  ] as const
  return (
    <dl class="facts">
      {value !== null && (
        <div>
          <dt>{words.now}</dt>
          <dd>
            <b>
              <data value={value}>{format.amount(value, unit, digits)}</data>
            </b>
            {limit !== null && (
              <small>
                {words.limit} <data value={limit}>{format.amount(limit, unit, digits)}</data>
              </small>
            )}
          </dd>
        </div>
      )}
      {times.map(
        ([label, at]) =>
          at !== null && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <time dateTime={at}>{format.minute(at, zone)}</time>
              </dd>
            </div>
          ),
      )}
      {acknowledged !== null && (
        <div>
          <dt>{words.status.acknowledged}</dt>
          <dd>
            {acknowledged.by}, {format.minute(acknowledged.at, zone)}
            {acknowledged.note !== '' && <small>{acknowledged.note}</small>}
          </dd>
        </div>
      )}
    </dl>
  )
}
