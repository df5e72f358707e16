import { useMemo, useState } from 'preact/hooks'
import type { LineageAnswer, MeterRow, SiteRow, Utility } from '../answers.ts'
import { get } from '../api.ts'
import { MonthStep } from '../balance/month-step.tsx'
import { ChartCard } from '../chart/chart-card.tsx'
import { Sankey } from '../chart/sankey.tsx'
import type { Flow, FlowNode } from '../chart/sankey-layout.ts'
import type { Sheet } from '../chart/sheet.ts'
import { Choice } from '../choice.tsx'
import { useLocale } from '../i18n.ts'
import { useResource } from '../resource.ts'
import { type Balances, monthAfter, monthBefore } from './balances.ts'
import { type Carrier, type Flows, flowsOf, type SiteNode } from './flows.ts'
import { type FlowFamily, m3Per, mwhPer, utilitiesOf } from './utilities.ts'
import { useWords } from './words.ts'

interface Props {
  site: SiteRow
  meters: readonly MeterRow[] | undefined
  month: string
  running: boolean
  choose: (month: string) => void
  balances: Balances
  utility: Utility | undefined
}

const families = ['energy', 'water'] as const

/** Where a month's energy or water came from and where it went, with what no submeter shows. */
export function FlowCard({ site, meters, month, running, choose, balances, utility }: Props) {
  const { text, format } = useLocale()
  const words = useWords()
  const [asked, ask] = useState<FlowFamily>()
  const offered = families.filter((family) => utilitiesOf(family, site.utilities).length > 0)
  const ofUtility = offered.find((family) => utility && utilitiesOf(family, site.utilities).includes(utility))
  const family = asked ?? ofUtility ?? offered[0] ?? 'energy'
  const unit = family === 'energy' ? 'MWh' : 'm3'
  const { flows, without, waits } = useFlows(family, { site, meters, month, balances })
  const nameOf = useNames(meters, flows)
  const share = (value: number) => format.percent(flows && flows.supply > 0 ? value / flows.supply : 0)
  const sheet = (): Sheet => ({
    file: `${site.id}-${family}-flows-${month}`,
    columns: [
      { key: 'from', label: words.from },
      { key: 'to', label: words.to },
      { key: 'value', label: `${words.amount} (${format.unit(unit)})`, right: true },
      { key: 'unit', label: '' },
      { key: 'share', label: words.ofSupply, right: true },
    ],
    rows: (flows?.flows ?? []).map(({ from, to, value }) => [
      { raw: nameOf(from) },
      { raw: nameOf(to) },
      { raw: value, text: format.number(value) },
      { raw: unit, text: format.unit(unit) },
      { raw: flows ? value / flows.supply : null, text: share(value) },
    ]),
  })
  const nothing = offered.length === 0 ? words.noFlow[family] : words.noFlowInMonth
  const list = (ids: readonly string[], name: (id: string) => string) => ids.map(name).join(', ')
  return (
    <ChartCard
      kind={`flow ${family}`}
      title={words.flow}
      note={words.flowNote[family]}
      pickers={
        <div class="pickers">
          <MonthStep
            date={`${month}-01`}
            running={running}
            earlier={() => choose(monthBefore(month))}
            later={running ? undefined : () => choose(monthAfter(month))}
          />
          <Choice
            legend={words.flow}
            options={offered}
            chosen={family}
            choose={ask}
            label={(one) => words.families[one]}
          />
        </div>
      }
      sheet={waits ? undefined : sheet}
      problem={balances.problem}
      retry={balances.refetch}
      empty={!waits && (flows === undefined || flows.flows.length === 0) ? nothing : undefined}
    >
      {() =>
        flows !== undefined && (
          <>
            <p class="balance-note">
              <data value={flows.supply} data-sum>
                {words.flowTotal(format.amount(flows.supply, unit))}
              </data>
              {flows.unmetered > 0 && (
                <data value={flows.unmetered} data-sum>
                  {words.flowUnmetered(format.amount(flows.unmetered, unit), share(flows.unmetered))}
                </data>
              )}
            </p>
            <Sankey
              nodes={flows.nodes}
              flows={flows.flows}
              nameOf={(node: FlowNode) => nameOf(node.id)}
              write={(value) => format.amount(value, unit)}
              label={words.flowChart(format.month(`${month}-01`))}
              hint={words.flowHint}
              said={({ from, to, value }: Flow) =>
                words.flowSaid(nameOf(from), nameOf(to), format.amount(value, unit), share(value))
              }
            />
            {flows.alarms.length > 0 && (
              <p class="balance-alarm">
                {list(flows.alarms, (one) => text.utilities[one as Utility])}: {text.balance.alarm}
              </p>
            )}
            {flows.excess.length > 0 && (
              <p class="balance-alarm">
                {words.excess(list(flows.excess, (one) => text.utilities[one as Utility]))}
              </p>
            )}
            {flows.unknown.length > 0 && (
              <p class="note">{words.unknownMeters(list(flows.unknown, nameOf))}</p>
            )}
            {without.length > 0 && (
              <p class="note">{words.noFactor(list(without, (one) => text.utilities[one as Utility]))}</p>
            )}
          </>
        )
      }
    </ChartCard>
  )
}

/** The flows of a family; a fuel needs the heat value that the site's energy was reckoned with. */
function useFlows(
  family: FlowFamily,
  { site, meters, month, balances }: Pick<Props, 'site' | 'meters' | 'month' | 'balances'>,
): { flows: Flows | undefined; without: readonly Utility[]; waits: boolean } {
  const utilities = utilitiesOf(family, site.utilities)
  const rows = utilities.flatMap((utility) => {
    const row = balances.value?.get(utility)
    return row === undefined ? [] : [{ utility, row }]
  })
  const fuels =
    family === 'energy' && rows.some(({ row }) => mwhPer(row.unit, 'diesel', [], undefined) === undefined)
  const energy = useResource(fuels ? `energy ${site.id} ${month}` : null, (signal) =>
    get<LineageAnswer>(
      `lineage?indicator=energy&scope=${encodeURIComponent(`site:${site.id}`)}&period=${month}&depth=5`,
      signal,
    ),
  )
  const numerator = energy.value?.numerator
  const waits =
    (balances.value === undefined && balances.problem === undefined) ||
    meters === undefined ||
    (fuels && energy.value === undefined && energy.problem === undefined)
  return useMemo(() => {
    if (waits || balances.value === undefined || meters === undefined)
      return { flows: undefined, without: [], waits }
    const own = meters.filter((meter) => meter.site === site.id)
    const known = rows.map(({ utility, row }) => ({
      utility,
      row,
      factor: family === 'water' ? m3Per(row.unit) : mwhPer(row.unit, utility, own, numerator),
    }))
    const carriers = known.filter((one): one is Carrier => one.factor !== undefined)
    const without = known.flatMap(({ utility, row, factor }) =>
      factor === undefined && (row.supply.value ?? 0) > 0 ? [utility] : [],
    )
    return { flows: flowsOf(carriers, own), without, waits }
  }, [balances.value, meters, family, numerator, waits, site.id])
}

/** What the nodes are called: a role by its meter where there is one only. */
function useNames(meters: readonly MeterRow[] | undefined, flows: Flows | undefined): (id: string) => string {
  const { text, nameOf } = useLocale()
  const words = useWords()
  const names = useMemo(() => {
    const meterName = (id: string) => {
      const meter = meters?.find((one) => one.id === id)
      return meter === undefined ? id : nameOf(meter.name)
    }
    const name = ({ of }: SiteNode): string => {
      switch (of.kind) {
        case 'carrier':
          return text.utilities[of.utility]
        case 'meter':
          return meterName(of.meter)
        case 'role':
          return words.roles[of.role](text.utilities[of.utility])
        default:
          return words.ends[of.kind]
      }
    }
    return new Map(flows?.nodes.map((node) => [node.id, name(node)]))
  }, [meters, flows, text, words, nameOf])
  return (id) => names.get(id) ?? id
}
