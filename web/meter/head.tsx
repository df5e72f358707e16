import type { MeterRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { Icon, type IconName } from '../icons.tsx'
import { Used } from './used.tsx'
import { useWords } from './words.ts'

interface Props {
  id: string
  /** Undefined while it is asked for. */
  meter: MeterRow | undefined
  zone: string | undefined
  now: number
}

const icons: Record<MeterRow['state'], IconName> = {
  live: 'check',
  late: 'warn',
  silent: 'cross',
  'never-heard': 'cross',
  computed: 'info',
}

/** Which meter it is, whether it lives, and what it used this month and this year. */
export function Head({ id, meter, zone, now }: Props) {
  const { text, nameOf } = useLocale()
  const words = useWords()
  return (
    <header class="card meter-head">
      <div class="meter-what">
        {meter !== undefined && <State meter={meter} now={now} />}
        <h1>{meter === undefined ? words.waiting(id) : nameOf(meter.name)}</h1>
        {meter !== undefined && (
          <p class="rule">
            <code>{id}</code>
            {text.inspect.roles[meter.role] ?? words.roles[meter.role]}
            {' · '}
            {meter.utility === 'outdoor-temperature' ? words.measurand : text.utilities[meter.utility]}
          </p>
        )}
      </div>
      {meter !== undefined && zone !== undefined && <Used meter={meter} zone={zone} now={now} />}
    </header>
  )
}

function State({ meter: { state, last }, now }: { meter: MeterRow; now: number }) {
  const { format } = useLocale()
  const words = useWords()
  const silent = state === 'late' || state === 'silent'
  return (
    <p class={`meter-state ${state}`} title={words.stateSaid[state]}>
      <Icon name={icons[state]} />
      {words.states[state]}
      {silent && last !== null && <span>{words.silentSince(format.ago(Date.parse(last.at), now))}</span>}
    </p>
  )
}
