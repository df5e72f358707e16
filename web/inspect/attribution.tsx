import { useLocale } from '../i18n.ts'
import { Field } from './field.tsx'

interface Props {
  by: string
  setBy: (by: string) => void
  note: string
  setNote: (note: string) => void
  errors: ReadonlyMap<string, string>
}

/** Who says it, and why. Both may be left as they stand. */
export function Attribution({ by, setBy, note, setNote, errors }: Props) {
  const words = useLocale().text.inspect
  return (
    <div class="attribution">
      <Field label={words.fields.by} error={errors.get('by')}>
        <input
          name="by"
          autocomplete="name"
          maxLength={200}
          value={by}
          onInput={(event) => setBy(event.currentTarget.value)}
        />
      </Field>
      <Field label={words.fields.note} error={errors.get('note')}>
        <input
          name="note"
          autocomplete="off"
          maxLength={1000}
          placeholder={words.notePlaceholder}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </Field>
    </div>
  )
}
