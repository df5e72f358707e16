import type { LineageAnswer, LineageNode } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { amountOf } from './line.tsx'
import { useWords } from './words.ts'

/** How a figure is made, in words with the numbers: 18,420 MWh ÷ 14,200 people = 1.297. */
export function Formula({ answer }: { answer: LineageAnswer }) {
  const { format } = useLocale()
  const words = useWords()
  const { numerator, denominator, scale, value, unit } = answer
  return (
    <p class="formula" title={words.madeSo}>
      <Term node={numerator} />
      {denominator !== null && (
        <>
          <span class="operator">÷</span>
          <Term node={denominator} />
        </>
      )}
      {scale !== 1 && (
        <>
          <span class="operator">×</span>
          <span class="term">
            <b>{format.whole(scale)}</b>
          </span>
        </>
      )}
      <span class="operator">=</span>
      <span class="term result">
        <b>{value === null ? '—' : format.amount(value, unit)}</b>
      </span>
    </p>
  )
}

function Term({ node }: { node: LineageNode }) {
  const { format, nameOf } = useLocale()
  return (
    <span class="term">
      <b>{node.value === null ? '—' : amountOf(node.value, node.unit, format)}</b>
      <small>{node.name === null ? node.id : nameOf(node.name)}</small>
    </span>
  )
}
