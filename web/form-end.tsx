import { Refusal } from './refusal.tsx'
import type { Sending } from './sending.ts'

/** How a form ends: what was refused, and the two ways out of it. */
export function FormEnd({
  sending,
  words,
  close,
}: {
  sending: Sending
  words: { readonly cancel: string; readonly save: string; readonly saving: string }
  close: () => void
}) {
  return (
    <>
      <Refusal sending={sending} />
      <div class="form-actions">
        <button type="button" class="quiet-button" onClick={close}>
          {words.cancel}
        </button>
        <button type="submit" class="main-button" disabled={sending.busy}>
          {sending.busy ? words.saving : words.save}
        </button>
      </div>
    </>
  )
}
