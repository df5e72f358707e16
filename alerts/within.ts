/**
 * Work that has so many milliseconds, and no longer than until `ending`. Rejects after that, even where the work does
 * not heed its signal. The timer is its own: signals that `AbortSignal.any` and `timeout` make may be collected as
 * garbage before they fire (Node 20), and what hangs would hang for ever.
 */
export async function within<T>(
  ms: number,
  ending: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const end = () => controller.abort(new Error(`no answer within ${ms / 1000} s`))
  const timer = setTimeout(end, ms)
  ending.addEventListener('abort', end, { once: true })
  try {
    if (ending.aborted) end()
    return await Promise.race([
      work(controller.signal),
      new Promise<never>((_, reject) => {
        const { signal } = controller
        if (signal.aborted) reject(signal.reason)
        else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      }),
    ])
  } finally {
    clearTimeout(timer)
    ending.removeEventListener('abort', end)
  }
}
