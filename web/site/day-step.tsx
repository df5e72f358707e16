import { addDays } from '../days.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { useWords } from './words.ts'

interface Props {
  day: string
  today: string
  choose: (day: string) => void
}

/** Which day is shown, with a way to those beside it: by button, or by arrow key on one of them. */
export function DayStep({ day, today, choose }: Props) {
  const { format } = useLocale()
  const words = useWords()
  const long = format.day(day, 'long')
  const step = (by: number) => {
    const next = addDays(day, by)
    if (next <= today) choose(next)
  }
  return (
    <fieldset
      class="month-step day-step"
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
        if (by === undefined) return
        event.preventDefault()
        step(by)
      }}
    >
      <legend class="unseen">{words.day}</legend>
      <button type="button" class="quiet-button square" aria-label={words.earlier} onClick={() => step(-1)}>
        <Icon name="back" />
      </button>
      <b role="status">{day === today ? words.todaySoFar(long) : long}</b>
      <button
        type="button"
        class="quiet-button square"
        aria-label={words.later}
        // A button that is disabled under the finger loses the focus, and the keys with it.
        aria-disabled={day >= today}
        onClick={() => step(1)}
      >
        <Icon name="forward" />
      </button>
      <button
        type="button"
        class="quiet-button"
        aria-disabled={day >= today}
        onClick={() => day < today && choose(today)}
      >
        {words.today}
      </button>
    </fieldset>
  )
}
