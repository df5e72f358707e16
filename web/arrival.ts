import { useEffect, useRef } from 'preact/hooks'
import type { View } from './route.ts'

/**
 * After a step to another view the reader is at its heading: that is what is heard next, and from there Tab goes
 * on. The first view is left as the browser begins it.
 */
export function useArrival(view: View): void {
  const place = placeOf(view)
  const before = useRef(place)
  useEffect(() => {
    if (before.current === place) return
    before.current = place
    const from = document.activeElement
    return whenThere<HTMLElement>('main h1', (heading) => {
      const now = document.activeElement
      // Somebody who went on by key meanwhile stays where they are.
      if (now !== from && now !== document.body) return
      heading.tabIndex = -1
      heading.focus({ preventScroll: true })
    })
  }, [place])
}

/** What is chosen within a view makes no other of it. */
function placeOf(view: View): string {
  switch (view.name) {
    case 'lineage':
      return `lineage ${view.indicator} ${view.scope} ${view.period}`
    case 'report':
      return `report ${view.year}`
    case 'target':
    case 'site':
    case 'meter':
      return `${view.name} ${view.id}`
    default:
      return view.name
  }
}

/** A view may have to be fetched first, and its figures after it. */
function whenThere<T extends Element>(selector: string, act: (element: T) => void): () => void {
  const look = () => {
    const found = document.querySelector<T>(selector)
    if (found === null) return false
    observer.disconnect()
    act(found)
    return true
  }
  const observer = new MutationObserver(look)
  if (!look()) observer.observe(document.body, { childList: true, subtree: true })
  return () => observer.disconnect()
}
