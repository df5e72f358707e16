import { type ComponentChildren, toChildArray } from 'preact'
import { useTurns } from './turns.ts'

/** Draws cards one by one from the first on, with a paint between them; what is to come is told as waiting. */
export function InTurns({ children }: { children: ComponentChildren }) {
  const cards = toChildArray(children)
  const shown = useTurns(cards.length)
  return (
    <>
      {cards.slice(0, shown)}
      {shown < cards.length && <div class="card skeleton view-skeleton" />}
    </>
  )
}
