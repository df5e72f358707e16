import type { LineageAnswer, LineageNode } from '../answers.ts'
import { get } from '../api.ts'
import { type Locale, useLocale } from '../i18n.ts'
import { useResource } from '../resource.ts'
import { follow, meterHref } from '../route.ts'
import { Trouble } from '../trouble.tsx'
import { Factors } from './factors.tsx'
import { Facts } from './facts.tsx'
import { Known } from './known.tsx'
import { Line } from './line.tsx'
import { MeterSpans } from './meter-spans.tsx'
import { periodName } from './period.ts'
import { useWords } from './words.ts'

interface Props {
  node: LineageNode
  /** What it is a part of, by name. */
  above: string
  opened: ReadonlySet<string>
  open: (path: string) => void
  /** `lineage?indicator=…` without a branch. */
  address: string
  zoneOf: (meter: string) => string | undefined
  depth: number
}

/** A part of a figure with all that is beneath it, fetched when it is opened. */
export function Branch({ node, above, opened, open, address, zoneOf, depth }: Props) {
  const locale = useLocale()
  const name = nodeName(node, locale)
  const isOpen = opened.has(node.node)
  const key = isOpen && node.parts.length < node.partCount ? `${address} ${node.node}` : null
  const more = useResource(key, (signal) =>
    get<LineageAnswer>(`${address}&depth=1&node=${encodeURIComponent(node.node)}`, signal),
  )
  const parts = node.parts.length > 0 ? node.parts : (more.value?.at?.parts ?? [])
  const meter = node.links === undefined ? undefined : node.id
  const beneath =
    node.partCount > 0 || meter !== undefined || node.entry !== undefined || node.statements !== undefined
  return (
    <li>
      <Line
        path={node.node}
        name={name}
        note={<How node={node} />}
        value={node.value}
        unit={node.unit}
        reason={node.reason}
        share={node.share}
        shareOf={above}
        known={<Known {...node} />}
        depth={depth}
        open={beneath ? isOpen : undefined}
        toggle={beneath ? () => open(node.node) : undefined}
      />
      {isOpen && (
        <>
          <div class="beneath" style={{ '--depth': String(Math.min(depth + 1, 7)) }}>
            <Facts node={node} />
          </div>
          {more.problem !== undefined && <Trouble problem={more.problem} retry={more.refetch} />}
          {key !== null && more.value === undefined && more.problem === undefined && (
            <div class="skeleton line-skeleton" />
          )}
          {parts.length > 0 && (
            <ul>
              {parts.map((part) => (
                <Branch
                  key={part.node}
                  node={part}
                  above={name}
                  opened={opened}
                  open={open}
                  address={address}
                  zoneOf={zoneOf}
                  depth={depth + 1}
                />
              ))}
            </ul>
          )}
          {meter !== undefined && (
            <MeterSpans
              meter={meter}
              period={node.period}
              path={node.node}
              opened={opened}
              open={open}
              zone={zoneOf(node.id)}
              depth={depth + 1}
            />
          )}
        </>
      )}
    </li>
  )
}

function nodeName({ of, id, name, period, node }: LineageNode, { format, nameOf }: Locale): string {
  if (of === 'period' || node.endsWith(`,${period}`)) return periodName(period, format)
  return name === null ? id : nameOf(name)
}

/** What it is, what it was before the factor, and the factor. */
function How({ node }: { node: LineageNode }) {
  const { format } = useLocale()
  const words = useWords()
  const { of, id, raw, unit, factors, weight } = node
  return (
    <>
      {of === 'meter' && (
        <a href={meterHref(id)} onClick={follow}>
          <code>{id}</code>
        </a>
      )}
      {of !== 'meter' && words.kinds[of]}
      {raw !== undefined && raw.unit !== unit && (
        <data value={raw.value}>{format.amount(raw.value, raw.unit)}</data>
      )}
      <Factors factors={factors} here={raw !== undefined} />
      {weight !== 1 && (
        <span>
          {weight === -1
            ? words.leaves
            : weight === 0
              ? words.onlyShown
              : words.weights(format.number(weight, 4))}
        </span>
      )}
    </>
  )
}
