import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** Gives the focus back to the first button within, once what was opened from there is closed. */
export function useFocusBack(open: boolean, within: RefObject<HTMLElement | null>): void {
  const was = useRef(open)
  useEffect(() => {
    if (was.current && !open) within.current?.querySelector('button')?.focus()
    was.current = open
  }, [open, within])
}
