import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** How wide an element is, in whole pixels; 0 before it is there. */
export function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const resized = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)))
    resized.observe(element)
    return () => resized.disconnect()
  }, [ref])
  return width
}
