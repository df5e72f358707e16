import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import type { EventRow } from './events.ts'
import { spanOf } from './journal.tsx'
import type { Mending } from './mending.ts'

interface Props {
  last: Mending['last']
  zone: string
  busy: boolean
  undo: (event: EventRow) => void
}

/** What was just kept, with a way back. */
export function Said({ last, zone, busy, undo }: Props) {
  const locale = useLocale()
  const words = locale.text.inspect
  return (
    <div class="said" role="status">
      {last !== undefined && (
        <p>
          <Icon name="check" />
          <span>
            {(last.undone ? words.takenBack : words.said)(
              words.kindTitles[last.event.kind],
              spanOf(last.event, zone, locale),
            )}
          </span>
          {!last.undone && (
            <button type="button" class="quiet-button" disabled={busy} onClick={() => undo(last.event)}>
              {words.undo}
            </button>
          )}
        </p>
      )}
    </div>
  )
}
