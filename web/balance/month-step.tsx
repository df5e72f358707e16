import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'

interface Props {
  /** The first day of the month. */
  date: string
  running: boolean
  earlier: (() => void) | undefined
  later: (() => void) | undefined
}

/** Which month is shown, with a way to the ones beside it. */
export function MonthStep({ date, running, earlier, later }: Props) {
  const { text, format } = useLocale()
  const words = text.balance
  return (
    <fieldset class="month-step">
      <legend class="unseen">{words.month}</legend>
      <button
        type="button"
        class="quiet-button square"
        aria-label={words.earlier}
        disabled={earlier === undefined}
        onClick={earlier}
      >
        <Icon name="back" />
      </button>
      <b role="status">{running ? words.soFar(format.month(date)) : format.month(date)}</b>
      <button
        type="button"
        class="quiet-button square"
        aria-label={words.later}
        disabled={later === undefined}
        onClick={later}
      >
        <Icon name="forward" />
      </button>
    </fieldset>
  )
}
