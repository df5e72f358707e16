import type { KpiRow, ReportAnswer, ReportRow } from '../answers.ts'
import { getRows } from '../api.ts'
import { useResource } from '../resource.ts'
import { BarChart } from './bar-chart.tsx'
import { useWords } from './words.ts'

/** The course of the years, and of the months of the newest one. */
export function Charts({ report, scope }: { report: ReportAnswer; scope: string }) {
  const words = useWords().chart
  const years = report.years.toReversed()
  const [year = 0] = report.years
  const rowOf = (id: string) => report.sections.flatMap(({ rows }) => rows).find((row) => row.id === id)
  const valuesOf = (row: ReportRow | undefined) =>
    years.map((one) => row?.cells.find((cell) => cell.year === one)?.value ?? null)
  const byYear = (
    title: string,
    named: readonly (readonly [id: string, name: string])[],
    stacked: boolean,
  ) => {
    const series = named.flatMap(([id, name]) => {
      const row = rowOf(id)
      const values = valuesOf(row)
      return row === undefined || values.every((value) => value === null)
        ? []
        : [{ name, values, unit: row.unit }]
    })
    const [first] = series
    if (first === undefined) return null
    return (
      <BarChart
        title={title}
        unit={first.unit}
        labels={years.map(String)}
        series={series}
        stacked={stacked}
      />
    )
  }
  return (
    <div class="charts">
      <div class="energy">
        {byYear(
          words.energy,
          [
            ['energy-indirect', words.indirect],
            ['energy-direct', words.direct],
          ],
          true,
        )}
      </div>
      <div class="energy">
        {byYear(
          words.emissions,
          [
            ['ghg-scope1', words.scope1],
            ['ghg-scope2', words.scope2],
            ['ghg-scope2-market', words.market],
          ],
          false,
        )}
      </div>
      <div class="water">
        {byYear(
          words.water,
          [
            ['tap-water', words.tap],
            ['reclaimed-water', words.reclaimed],
          ],
          true,
        )}
      </div>
      <Months
        title={words.energyMonths(year)}
        year={year}
        scope={scope}
        family="energy"
        parts={[
          ['energy-indirect', words.indirect],
          ['energy-direct', words.direct],
        ]}
      />
      <Months
        title={words.waterMonths(year)}
        year={year}
        scope={scope}
        family="water"
        parts={[
          ['tap-water', words.tap],
          ['reclaimed-water', words.reclaimed],
        ]}
      />
    </div>
  )
}

interface MonthsProps {
  title: string
  year: number
  scope: string
  family: 'energy' | 'water'
  parts: readonly (readonly [indicator: string, name: string])[]
}

const MONTHS = Array.from({ length: 12 }, (_, n) => n)

function Months({ title, year, scope, family, parts }: MonthsProps) {
  const indicators = parts.map(([indicator]) => indicator).join()
  const rows = useResource(`${scope} ${year} ${indicators}`, (signal) =>
    getRows<KpiRow>(
      `kpis?indicator=${indicators}&scope=${encodeURIComponent(scope)}&grain=month&from=${year}&to=${year + 1}`,
      signal,
    ),
  )
  const waiting = rows.value === undefined && rows.problem === undefined
  if (!waiting && !rows.value?.some(({ value }) => value !== null)) return null
  const series = parts.map(([indicator, name]) => {
    const own = rows.value?.filter((row) => row.indicator === indicator) ?? []
    return { name, values: MONTHS.map((n) => own[n]?.value ?? null) }
  })
  return (
    <div class={family}>
      <BarChart
        title={title}
        unit={rows.value?.[0]?.unit ?? ''}
        waiting={waiting}
        labels={MONTHS.map((n) => String(n + 1))}
        series={series}
        stacked
      />
    </div>
  )
}
