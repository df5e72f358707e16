import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Days } from './day.ts'
import { DayTip } from './day-tip.tsx'
import { Glyph } from './glyphs.tsx'
import { type Locale, useLocale } from './i18n.ts'
import type { Words } from './plot/paint.ts'
import type { DayPlot } from './plot/plot.ts'
import { doubtsIn } from './quality.ts'

export interface Hover {
  readonly index: number
  /** Pixels from the left of the chart. */
  readonly left: number
}

interface Props {
  days: Days
  inspect: (date: string) => void
  /** The day that is looked at. */
  chosen?: string
}

/** Bars by day. The drawing library comes only when there is something to draw. */
export function DayChart({ days, inspect, chosen }: Props) {
  const locale = useLocale()
  const { text, format } = locale
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<DayPlot | undefined>(undefined)
  const words = useMemo(() => wordsOf(days, locale), [days, locale])
  const drawn = useRef({ days, words, chosen, inspect })
  const [hover, setHover] = useState<Hover>()
  drawn.current = { days, words, chosen, inspect }

  useEffect(() => {
    let gone = false
    import('./plot/plot.ts').then(({ drawDays }) => {
      if (gone || host.current === null) return
      plot.current = drawDays(host.current, setHover, (index) => {
        const day = drawn.current.days.list[index]
        if (day !== undefined) drawn.current.inspect(day.date)
      })
      plot.current.show(drawn.current.days, drawn.current.words, drawn.current.chosen)
    })
    return () => {
      gone = true
      plot.current?.destroy()
      plot.current = undefined
    }
  }, [])

  useEffect(() => plot.current?.show(days, words, chosen), [days, words, chosen])

  const day = hover === undefined ? undefined : days.list[hover.index]
  return (
    <figure class="day-chart">
      <div
        ref={host}
        class="canvas"
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go from day to day
        tabIndex={0}
        aria-label={`${text.consumption}. ${text.chartHint}`}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && day !== undefined) {
            event.preventDefault()
            inspect(day.date)
          }
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
          if (step === undefined) return
          event.preventDefault()
          plot.current?.step(step)
        }}
        onBlur={() => setHover(undefined)}
      />
      {hover !== undefined && day !== undefined && <DayTip day={day} unit={days.unit} left={hover.left} />}
      <figcaption class="legend">
        {doubtsIn(days.list.map((one) => one.quality)).map((quality) => (
          <span key={quality}>
            <Glyph sign={quality} />
            {text.inspect.qualities[quality]}
          </span>
        ))}
        {(['full', 'low', 'partial', 'missing', 'average'] as const).map((sign) => (
          <span key={sign}>
            <i class={`sign ${sign}`} />
            {sign === 'average' && days.average !== undefined
              ? text.average(format.amount(days.average, days.unit))
              : text.legend[sign]}
          </span>
        ))}
        <span>
          <i class="sign strip" />
          {text.legend.coverage}
        </span>
      </figcaption>
    </figure>
  )
}

function wordsOf(days: Days, { text, format }: Locale): Words {
  return {
    noData: text.noData,
    unit: format.unit(days.unit),
    number: (value) => format.number(value, value !== 0 && Math.abs(value) < 10 ? 1 : 0),
    day: (date) => format.day(date),
  }
}
