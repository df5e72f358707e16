import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Lines, LinesPlot, LineWords } from './plot/lines.ts'

interface Props {
  lines: Lines
  words: LineWords
  label: string
  /** What is said of a place under the pointer. */
  tip: (index: number) => ComponentChildren
  /** Somebody chose a place, by click or Enter. */
  pick?: (index: number) => void
}

/** Lines over time. The drawing library comes only when there is something to draw. */
export function LineChart({ lines, words, label, tip, pick }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<LinesPlot | undefined>(undefined)
  const drawn = useRef({ lines, words })
  const [hover, setHover] = useState<{ index: number; left: number }>()
  drawn.current = { lines, words }

  useEffect(() => {
    let gone = false
    import('./plot/lines.ts').then(({ drawLines }) => {
      if (gone || host.current === null) return
      plot.current = drawLines(host.current, setHover)
      plot.current.show(drawn.current.lines, drawn.current.words)
    })
    return () => {
      gone = true
      plot.current?.destroy()
      plot.current = undefined
    }
  }, [])

  useEffect(() => plot.current?.show(lines, words), [lines, words])

  return (
    <div class="line-chart">
      <div
        ref={host}
        class="canvas"
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go from place to place
        tabIndex={0}
        aria-label={label}
        onClick={() => hover !== undefined && pick?.(hover.index)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && hover !== undefined) pick?.(hover.index)
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
          if (step === undefined) return
          event.preventDefault()
          plot.current?.step(step)
        }}
        onBlur={() => setHover(undefined)}
      />
      {hover !== undefined && (
        <div class="day-tip" role="status" style={{ '--left': `${hover.left}px` }}>
          {tip(hover.index)}
        </div>
      )}
    </div>
  )
}
