import { useState } from 'preact/hooks'
import type { KpiRow, SiteRow, TargetRow } from '../answers.ts'
import { getRows } from '../api.ts'
import { askTarget } from '../asked-targets.ts'
import { ChartCard } from '../chart/chart-card.tsx'
import type { Sheet } from '../chart/sheet.ts'
import { SlotChart } from '../chart/slot-chart.tsx'
import type { Slot } from '../chart/slot-layout.ts'
import { dateIn } from '../days.ts'
import { inPercent } from '../format.ts'
import { useLocale } from '../i18n.ts'
import { familyOf, unitRead } from '../indicator.ts'
import { useTouched } from '../live.ts'
import { useResource } from '../resource.ts'
import { touches } from '../touched.ts'
import { keyIndicators } from './key-figures.tsx'
import { pathByMonth, pathTargetOf } from './month-path.ts'
import { useWords } from './words.ts'

interface Props {
  site: SiteRow
  year: number
  /** Those that speak of the site. */
  targets: readonly TargetRow[] | undefined
}

interface MonthSlot extends Slot {
  readonly row: KpiRow | undefined
  readonly earlier: KpiRow | undefined
}

/** An indicator month by month against last year, and against the path where a target speaks of it. */
export function MonthsCard({ site, year, targets }: Props) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const [indicator, choose] = useState<string>('energy-per-employee')
  const scope = `site:${site.id}`
  const own = targets?.flatMap((one) => (one.scope === scope ? [one.indicator] : [])) ?? []
  const offered = [...new Set<string>([...keyIndicators, ...own])]
  const kpis = useResource(`months ${site.id} ${indicator} ${year}`, (signal) =>
    getRows<KpiRow>(
      `kpis?indicator=${indicator}&scope=${encodeURIComponent(scope)}&grain=month&from=${year - 1}&to=${year + 1}`,
      signal,
    ),
  )
  useTouched((touched) => (touches(touched, [site.id]) ? kpis.refetch() : undefined))
  const target = targets && pathTargetOf(targets, indicator, scope)
  const detail = useResource(target === undefined ? null : `path ${target.id}`, (signal) =>
    askTarget(target?.id ?? '', signal),
  )
  const path = target === undefined || detail.value === undefined ? undefined : pathByMonth(detail.value)
  const rowOf = (month: string) =>
    kpis.value?.find((row) => dateIn(site.zone, new Date(row.start)).startsWith(month))
  const slots = Array.from({ length: 12 }, (_, i): MonthSlot => {
    const month = String(i + 1).padStart(2, '0')
    const row = rowOf(`${year}-${month}`)
    const earlier = rowOf(`${year - 1}-${month}`)
    return {
      key: `${year}-${month}`,
      row,
      earlier,
      value: row?.value ?? null,
      before: earlier?.value ?? null,
      mark: path?.[i] ?? null,
    }
  })
  const ownUnit = kpis.value?.[0]?.unit ?? ''
  const unit = unitRead(indicator, ownUnit)
  const name = words.indicators[indicator] ?? indicator
  const sheet = (): Sheet => ({
    file: `${site.id}-${indicator}-${year}`,
    columns: [
      { key: 'month', label: words.month },
      { key: 'value', label: `${year} (${format.unit(unit)})`, right: true },
      { key: 'last-year', label: String(year - 1), right: true },
      ...(path === undefined ? [] : [{ key: 'path', label: words.path, right: true }]),
      { key: 'unit', label: '' },
      { key: 'coverage', label: words.coverage, right: true },
      { key: 'reason', label: text.table.note },
    ],
    rows: slots.map(({ key, row, value, before, mark }) => [
      { raw: key, text: format.monthName(key) },
      { raw: value, ...(value !== null && { text: format.figure(value, unit) }) },
      { raw: before ?? null, ...(before != null && { text: format.figure(before, unit) }) },
      ...(path === undefined
        ? []
        : [{ raw: mark ?? null, ...(mark != null && { text: format.figure(mark, unit) }) }]),
      { raw: ownUnit, text: format.unit(unit) },
      { raw: row?.coverage ?? null, ...(row && { text: format.percent(row.coverage) }) },
      { raw: row?.partial ? words.tip.running : (row?.reason ?? '') },
    ]),
  })
  const nothing =
    kpis.value !== undefined && slots.every(({ value, before }) => value === null && before === null)
  return (
    <ChartCard
      kind={`months ${familyOf(indicator)}`}
      title={words.months}
      note={
        target === undefined
          ? words.monthsNote(year)
          : words.monthsNotePath(year, `${nameOf(target.name)} (${nameOf(target.scopeName)})`)
      }
      pickers={
        <label class="picker">
          <span class="unseen">{words.indicator}</span>
          <select value={indicator} onChange={(event) => choose(event.currentTarget.value)}>
            {offered.map((one) => (
              <option key={one} value={one}>
                {words.indicators[one] ??
                  nameOf(targets?.find((t) => t.indicator === one)?.name ?? { en: one, zh: one })}
              </option>
            ))}
          </select>
        </label>
      }
      sheet={kpis.value && sheet}
      problem={kpis.problem}
      retry={kpis.refetch}
      empty={
        nothing
          ? (kpis.value?.find(({ reason }) => reason !== undefined)?.reason ?? words.noMonths)
          : undefined
      }
    >
      {() => (
        <figure>
          <SlotChart
            slots={slots}
            lookOf={({ row }) => ({
              fill: row?.partial ? 'url(#fill-estimated)' : 'var(--accent)',
              ...(row?.partial && { look: 'running' }),
            })}
            lacks={({ row }) => row !== undefined}
            unit={format.unit(unit)}
            write={(value) =>
              inPercent(unit) ? format.percent(value, 0) : format.number(value, digitsOfAxis(value))
            }
            place={({ key }, i, wide) => (wide < 28 && i % 2 > 0 ? '' : format.monthName(key))}
            label={words.monthsChart(name)}
            tip={(slot) => <MonthTip slot={slot} year={year} unit={unit} />}
          />
          <figcaption class="legend">
            <span>
              <i class="sign full" />
              {year}
            </span>
            <span>
              <i class="sign before" />
              {year - 1}
            </span>
            {path !== undefined && (
              <span>
                <i class="sign path-line" />
                {words.path}
              </span>
            )}
          </figcaption>
        </figure>
      )}
    </ChartCard>
  )
}

function digitsOfAxis(value: number): number {
  const size = Math.abs(value)
  return size === 0 || size >= 10 ? 0 : size >= 1 ? 1 : size >= 0.1 ? 2 : 3
}

function MonthTip({ slot, year, unit }: { slot: MonthSlot; year: number; unit: string }) {
  const { text, format } = useLocale()
  const words = useWords()
  const { value, before, mark, row } = slot
  return (
    <>
      <small>{format.month(`${slot.key}-01`)}</small>
      <b>
        {value === null ? (row === undefined ? words.tip.notYet : text.noData) : format.amount(value, unit)}
      </b>
      {row?.partial && <span>{words.tip.running}</span>}
      {before != null && <span>{words.tip.before(year - 1, format.amount(before, unit))}</span>}
      {mark != null && <span>{words.tip.path(format.amount(mark, unit))}</span>}
      {value === null && row?.reason !== undefined && <span>{row.reason}</span>}
    </>
  )
}
