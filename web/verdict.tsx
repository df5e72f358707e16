import type { Verdict } from './answers.ts'
import { useLocale } from './i18n.ts'
import { Icon, type IconName } from './icons.tsx'

const icons: Record<Verdict, IconName> = {
  'on-track': 'check',
  'at-risk': 'warn',
  'off-track': 'cross',
  'insufficient-data': 'question',
}

/** A verdict, always as an outline and a word: colour only repeats them. */
export function VerdictBadge({ verdict, count }: { verdict: Verdict; count?: string }) {
  const { text } = useLocale()
  return (
    <span class={`verdict ${verdict}`}>
      <Icon name={icons[verdict]} />
      {count !== undefined && <b>{count}</b>}
      {text.verdicts[verdict]}
    </span>
  )
}
