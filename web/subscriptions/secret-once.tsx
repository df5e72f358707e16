import { useState } from 'preact/hooks'
import type { Added } from './subscribe-form.tsx'
import { useWords } from './words.ts'

/** A secret that was made for the receiver, the one time that it can be read. */
export function SecretOnce({ added, close }: { added: Added; close: () => void }) {
  const words = useWords()
  const [copied, setCopied] = useState(false)
  if (added.secret === undefined) return null
  const { secret } = added
  return (
    <div class="card secret-once" role="status">
      <p>
        {words.saidAdded(added.name)} {words.secretOnce}
      </p>
      <code>{secret}</code>
      <div class="form-actions">
        <button
          type="button"
          class="quiet-button"
          onClick={() =>
            navigator.clipboard?.writeText(secret).then(
              () => setCopied(true),
              // It stands there to be selected.
              () => undefined,
            )
          }
        >
          {copied ? words.copied : words.copy}
        </button>
        <button type="button" class="quiet-button" onClick={close}>
          {words.close}
        </button>
      </div>
    </div>
  )
}
