import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'

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

const MARGIN = 8

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
    const from = button.current.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = panel.current
    const left = Math.min(
      Math.max(from.left + from.width / 2 - width / 2, MARGIN),
      innerWidth - width - MARGIN,
    )
    const below = from.bottom + MARGIN
    const top = below + height > innerHeight ? from.top - height - MARGIN : below
    panel.current.style.left = `${left}px`
    panel.current.style.top = `${Math.max(top, MARGIN)}px`
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
