import { useState } from 'preact/hooks'
import type { Driver, Drivers, TargetRow } from '../answers.ts'
import { Choice } from '../choice.tsx'
import { addDays } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { wantsMore } from '../target-kind.ts'
import { within } from '../within.ts'
import { Bar, signed } from './driver-bar.tsx'
import { DriverRow } from './driver-row.tsx'
import { useWords } from './words.ts'

/** So many parts are shown at first; the others are small. */
const SHOWN = 8

interface Props {
  drivers: readonly Drivers[]
  /** Says which way is the good one. */
  wanted: Pick<TargetRow, 'kind'>
}

/** Which sites and meters carry the figure away from its path, as bars to both sides that add up to the whole. */
export function DriversCard({ drivers, wanted }: Props) {
  const { format } = useLocale()
  const words = useWords()
  const [against, setAgainst] = useState<Drivers['against']>('path')
  const [all, setAll] = useState(false)
  const shown = drivers.find((one) => one.against === against) ?? drivers[0]
  const most = Math.max(...(shown === undefined ? [0] : sizes(shown.parts)), Math.abs(shown?.total ?? 0))
  const parts = shown?.parts.toSorted((a, b) => Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0)) ?? []
  const goodSign = wantsMore(wanted) ? 1 : -1
  return (
    <section class="card drivers" aria-labelledby="drivers-title">
      <header>
        <h2 id="drivers-title">{words.drivers}</h2>
        {drivers.length > 1 && (
          <Choice
            legend={words.drivers}
            options={drivers.map((one) => one.against)}
            chosen={shown?.against}
            choose={setAgainst}
            label={(one) => words.against[one]}
          />
        )}
      </header>
      {shown === undefined || shown.total === null ? (
        <p class="empty">{words.reasons[shown?.reason ?? ''] ?? shown?.reason ?? words.noDrivers}</p>
      ) : (
        <>
          <p class="note">
            {words.driversNote(
              format.day(shown.span.from, 'long'),
              format.day(addDays(shown.span.to, -1), 'long'),
            )}
          </p>
          <ul class="driver-list">
            {(all ? parts : parts.slice(0, SHOWN)).map((part) => (
              <DriverRow
                key={`${part.kind} ${part.id}`}
                part={part}
                most={most}
                unit={shown.unit}
                goodSign={goodSign}
                depth={0}
              />
            ))}
          </ul>
          {parts.length > SHOWN && (
            <button type="button" class="quiet-button" onClick={() => setAll(!all)}>
              {all ? words.fewer : words.more(format.whole(parts.length - SHOWN))}
            </button>
          )}
          <div class="driver total">
            <p class="driver-name">
              <b>{words.total}</b>
              {shown.value !== null && shown.reference !== null && (
                <small>
                  {within(
                    words.totalOf,
                    <data value={shown.value}>{format.amount(shown.value, shown.unit)}</data>,
                    <data value={shown.reference}>{format.amount(shown.reference, shown.unit)}</data>,
                  )}
                </small>
              )}
            </p>
            <Bar change={shown.total} most={most} goodSign={goodSign} />
            <p class="driver-value">
              <b>
                <data value={shown.total}>{signed(shown.total, shown.unit, format.figure)}</data>
              </b>
              <small>{format.unit(shown.unit)}</small>
            </p>
          </div>
          <p class="legend">
            <span>
              <i class="sign worse" />
              {words.worse}
            </span>
            <span>
              <i class="sign better" />
              {words.better}
            </span>
          </p>
        </>
      )}
    </section>
  )
}

function sizes(parts: readonly Driver[]): number[] {
  return parts.flatMap((part) => [Math.abs(part.change ?? 0), ...sizes(part.parts ?? [])])
}
