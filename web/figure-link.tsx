import type { ComponentChildren } from 'preact'
import { useLocale } from './i18n.ts'
import { type Figure, follow, lineageHref } from './route.ts'

/** A figure that says what it is made of when it is followed. */
export function FigureLink({ of, children }: { of: Figure; children: ComponentChildren }) {
  const { text } = useLocale()
  return (
    <a class="figure-link" href={lineageHref(of)} onClick={follow} title={text.madeOf}>
      {children}
    </a>
  )
}
