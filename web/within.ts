import type { ComponentChildren } from 'preact'

/** Characters that no text has. */
const PLACES = '\ue000\ue001\ue002\ue003'

/** A sentence with something else than text in it, wherever the language has its places for it. */
export function within(
  sentence: (...places: string[]) => string,
  ...parts: readonly ComponentChildren[]
): ComponentChildren[] {
  const written = sentence(...PLACES.slice(0, parts.length))
  return written.split(new RegExp(`([${PLACES}])`)).map((piece) => {
    const place = piece.length === 1 ? PLACES.indexOf(piece) : -1
    return place < 0 ? piece : parts[place]
  })
}
