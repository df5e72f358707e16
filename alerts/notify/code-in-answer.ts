import { excerpt, type Outcome } from '../outcome.ts'

/** What the number in an answer means, where it means something special. */
export type Meanings = Readonly<Record<number, 'later' | 'barred'>>

/**
 * Reads the code that Chinese robots put into an answer whose status is 200 whatever happened. An answer without
 * it is an error as well: it comes from something that is no such robot.
 */
export function codeInAnswer(names: readonly string[], meanings: Meanings) {
  return (text: string): Outcome | null => {
    const answer = parsed(text)
    const code = names.map((name) => answer?.[name]).find((value) => typeof value === 'number')
    if (code === 0) return null
    if (typeof code !== 'number')
      return { kind: 'barred', reason: `an answer without ${names[0]}: ${excerpt(text) || 'nothing'}` }
    return { kind: meanings[code] ?? 'refused', reason: excerpt(text) }
  }
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
