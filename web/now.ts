import { useEffect, useState } from 'preact/hooks'

const EVERY_MS = 30_000

/** The present, for how long ago something was; moves on by itself. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
