/** The sites whose figures have changed, or what of alerts has; `all` after a lost connection, when nobody knows. */
export type Touched = ReadonlySet<string> | 'all'

export type OnTouched = (touched: Touched) => Promise<unknown> | undefined

export interface TouchedSites {
  add(touched: Touched): void
  subscribe(onTouched: OnTouched): () => void
}

/**
 * Gathers touched sites and tells its subscribers at most once per `everyMs`, never while they still
 * fetch, and not while the page is hidden: an import of millions of readings costs one refetch at a time.
 */
export function touchedSites(everyMs: number): TouchedSites {
  const subscribers = new Set<OnTouched>()
  let waiting: Touched = new Set<string>()
  let busy = false

  async function tell() {
    busy = true
    while (waiting === 'all' || waiting.size > 0) {
      await shown()
      const touched = waiting
      waiting = new Set<string>()
      await Promise.allSettled([pause(everyMs), ...[...subscribers].map((call) => call(touched))])
    }
    busy = false
  }

  return {
    add(touched) {
      if (touched === 'all' || waiting === 'all') waiting = 'all'
      else waiting = new Set([...waiting, ...touched])
      if (!busy) void tell()
    },
    subscribe(onTouched) {
      subscribers.add(onTouched)
      return () => subscribers.delete(onTouched)
    },
  }
}

export function touches(touched: Touched, sites: Iterable<string>): boolean {
  if (touched === 'all') return true
  for (const site of sites) if (touched.has(site)) return true
  return false
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function shown(): Promise<void> {
  return new Promise((resolve) => {
    if (!document.hidden) return resolve()
    document.addEventListener('visibilitychange', () => resolve(), { once: true })
  })
}
