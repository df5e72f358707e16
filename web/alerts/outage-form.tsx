import { useState } from 'preact/hooks'
import type { MeterRow, NewPause, SitesAnswer } from '../answers.ts'
import { post } from '../api.ts'
import { wallIn } from '../days.ts'
import { FormEnd } from '../form-end.tsx'
import { useLocale } from '../i18n.ts'
import { Field } from '../inspect/field.tsx'
import { useName } from '../preferences.ts'
import { useSending } from '../sending.ts'
import { said } from './act-form.tsx'
import { useWords } from './words.ts'

const HOUR_MS = 3_600_000

interface Props {
  sites: SitesAnswer | undefined
  meters: readonly MeterRow[]
  /** Where no site is chosen yet. */
  zone: string
  close: () => void
  done: () => void
}

/** A planned outage, of a site or of one of its meters, said beforehand. */
export function OutageForm({ sites, meters, zone: elsewhere, close, done }: Props) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const [by, setBy] = useName()
  const [note, setNote] = useState('')
  const [site, setSite] = useState(sites?.rows[0]?.id ?? '')
  const [meter, setMeter] = useState('')
  const zone = sites?.rows.find(({ id }) => id === site)?.zone ?? elsewhere
  const [from, setFrom] = useState(() => wallIn(zone, Date.now()))
  const [to, setTo] = useState(() => wallIn(zone, Date.now() + 8 * HOUR_MS))
  const sending = useSending()

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const pause: NewPause = {
      kind: 'planned-outage',
      of: meter === '' ? { sites: [site] } : { meters: [meter] },
      from: said(from, zone),
      to: said(to, zone),
      by: by.trim(),
      note: note.trim(),
    }
    if ((await sending.send(() => post('pauses', pause))) !== undefined) done()
  }

  const typed = (name: string, label: string, value: string, set: (value: string) => void) => (
    <Field label={label} error={sending.errors.get(name)}>
      <input name={name} value={value} maxLength={1000} onInput={(event) => set(event.currentTarget.value)} />
    </Field>
  )
  const time = (name: string, label: string, value: string, set: (value: string) => void) => (
    <Field label={label} error={sending.errors.get(name)}>
      <input
        name={name}
        type="datetime-local"
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </Field>
  )
  return (
    <form class="outage-form" onSubmit={submit} noValidate>
      <p class="note">
        {words.act['planned-outage']} {words.placeTime(format.place(zone))}
      </p>
      <div class="outage-fields">
        <Field label={words.site} error={sending.errors.get('sites')}>
          <select
            value={site}
            onChange={(event) => {
              setSite(event.currentTarget.value)
              setMeter('')
            }}
          >
            {sites?.rows.map((one) => (
              <option key={one.id} value={one.id}>
                {nameOf(one.name)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={words.meter} error={sending.errors.get('meters')}>
          <select value={meter} onChange={(event) => setMeter(event.currentTarget.value)}>
            <option value="">{words.allMeters}</option>
            {meters
              .filter((one) => one.site === site && one.role !== 'virtual')
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {nameOf(one.name)}
                </option>
              ))}
          </select>
        </Field>
        {time('from', words.from, from, setFrom)}
        {time('to', words.until, to, setTo)}
        {typed('by', words.by, by, setBy)}
        {typed('note', words.note, note, setNote)}
      </div>
      <FormEnd sending={sending} words={words} close={close} />
    </form>
  )
}
