import type { Problem } from './api.ts'
import { useLocale } from './i18n.ts'
import { Icon } from './icons.tsx'

/** What went wrong, in the server's own words, with a way to try again. */
export function Trouble({ problem, retry }: { problem: Problem | undefined; retry: () => unknown }) {
  const { text } = useLocale()
  const unreachable = problem?.status === 0
  return (
    <div class="trouble" role="alert">
      <Icon name="cross" />
      <p>
        <strong>{unreachable ? text.unreachable : text.failed}</strong>
        {!unreachable && problem?.message && <span>{problem.message}</span>}
      </p>
      <button type="button" onClick={() => retry()}>
        {text.retry}
      </button>
    </div>
  )
}
