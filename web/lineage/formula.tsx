import { Fragment } from 'preact'
import type { LineageAnswer, LineageNode } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { isRatio } from '../indicator.ts'
import './formula.css'
import { amountOf } from './line.tsx'
import { useWords } from './words.ts'

/** A sum of more parts than this is read in the tree beneath. */
const TERMS_MOST = 4

/** How a figure is made, in words with the numbers: 18,420 MWh ÷ 14,200 people = 1.297; a sum by its parts. */
export function Formula({ answer }: { answer: LineageAnswer }) {
  const { format } = useLocale()
  const words = useWords()
  const { numerator, denominator, scale, value, unit } = answer
  const parts = denominator === null ? termsOf(numerator) : [numerator]
  return (
    <p class="formula" title={words.madeSo}>
      {parts.map((part, i) => (
        <Fragment key={part.node}>
          {(i > 0 || part.weight < 0) && <span class="operator">{part.weight < 0 ? '−' : '+'}</span>}
          <Term node={part} />
        </Fragment>
      ))}
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
      {parts.length > 0 && <span class="operator">=</span>}
      <span class="term result">
        <b>
          {value === null ? (
            '—'
          ) : (
            <data value={value}>
              {isRatio(answer.indicator) ? format.number(value, 3) : format.amount(value, unit)}
            </data>
          )}
        </b>
      </span>
    </p>
  )
}

/** The parts of a short sum; none where it has many or only itself. */
function termsOf({ parts, partCount }: LineageNode): readonly LineageNode[] {
  const isPlain = parts.every(({ weight }) => Math.abs(weight) === 1)
  return isPlain && parts.length === partCount && partCount > 1 && partCount <= TERMS_MOST ? parts : []
}

function Term({ node }: { node: LineageNode }) {
  const { format, nameOf } = useLocale()
  return (
    <span class="term">
      <b>
        {node.value === null ? (
          '—'
        ) : (
          <data value={node.value}>{amountOf(node.value, node.unit, format)}</data>
        )}
      </b>
      <small>{node.name === null ? node.id : nameOf(node.name)}</small>
    </span>
  )
}
