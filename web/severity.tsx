import type { Severity } from './answers.ts'
import { useLocale } from './i18n.ts'
import { Icon, type IconName } from './icons.tsx'

const icons: Record<Severity, IconName> = { critical: 'cross', warning: 'warn', info: 'info' }

/** How grave something is, as an outline and a word: colour only repeats them. */
export function SeverityBadge({ severity, count }: { severity: Severity; count?: string }) {
  const { text } = useLocale()
  return (
    <span class={`severity ${severity}`}>
      <Icon name={icons[severity]} />
      {count !== undefined && <b>{`${count} `}</b>}
      {text.alerting.severities[severity]}
    </span>
  )
}
