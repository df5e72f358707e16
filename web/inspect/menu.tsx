import { useLayoutEffect, useRef } from 'preact/hooks'
import { useLocale } from '../i18n.ts'
import { type EventKind, eventKinds } from './events.ts'

interface Props {
  label: string
  /** Whether there is a reading: without one nothing can be excluded. */
  reading: boolean
  /** Whether a person excluded it, which can be taken back. */
  excluded: boolean
  gauge: boolean
  busy: boolean
  choose: (kind: EventKind) => void
  include: () => void
}

/** What can be done about a reading. The arrow keys go through it. */
export function Menu({ label, reading, excluded, gauge, busy, choose, include }: Props) {
  const words = useLocale().text.inspect
  const list = useRef<HTMLDivElement>(null)
  const kinds = eventKinds.filter((kind) => {
    if (kind === 'exclude') return reading && !excluded
    if (kind === 'correction') return true
    // What is left happens to a face, which a gauge has not.
    return !gauge && (reading || kind !== 'rollover')
  })

  // For those who come back from a form; a panel that opens does it by itself.
  useLayoutEffect(() => list.current?.querySelector('button')?.focus(), [])

  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by === undefined || list.current === null) return
    event.preventDefault()
    const items = [...list.current.querySelectorAll('button')]
    const now = items.indexOf(document.activeElement as HTMLButtonElement)
    items[(now + by + items.length) % items.length]?.focus()
  }

  return (
    <div ref={list} class="menu" role="menu" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {excluded && (
        <button type="button" role="menuitem" disabled={busy} onClick={include}>
          {words.include}
        </button>
      )}
      {kinds.map((kind) => (
        <button key={kind} type="button" role="menuitem" disabled={busy} onClick={() => choose(kind)}>
          {words.kinds[kind]}
        </button>
      ))}
    </div>
  )
}
