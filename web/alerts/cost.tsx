import type { AlertRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { useWords } from './words.ts'

const units = ['kWh', 'm3', 'tCO2e'] as const

/** What it has cost beyond what was to be expected; nothing where it makes no sense. */
export function Cost({ of: { cost } }: { of: Pick<AlertRow, 'cost'> }) {
  const { format } = useLocale()
  const words = useWords()
  const there = units.flatMap((unit) => {
    const amount = cost[unit]
    return amount === undefined ? [] : [{ unit, amount }]
  })
  const known = there.flatMap(({ unit, amount }) => (amount === null ? [] : [{ unit, amount }]))
  if (there.length > 0 && known.length === 0) return <span class="unknown">{words.costUnknown}</span>
  return (
    <>
      {known.map(({ unit, amount }) => (
        <data key={unit} value={amount} class="amount">
          <b>{format.number(amount)}</b> {format.unit(unit)}
        </data>
      ))}
    </>
  )
}

export function hasCost({ cost }: Pick<AlertRow, 'cost'>): boolean {
  return units.some((unit) => cost[unit] !== undefined)
}
