import type { KpiRow, SiteRow } from '../answers.ts'
import { getRows } from '../api.ts'
import { yearBeginningAt } from '../days.ts'
import { FigureLink } from '../figure-link.tsx'
import { useLocale } from '../i18n.ts'
import { familyOf } from '../indicator.ts'
import { useTouched } from '../live.ts'
import { useResource } from '../resource.ts'
import { touches } from '../touched.ts'
import { Trouble } from '../trouble.tsx'
import { Why } from '../why.tsx'
import { useWords } from './words.ts'

export const keyIndicators = [
  'energy',
  'energy-per-employee',
  'energy-per-area',
  'tap-water-per-employee',
  'ghg',
] as const

/** This year's figures so far, each with last year's beside it. */
export function KeyFigures({ site, year }: { site: SiteRow; year: number }) {
  const words = useWords()
  const scope = `site:${site.id}`
  const kpis = useResource(`key figures ${site.id} ${year}`, (signal) =>
    getRows<KpiRow>(
      `kpis?indicator=${keyIndicators.join()}&scope=${encodeURIComponent(scope)}&grain=year&from=${year - 1}&to=${year + 1}`,
      signal,
    ),
  )
  useTouched((touched) => (touches(touched, [site.id]) ? kpis.refetch() : undefined))
  const rowOf = (indicator: string, of: number) =>
    kpis.value?.find((row) => row.indicator === indicator && yearBeginningAt(row.start) === of)
  return (
    <section
      class="key-figures"
      aria-label={words.figures(year)}
      aria-busy={kpis.value === undefined && kpis.problem === undefined}
    >
      {kpis.problem !== undefined && <Trouble problem={kpis.problem} retry={kpis.refetch} />}
      {(kpis.value !== undefined || kpis.problem === undefined) && (
        <>
          <p class="note">{words.figures(year)}</p>
          <dl>
            {keyIndicators.map((indicator) => (
              <div key={indicator} class={familyOf(indicator)}>
                <dt>{words.indicators[indicator]}</dt>
                <dd>
                  <Now row={rowOf(indicator, year)} waits={kpis.value === undefined} />
                  {kpis.value !== undefined && <Before row={rowOf(indicator, year - 1)} year={year - 1} />}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  )
}

function Now({ row, waits }: { row: KpiRow | undefined; waits: boolean }) {
  const { text, format } = useLocale()
  if (waits) return <span class="skeleton-text">0000</span>
  if (row === undefined || row.value === null) {
    const reason = row === undefined ? text.notComputed : (row.reason ?? text.noReason)
    return (
      <Why label="—" name={text.noValue} hint={reason} kind="dash">
        <p>{reason}</p>
      </Why>
    )
  }
  const { indicator, scope, start, value, unit } = row
  return (
    <FigureLink of={{ indicator, scope, period: String(yearBeginningAt(start)) }}>
      <data value={value}>
        <span class="value">{format.figure(value, unit)}</span>
        <span class="unit">{format.unit(unit)}</span>
      </data>
    </FigureLink>
  )
}

function Before({ row, year }: { row: KpiRow | undefined; year: number }) {
  const { format } = useLocale()
  const words = useWords()
  if (row === undefined || row.value === null) return <small>{words.in(year)}—</small>
  const { indicator, scope, value, unit } = row
  return (
    <small>
      {words.in(year)}
      <FigureLink of={{ indicator, scope, period: String(year) }}>
        <data value={value}>{format.amount(value, unit)}</data>
      </FigureLink>
    </small>
  )
}
