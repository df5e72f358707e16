import { type ComponentChildren, toChildArray } from 'preact'
import { useTurns } from './turns.ts'

/** Draws cards one by one from the first on, with a paint between them; what is to come has a placeholder. */
export function InTurns({ children }: { children: ComponentChildren }) {
  const cards = toChildArray(children)
  const shown = useTurns(cards.length)
  return (
    <>
      {cards.slice(0, shown)}
      {shown < cards.length && <div key={shown} class="card skeleton view-skeleton" />}
    </>
  )
}
