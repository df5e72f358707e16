import { useLocale } from './i18n.ts'
import type { Sending } from './sending.ts'

/** That something was not accepted, and why where no field says it. */
export function Refusal({ sending: { problem, errors } }: { sending: Sending }) {
  const { text } = useLocale()
  if (problem === undefined) return null
  return (
    <p class="refusal" role="alert">
      <b>{problem.status === 0 ? text.unreachable : text.refused}</b>
      {errors.size === 0 && ` ${problem.message}`}
    </p>
  )
}
