import type { BalanceRow, SiteRow, Utility } from '../answers.ts'
import { getRows } from '../api.ts'
import { addDays } from '../days.ts'
import { useTouched } from '../live.ts'
import { type Resource, useResource } from '../resource.ts'
import { touches } from '../touched.ts'

export type Balances = Resource<ReadonlyMap<Utility, BalanceRow>>

/** How each utility of a site was spread over its meters in a month, `YYYY-MM`. */
export function useBalances(site: SiteRow, month: string): Balances {
  const scope = encodeURIComponent(`site:${site.id}`)
  const balances = useResource(`balances ${site.id} ${month}`, async (signal) => {
    const to = monthAfter(month)
    const rows = await Promise.all(
      site.utilities.map(async (utility) => {
        const query = `scope=${scope}&utility=${utility}&grain=month&from=${month}&to=${to}`
        const [row] = await getRows<BalanceRow>(`balance?${query}`, signal)
        return row === undefined ? [] : [[utility, row] as const]
      }),
    )
    return new Map(rows.flat())
  })
  useTouched((touched) => (touches(touched, [site.id]) ? balances.refetch() : undefined))
  return balances
}

export function monthAfter(month: string): string {
  return addDays(`${month}-01`, 31).slice(0, 7)
}

export function monthBefore(month: string): string {
  return addDays(`${month}-01`, -1).slice(0, 7)
}
