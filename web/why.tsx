import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { placeNear } from './place.ts'

interface Props {
  /** What the button shows. */
  label: ComponentChildren
  /** What the button is called where its face says too little. */
  name?: string
  /** Also shown by a mouse that rests on it. */
  hint?: string
  kind?: 'quiet' | 'dash' | 'mark'
  children: ComponentChildren
}

/**
 * A button that opens an explanation: by click, touch or key. The browser closes it by itself, on
 * Escape or a click elsewhere, and keeps it above everything.
 */
export function Why({ label, name, hint, kind = 'quiet', children }: Props) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)

  function place() {
    if (button.current === null || panel.current === null) return
    const { left, width, top, bottom } = button.current.getBoundingClientRect()
    placeNear(panel.current, { middle: left + width / 2, top, bottom })
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        class={`why ${kind}`}
        popovertarget={id}
        aria-label={name}
        title={hint}
        onClick={(event) => event.stopPropagation()}
      >
        {label}
      </button>
      <div ref={panel} id={id} popover="auto" class="why-panel" onToggle={place}>
        {children}
      </div>
    </>
  )
}
