import { useLocale } from '../i18n.ts'
import { useWords } from './words.ts'

const LOOKS = ['whole', 'nearly', 'low', 'guessed', 'suspect', 'missing', 'none'] as const

/** What the looks of the matrix mean. */
export function MatrixLegend() {
  const { text } = useLocale()
  const words = useWords()
  const said = { ...words.looks, suspect: text.inspect.qualities.suspect, missing: text.noData }
  return (
    <p class="legend matrix-legend">
      {LOOKS.map((look) => (
        <span key={look}>
          <i class={look} />
          {said[look]}
        </span>
      ))}
    </p>
  )
}
