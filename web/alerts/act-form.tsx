import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { AlertRow, NewPause } from '../answers.ts'
import { post } from '../api.ts'
import { Choice } from '../choice.tsx'
import { instantIn, wallIn } from '../days.ts'
import { FormEnd } from '../form-end.tsx'
import { useLocale } from '../i18n.ts'
import { Field } from '../inspect/field.tsx'
import { useName } from '../preferences.ts'
import { useSending } from '../sending.ts'
import { useWords } from './words.ts'

export type ActKind = 'acknowledge' | 'silence' | 'planned-outage'

const HOUR_MS = 3_600_000
const spans = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 168 * HOUR_MS, until: undefined } as const
type SpanName = keyof typeof spans

interface Props {
  kind: ActKind
  alert: AlertRow
  zone: string
  close: () => void
  done: (kept: ActKind) => void
}

/** Who does what about an alert, for how long and why. */
export function ActForm({ kind, alert, zone, close, done }: Props) {
  const { format } = useLocale()
  const words = useWords()
  const [by, setBy] = useName()
  const [note, setNote] = useState('')
  const [span, setSpan] = useState<SpanName>('day')
  const [from, setFrom] = useState(() => wallIn(zone, Date.now()))
  const [until, setUntil] = useState(() => wallIn(zone, Date.now() + 24 * HOUR_MS))
  const wholes = useWholes(alert, kind)
  const [whole, setWhole] = useState(0)
  const sending = useSending()
  const form = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('input, select')?.focus(), [])

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const signed = { by: by.trim(), note: note.trim() }
    const kept = await sending.send(() =>
      kind === 'acknowledge'
        ? post(`alerts/${encodeURIComponent(alert.id)}/acknowledge`, signed)
        : post('pauses', { kind, of: wholes[whole]?.of ?? {}, ...times(), ...signed } satisfies NewPause),
    )
    if (kept !== undefined) done(kind)
  }

  function times(): { from?: string; to: string } {
    const ms = spans[span]
    if (kind === 'silence' && ms !== undefined) return { to: new Date(Date.now() + ms).toISOString() }
    const to = said(until, zone)
    return kind === 'silence' ? { to } : { from: said(from, zone), to }
  }

  const timed = kind === 'planned-outage' || (kind === 'silence' && span === 'until')
  return (
    <form ref={form} class="act-form" onSubmit={submit} noValidate>
      <p class="note">{words.act[kind]}</p>
      {kind === 'silence' && (
        <Choice
          legend={words.for}
          options={Object.keys(spans) as SpanName[]}
          chosen={span}
          choose={setSpan}
          label={(name) => words.spans[name]}
        />
      )}
      {timed && (
        <div class="span-fields">
          {kind === 'planned-outage' && (
            <Field label={words.from} error={sending.errors.get('from')}>
              <input
                type="datetime-local"
                value={from}
                onInput={(event) => setFrom(event.currentTarget.value)}
              />
            </Field>
          )}
          <Field label={words.until} error={sending.errors.get('to')}>
            <input
              type="datetime-local"
              value={until}
              onInput={(event) => setUntil(event.currentTarget.value)}
            />
          </Field>
        </div>
      )}
      {timed && <p class="note">{words.placeTime(format.place(zone))}</p>}
      {wholes.length > 1 && (
        <Field label={words.of} error={sending.errors.get('of')}>
          <select value={String(whole)} onChange={(event) => setWhole(Number(event.currentTarget.value))}>
            {wholes.map(({ label }, i) => (
              <option key={label} value={String(i)}>
                {label}
              </option>
            ))}
          </select>
        </Field>
      )}
      <Field label={words.by} error={sending.errors.get('by')}>
        <input
          name="by"
          autocomplete="name"
          maxLength={200}
          value={by}
          onInput={(event) => setBy(event.currentTarget.value)}
        />
      </Field>
      <Field label={words.note} error={sending.errors.get('note')}>
        <input
          name="note"
          autocomplete="off"
          maxLength={1000}
          placeholder={words.noteHint}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
      <FormEnd sending={sending} words={words} close={close} />
    </form>
  )
}

/** What a pause that begins at an alert may hold for, the narrowest first. */
function useWholes(alert: AlertRow, kind: ActKind): { label: string; of: NewPause['of'] }[] {
  const { nameOf } = useLocale()
  const words = useWords()
  const { id, rule, site, subject } = alert
  const siteName = alert.siteName === null ? '' : nameOf(alert.siteName)
  const ofSite = site === null ? [] : [{ label: words.ofSite(siteName), of: { sites: [site] } }]
  const meter = /^meter:(.*)/.exec(subject)?.[1]
  if (kind === 'acknowledge') return []
  if (kind === 'planned-outage') {
    const name = nameOf(alert.subjectName)
    return [
      ...(meter === undefined ? [] : [{ label: words.ofMeter(name), of: { meters: [meter] } }]),
      ...ofSite,
    ]
  }
  return [
    { label: words.ofThis, of: { alerts: [id] } },
    ...(site === null
      ? []
      : [{ label: words.ofRule(nameOf(alert.ruleName), siteName), of: { sites: [site], rules: [rule] } }]),
    ...ofSite,
  ]
}

/** As an instant where it is one; else as it was typed, and the server says what it accepts. */
export function said(wall: string, zone: string): string {
  const at = instantIn(zone, wall)
  return Number.isNaN(at) ? wall : new Date(at).toISOString()
}
