import { useRef } from 'preact/hooks'
import type { HealthAnswer } from './answers.ts'
import { useLocale } from './i18n.ts'
import type { Live } from './live.ts'

/** Fewer than these wait in every healthy second; only more is worth a word. */
const MANY = 5000

/** How the page is connected, and what the server says is broken. */
export function Status({ live }: { live: Live }) {
  const { text } = useLocale()
  const { connection, health, latest } = live
  const faults =
    health === undefined
      ? []
      : (['store', 'broker', 'spool'] as const).filter((part) => health[part]?.ok === false)
  const beats = useRef({ for: latest, count: 0 })
  if (beats.current.for !== latest) beats.current = { for: latest, count: beats.current.count + 1 }
  const { count } = beats.current
  const degraded = connection === 'live' && faults.length > 0
  return (
    <div class={`status ${degraded ? 'degraded' : connection}`} aria-live="polite">
      {/* Made anew, it beats: once for what has come in. */}
      <span class={count > 0 ? 'pulse beats' : 'pulse'} key={count} aria-hidden="true" />
      <span>{degraded ? text.degraded : text.connection[connection]}</span>
      {faults.map((part) => (
        <span class="fault" key={part} title={health?.[part]?.error}>
          {text.faults[part]}
          {health?.[part]?.error !== undefined && <span class="fault-said">: {health[part].error}</span>}
        </span>
      ))}
    </div>
  )
}

/** A slim line while an import or a recomputation runs. */
export function CatchingUp({ health }: { health: HealthAnswer | undefined }) {
  const { text, format } = useLocale()
  const most = useRef(0)
  const readings = health?.spool?.pending ?? 0
  const hours = health?.aggregation?.hours ?? 0
  const behind = readings > MANY || hours > MANY
  const pending = readings + hours
  most.current = behind ? Math.max(most.current, pending) : 0
  if (!behind) return null
  return (
    <div class="catching-up">
      <progress max={most.current} value={most.current - pending} aria-labelledby="catching-up" />
      <span id="catching-up">
        {readings > MANY ? text.catchingUp(format.whole(readings)) : text.computing(format.whole(hours))}
      </span>
    </div>
  )
}
