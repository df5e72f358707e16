import type { MeterRow } from '../answers.ts'
import { dateIn } from '../days.ts'
import { type Locale, useLocale } from '../i18n.ts'
import type { EventRow } from './events.ts'

interface Props {
  meter: MeterRow
  zone: string
  events: readonly EventRow[]
  busy: boolean
  takeBack: (event: EventRow) => void
}

/** What was declared of a meter, by whom, when and why, newest first; each can be taken back. */
export function Journal({ meter, zone, events, busy, takeBack }: Props) {
  const locale = useLocale()
  const { text, format } = locale
  const words = text.inspect
  return (
    <section class="journal" aria-labelledby="journal-title">
      <h3 id="journal-title">{words.journal}</h3>
      {events.length === 0 && <p class="empty">{words.journalEmpty}</p>}
      <ol>
        {events
          .toSorted((a, b) => Date.parse(b.enteredAt) - Date.parse(a.enteredAt))
          .map((event) => (
            <li key={event.id} class={event.reversed === null ? '' : 'reversed'}>
              <p class="what">
                <b>{words.kindTitles[event.kind]}</b>
                <span>{spanOf(event, zone, locale)}</span>
                <span>{numbersOf(event, meter, locale)}</span>
              </p>
              {event.note !== '' && <p class="why-said">{event.note}</p>}
              <small>
                {words.declaredBy(event.by || words.nobody, format.dateTime(event.enteredAt, zone))}
              </small>
              {event.reversed === null ? (
                <button type="button" class="quiet-button" disabled={busy} onClick={() => takeBack(event)}>
                  {words.takeBack}
                </button>
              ) : (
                <small class="reversal">
                  {words.reversedBy(
                    event.reversed.by || words.nobody,
                    format.dateTime(event.reversed.at, zone),
                  )}
                </small>
              )}
            </li>
          ))}
      </ol>
    </section>
  )
}

/** When it happened. */
export function spanOf({ at, to }: EventRow, zone: string, { format }: Locale): string {
  const from = format.minute(at, zone)
  if (to === undefined) return from
  const sameDay = dateIn(zone, new Date(at)) === dateIn(zone, new Date(to))
  return `${from} – ${sameDay ? format.clock(Date.parse(to), zone) : format.minute(to, zone)}`
}

function numbersOf(event: EventRow, meter: MeterRow, { text, format }: Locale): string {
  const words = text.inspect
  const face = (value: number | null | undefined) => (value == null ? '—' : format.exact(value, ''))
  const parts: string[] = []
  if (event.closing != null || event.opening != null) {
    parts.push(words.faces(face(event.closing), face(event.opening)))
  }
  if (event.multiplier != null) parts.push(words.times(format.exact(event.multiplier, '')))
  if (event.value != null) parts.push(format.exact(event.value, meter.unit))
  return parts.join(' · ')
}
