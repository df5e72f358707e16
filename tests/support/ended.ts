import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

const END_MS = 60_000

/**
 * Waits for the end of a program and of what it says; answers its exit code, or the signal. One that has not
 * ended `withinMs` later is killed, and the wait rejects and says which one it was.
 */
export async function ended(
  child: ChildProcess,
  what: string,
  withinMs = END_MS,
): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode
  const over = new AbortController()
  const late = sleep(withinMs, 'late' as const, { signal: over.signal }).catch(() => 'late' as const)
  const gone = once(child, 'exit').then(([code, by]) => code ?? by)
  const how = await Promise.race([gone, late])
  over.abort()
  if (how !== 'late') return how
  child.kill('SIGKILL')
  throw new Error(`${what} (process ${child.pid}) did not end within ${withinMs / 1000} s and was killed`)
}
