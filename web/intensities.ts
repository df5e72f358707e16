import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { KpiRow } from './answers.ts'
import { getRows, Problem } from './api.ts'
import { todayIn, yearBeginningAt } from './days.ts'
import { useTouched } from './live.ts'
import type { Scope } from './scopes.ts'
import { touches } from './touched.ts'

/** The columns of the sites, in their order. */
export const columns = ['energy', 'energy-per-area', 'energy-per-employee', 'tap-water-per-employee'] as const
export type Column = (typeof columns)[number]

export interface Intensities {
  /** The running year of the organisation. */
  readonly year: number
  /** Undefined until the first answer is there. */
  readonly of: ((scope: string, indicator: string, year: number) => KpiRow | undefined) | undefined
  readonly problem: Problem | undefined
  readonly refetch: () => Promise<void>
}

/** So many scopes fit well into one address. */
const SCOPES_AT_ONCE = 40

/** The figures of the running and the last complete year; a touched site fetches only its own again. */
export function useIntensities(scopes: readonly Scope[], zone: string | undefined): Intensities {
  const [held, hold] = useState<ReadonlyMap<string, KpiRow>>()
  const [problem, setProblem] = useState<Problem>()
  const [year, setYear] = useState(() => yearIn(zone))
  const wanted = useRef(scopes)
  wanted.current = scopes
  const key = scopes.map((one) => one.scope).join()

  const load = useCallback(
    async (asked: readonly Scope[]) => {
      const running = yearIn(zone)
      setYear(running)
      try {
        const parts: KpiRow[][] = []
        for (let i = 0; i < asked.length; i += SCOPES_AT_ONCE) {
          const list = asked.slice(i, i + SCOPES_AT_ONCE).map((one) => one.scope)
          const query = `indicator=${columns.join()}&scope=${list.map(encodeURIComponent).join()}`
          parts.push(await getRows<KpiRow>(`kpis?${query}&grain=year&from=${running - 1}&to=${running + 1}`))
        }
        const fresh = parts.flat().map((row): [string, KpiRow] => [keyOf(row), row])
        hold((was) => new Map([...(was ?? []), ...fresh]))
        setProblem(undefined)
      } catch (error) {
        setProblem(error instanceof Problem ? error : new Problem(0, String(error)))
      }
    },
    [zone],
  )

  const refetch = useCallback(() => load(wanted.current), [load])
  useEffect(() => {
    if (key !== '') void refetch()
  }, [key, refetch])
  useTouched((touched) => {
    const again = wanted.current.filter((one) => touches(touched, one.sites))
    return again.length > 0 ? load(again) : undefined
  })

  return {
    year,
    of: held === undefined ? undefined : (scope, indicator, of) => held.get(`${scope} ${indicator} ${of}`),
    problem,
    refetch,
  }
}

function keyOf(row: KpiRow): string {
  return `${row.scope} ${row.indicator} ${yearBeginningAt(row.start)}`
}

function yearIn(zone: string | undefined): number {
  return Number(todayIn(zone ?? 'UTC').slice(0, 4))
}
