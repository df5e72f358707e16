import type { LineageNode } from '../answers.ts'
import { Glyph } from '../glyphs.tsx'
import { useLocale } from '../i18n.ts'
import { shownQuality, WHOLE } from '../quality.ts'
import { useWords } from './words.ts'

type Props = Pick<LineageNode, 'coverage' | 'estimated' | 'partial'> & {
  quality: LineageNode['quality']
}

/** How an amount is known: its sign, and what is missing or estimated of it. */
export function Known({ quality, coverage, estimated, partial }: Props) {
  const { text, format } = useLocale()
  const words = useWords()
  if (quality === null) return null
  const shown = shownQuality({ quality, coverage, partial })
  const said = text.inspect.qualities[shown]
  return (
    <span class="known">
      <span class="known-sign" title={text.inspect.qualitySaid[shown]}>
        <Glyph sign={shown} />
        {said}
      </span>
      {coverage < WHOLE && <small>{words.covered(format.percent(coverage))}</small>}
      {estimated > 0 && <small>{words.estimated(format.percent(estimated))}</small>}
    </span>
  )
}
