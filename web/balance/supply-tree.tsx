import type { BalanceRow, MeterRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { BranchRow } from './branch-row.tsx'
import { branchLines } from './branches.ts'

/** Supply, submeters, remainder: a tidy tree of bars. */
export function SupplyTree({ row, meters }: { row: BalanceRow; meters: readonly MeterRow[] }) {
  const { text, format, nameOf } = useLocale()
  const words = text.balance
  const { supply, unit } = row
  const lines = branchLines(row)
  const names = new Map(meters.map((meter) => [meter.id, nameOf(meter.name)]))
  const parts = (['imported', 'generated', 'exported'] as const).flatMap((part) => {
    const value = supply[part]
    return value === null ? [] : [`${format.amount(value, unit)} ${words.parts[part]}`]
  })
  const { remainder, remainderShare, alarm, excess } = supply.unmetered
  return (
    <>
      <p class="balance-note">
        {parts.join(' · ')}
        {remainder !== null && remainderShare !== null && !excess && (
          <span class={alarm ? 'unmetered marked' : 'unmetered'}>
            {words.unmeteredOf(format.percent(remainderShare))}
          </span>
        )}
      </p>
      <ul class="branches">
        {lines.map((line) => (
          <BranchRow
            key={line.key}
            line={line}
            name={
              line.rest
                ? words.unmetered
                : line.meter === null
                  ? words.supply
                  : (names.get(line.meter) ?? line.meter)
            }
            unit={unit}
          />
        ))}
      </ul>
      {lines.length < 2 && <p class="empty">{words.noSubmeters}</p>}
      {alarm && <p class="balance-alarm">{words.alarm}</p>}
      {excess && <p class="balance-alarm">{words.excess}</p>}
    </>
  )
}
