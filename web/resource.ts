import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Problem } from './api.ts'

/** What was fetched for a key. A refetch of the same key keeps the value until the new one is there. */
export interface Resource<T> {
  readonly value: T | undefined
  readonly problem: Problem | undefined
  /** Neither is there yet: somebody who can't see it should be told to wait. */
  readonly waiting: boolean
  /** Fetches again; settles when done, never rejects. */
  readonly refetch: () => Promise<void>
}

/** Fetches when `key` changes; a `null` key waits. */
export function useResource<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const [held, hold] = useState<{ key: string; value?: T; problem?: Problem }>()
  const latest = useRef({ key, load, running: undefined as AbortController | undefined })
  latest.current.key = key
  latest.current.load = load

  const refetch = useCallback(async () => {
    const { key: asked, load: loadNow } = latest.current
    if (asked === null) return
    latest.current.running?.abort()
    const running = new AbortController()
    latest.current.running = running
    try {
      const value = await loadNow(running.signal)
      if (!running.signal.aborted) hold({ key: asked, value })
    } catch (error) {
      if (running.signal.aborted) return
      const problem = error instanceof Problem ? error : new Problem(0, String(error))
      hold((was) => (was?.key === asked ? { ...was, problem } : { key: asked, problem }))
    }
  }, [])

  // Asked before anything is painted: the answer is on its way meanwhile.
  useLayoutEffect(() => {
    if (key !== null) void refetch()
    return () => latest.current.running?.abort()
  }, [key, refetch])

  const current = held?.key === key ? held : undefined
  const waiting = key !== null && current === undefined
  return useMemo(
    () => ({ value: current?.value, problem: current?.problem, waiting, refetch }),
    [current, waiting, refetch],
  )
}
