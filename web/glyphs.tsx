import { outlines, type Sign } from './signs.ts'

/** A sign beside a word. */
export function Glyph({ sign }: { sign: Sign }) {
  return (
    <svg class="glyph-field" viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">
      <path class={`glyph ${sign}`} d={outlines[sign]} />
    </svg>
  )
}
