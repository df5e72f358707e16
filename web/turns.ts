import { useEffect, useState } from 'preact/hooks'

/** Counts from 1 to `last`, a step after each paint: parts of a long page that come one by one keep no click waiting. */
export function useTurns(last: number): number {
  const [turn, take] = useState(1)
  useEffect(() => {
    if (turn < last) take(turn + 1)
  }, [turn, last])
  return turn
}
