import type { ConsumptionRow, MeterRow, SiteRow, Utility } from '../answers.ts'
import { getRows } from '../api.ts'
import { csvOfSheet, type Sheet } from '../chart/sheet.ts'
import { download } from '../csv.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { meterTree, type TreeMeter } from '../inspect/meter-tree.ts'
import { useTouched } from '../live.ts'
import { useNow } from '../now.ts'
import { useResource } from '../resource.ts'
import { follow, meterHref } from '../route.ts'
import { touches } from '../touched.ts'
import { Trouble } from '../trouble.tsx'
import { Why } from '../why.tsx'
import { type Balances, monthAfter } from './balances.ts'
import { useWords } from './words.ts'

interface Props {
  site: SiteRow
  utility: Utility
  meters: readonly MeterRow[] | undefined
  month: string
  running: boolean
  balances: Balances
}

interface Use {
  readonly value: number | null
  readonly unit: string
  /** Of what it hangs on. */
  readonly share: number | null
  readonly reason?: string | undefined
}

/** The meters of a utility as they hang together: when each was read last, and what it counted in the month. */
export function MetersCard({ site, utility, meters, month, running, balances }: Props) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const now = useNow()
  const tree = meters === undefined ? undefined : treeOf(meters, site, utility)
  const uses = useUses(site, tree, { utility, month, balances })
  const roleOf = ({ role }: MeterRow) =>
    role === 'virtual' ? words.virtual : (text.inspect.roles[role] ?? role)
  const sheet: Sheet = {
    file: `${site.id}-${utility}-meters-${month}`,
    columns: [
      'meter',
      'name',
      'role',
      'parent',
      'state',
      'last',
      'face',
      'unit',
      'used',
      'used-unit',
      'share',
    ].map((key) => ({ key, label: key })),
    rows: (tree ?? []).map(({ meter }) => {
      const use = uses?.get(meter.id)
      return [
        meter.id,
        nameOf(meter.name),
        meter.role,
        meter.parent,
        meter.state,
        meter.last?.at ?? null,
        meter.last?.value ?? null,
        meter.last?.unit ?? null,
        use?.value ?? null,
        use?.unit ?? null,
        use?.share ?? null,
      ].map((raw) => ({ raw }))
    }),
  }
  return (
    <section class="card meters-card" aria-labelledby="site-meters" aria-busy={tree === undefined}>
      <header>
        <h2 id="site-meters">{words.submeters}</h2>
        <button
          type="button"
          class="quiet-button"
          disabled={uses === undefined}
          title={text.downloadCsv}
          onClick={() => download(`${sheet.file}.csv`, csvOfSheet(sheet))}
        >
          <Icon name="download" />
          CSV
          <span class="unseen">{words.submeters}</span>
        </button>
        <p class="note">
          {words.submetersNote(
            running ? text.balance.soFar(format.month(`${month}-01`)) : format.month(`${month}-01`),
          )}
        </p>
      </header>
      {balances.problem !== undefined && <Trouble problem={balances.problem} retry={balances.refetch} />}
      {tree?.length === 0 && <p class="empty">{words.noMeters}</p>}
      <div class="meters-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.meter}</th>
              <th scope="col">{words.lastReading}</th>
              <th scope="col" class="right">
                {words.monthUse}
              </th>
              <th scope="col" class="right">
                {words.ofParent}
              </th>
              <th scope="col">{words.state}</th>
            </tr>
          </thead>
          <tbody>
            {tree?.map(({ meter, depth }) => {
              const use = uses?.get(meter.id)
              return (
                <tr key={meter.id} style={{ '--depth': String(depth) }}>
                  <th scope="row">
                    <a href={meterHref(meter.id)} onClick={follow} title={meter.id}>
                      {nameOf(meter.name)}
                    </a>
                    <small>{roleOf(meter)}</small>
                  </th>
                  <td>
                    {meter.last === null ? (
                      meter.state === 'computed' ? (
                        '—'
                      ) : (
                        words.noReading
                      )
                    ) : (
                      <>
                        <data value={meter.last.value}>
                          {format.exact(meter.last.value, meter.last.unit)}
                        </data>
                        <small title={format.dateTime(meter.last.at, site.zone)}>
                          {format.ago(Date.parse(meter.last.at), now)}
                        </small>
                      </>
                    )}
                  </td>
                  <td class="right">
                    <Used use={use} waits={uses === undefined} />
                  </td>
                  <td class="right">
                    {use !== undefined && use.share !== null ? (
                      <>
                        <data value={use.share}>{format.percent(use.share)}</data>
                        <i
                          class="share-bar"
                          style={{ '--share': String(Math.min(Math.max(use.share, 0), 1)) }}
                        />
                      </>
                    ) : (
                      ''
                    )}
                  </td>
                  <td>
                    <span class={`meter-state ${meter.state}`} title={words.stateSaid[meter.state]}>
                      {words.states[meter.state]}
                    </span>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Used({ use, waits }: { use: Use | undefined; waits: boolean }) {
  const { text, format } = useLocale()
  if (use !== undefined && use.value !== null)
    return <data value={use.value}>{format.amount(use.value, use.unit)}</data>
  if (waits) return null
  const reason = use?.reason ?? text.noReason
  return (
    <Why label="—" name={text.noValue} hint={reason} kind="dash">
      <p>{reason}</p>
    </Why>
  )
}

/** Those that count, with what hangs on them, then those that are made of others. */
function treeOf(all: readonly MeterRow[], site: SiteRow, utility: Utility): TreeMeter[] {
  const computed = all.filter(
    (meter) => meter.site === site.id && meter.utility === utility && meter.role === 'virtual',
  )
  return [...meterTree(all, [site.id], utility), ...computed.map((meter) => ({ meter, depth: 0 }))]
}

/** What each counted: the balance says it of what hangs together, the others are asked for. */
function useUses(
  site: SiteRow,
  tree: readonly TreeMeter[] | undefined,
  { utility, month, balances }: Pick<Props, 'utility' | 'month' | 'balances'>,
): ReadonlyMap<string, Use> | undefined {
  const row = balances.value?.get(utility)
  const balanced = new Map(
    row?.nodes.flatMap(({ meter, value, share, reason }): [string, Use][] =>
      meter === null ? [] : [[meter, { value, unit: row.unit, share, reason }]],
    ),
  )
  const others =
    balances.value === undefined
      ? undefined
      : tree?.flatMap(({ meter }) => (balanced.has(meter.id) ? [] : [meter.id]))
  const asked = useResource(
    others === undefined ? null : `uses ${month} ${others.join()}`,
    async (signal) => {
      if (others === undefined || others.length === 0) return []
      const scopes = others.map((id) => encodeURIComponent(`meter:${id}`)).join()
      const query = `scope=${scopes}&grain=month&from=${month}&to=${monthAfter(month)}`
      return getRows<ConsumptionRow>(`consumption?${query}`, signal)
    },
  )
  useTouched((touched) => (touches(touched, [site.id]) ? asked.refetch() : undefined))
  if (asked.value === undefined && asked.problem === undefined) return undefined
  const counted = (others ?? []).map((id): [string, Use] => {
    const row = asked.value?.find(({ scope }) => scope === undefined || scope === `meter:${id}`)
    return [id, { value: row?.value ?? null, unit: row?.unit ?? '', share: null, reason: row?.reason }]
  })
  return new Map([...balanced, ...counted])
}
