import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useLocale } from '../i18n.ts'
import type { Declaration, EventKind } from './events.ts'
import type { DaySpan } from './face-layout.ts'
import { Field } from './field.tsx'
import { hourBoundaries, type Prefill } from './prefill.ts'

interface Props {
  kind: EventKind
  prefill: Prefill
  span: DaySpan
  zone: string
  /** Units of the face and of what is used. */
  readingUnit: string
  unit: string
  errors: ReadonlyMap<string, string>
  saving: boolean
  save: (fields: Partial<Declaration>) => void
  back: () => void
  /** Fields that stand beneath. */
  children: ComponentChildren
}

const numbers = ['closing', 'opening', 'multiplier', 'value'] as const

/** The one or two numbers that a declaration needs, prefilled with what they most probably are. */
export function DeclareForm(props: Props) {
  const { kind, prefill, span, zone, readingUnit, unit, errors, saving, save, back, children } = props
  const { text, format } = useLocale()
  const words = text.inspect
  const [typed, type] = useState(prefill)
  const form = useRef<HTMLFormElement>(null)
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('input, select')?.focus(), [])
  const labels = {
    closing: words.fields.closing(readingUnit),
    opening: words.fields.opening(readingUnit),
    multiplier: kind === 'multiplier' ? words.fields.multiplier : words.fields.multiplierOptional,
    value: words.fields.value(unit),
  }
  const hourOptions = hourBoundaries(span).map((instant) => ({
    value: instant,
    label: instant === span.end ? '24:00' : format.clock(instant, zone),
  }))

  function submit(event: SubmitEvent) {
    event.preventDefault()
    const fields = Object.fromEntries(
      numbers.flatMap((name) => {
        const said = typed[name]?.trim()
        return said === undefined || said === '' ? [] : [[name, numberOrText(said)]]
      }),
    )
    const { at, from = at, to } = typed
    save({ ...fields, ...(from === undefined ? {} : { at: from }), ...(to === undefined ? {} : { to }) })
  }

  return (
    <form ref={form} class="declare" onSubmit={submit} noValidate>
      {typed.at !== undefined && (
        <p class="counted-at">{words.countedAt(format.clock(Date.parse(typed.at), zone))}</p>
      )}
      {typed.from !== undefined && (
        <div class="span-fields">
          {(['from', 'to'] as const).map((name) => (
            <Field key={name} label={words.fields[name]} error={errors.get(name === 'from' ? 'at' : 'to')}>
              <select
                value={String(Date.parse(typed[name] ?? ''))}
                onChange={(event) =>
                  type({ ...typed, [name]: new Date(Number(event.currentTarget.value)).toISOString() })
                }
              >
                {hourOptions.map(({ value, label }) => (
                  <option key={value} value={String(value)}>
                    {label}
                  </option>
                ))}
              </select>
            </Field>
          ))}
        </div>
      )}
      {numbers
        .filter((name) => prefill[name] !== undefined)
        .map((name) => (
          <Field key={name} label={labels[name]} error={errors.get(name)}>
            <input
              name={name}
              inputMode="decimal"
              autocomplete="off"
              value={typed[name]}
              onInput={(event) => type({ ...typed, [name]: event.currentTarget.value })}
            />
          </Field>
        ))}
      {children}
      <div class="form-actions">
        <button type="button" class="quiet-button" onClick={back}>
          {words.back}
        </button>
        <button type="submit" class="main-button" disabled={saving}>
          {saving ? words.saving : words.save}
        </button>
      </div>
    </form>
  )
}

/** A figure where it is one; else as it was typed, and the server says what it accepts. */
function numberOrText(said: string): number | string {
  const value = Number(said.replace(',', '.'))
  return Number.isFinite(value) ? value : said
}
