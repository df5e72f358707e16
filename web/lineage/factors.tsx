import type { LineageNode } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { Why } from '../why.tsx'
import { useWords } from './words.ts'

type Factor = LineageNode['factors'][number]

interface Props {
  factors: readonly Factor[]
  /** They turn the raw amount into this one; else they were used somewhere beneath. */
  here?: boolean
}

/** The factors of an amount: a single one by its value, others by their number; where they are from on a click. */
export function Factors({ factors, here = false }: Props) {
  const words = useWords()
  const { format } = useLocale()
  const [only] = factors
  if (only === undefined) return null
  const label =
    here && factors.length === 1 ? `× ${format.exact(only.value, only.unit)}` : words.factors(factors.length)
  const carried = factors.some(({ carriedForward }) => carriedForward)
  return (
    <span class="factors">
      <Why label={label} name={`${words.factors(factors.length)}: ${label}`} kind="quiet">
        <ul class="factor-list">
          {factors.map((factor) => (
            <li key={`${factor.key}${factor.carriedForward}`}>
              <b>{format.exact(factor.value, factor.unit)}</b>
              <span>{factor.name}</span>
              <span>
                {[factor.source, factor.edition, factor.published && words.published(factor.published)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span>
                {words.valid(factor.from, factor.to)}
                {factor.carriedForward && <em class="carried"> · {words.carriedSaid}</em>}
              </span>
            </li>
          ))}
        </ul>
      </Why>
      {carried && (
        <span class="carried" title={words.carriedSaid}>
          <Icon name="warn" />
          {words.carried}
        </span>
      )}
    </span>
  )
}
