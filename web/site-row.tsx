import type { KpiRow } from './answers.ts'
import { yearBeginningAt } from './days.ts'
import { FigureLink } from './figure-link.tsx'
import { useLocale } from './i18n.ts'
import { Icon } from './icons.tsx'
import { familyOf } from './indicator.ts'
import { type Column, columns, type Intensities } from './intensities.ts'
import { follow, siteHref } from './route.ts'
import type { Scope } from './scopes.ts'
import { Why } from './why.tsx'

interface Props {
  scope: Scope
  /** The organisation's own zone, which need not be said of every site. */
  zone: string | undefined
  intensities: Intensities
  /** How many digits each column has after the point. */
  digits: Partial<Record<Column, number>>
  /** What the bars are drawn against; without it there are none. */
  most: Partial<Record<Column, number>> | undefined
  chosen: boolean
  choose: (scope: string) => void
}

/** Below this a figure is marked: DOMAIN, section 5, gives no verdict on it either. */
const ENOUGH_COVERAGE = 0.95

/** A site or boundary: its name chooses it for the chart, its figures stand beside. */
export function ScopeRow({ scope, zone, intensities, digits, most, chosen, choose }: Props) {
  const { text, format, nameOf } = useLocale()
  const { of, year } = intensities
  const name = nameOf(scope.name)
  const place =
    scope.kind === 'boundary'
      ? text.siteCount(scope.sites.length)
      : [text.kinds[scope.kind], ...(scope.zone === zone ? [] : [format.place(scope.zone)])].join(' · ')
  return (
    <li class={chosen ? 'site-row site-grid chosen' : 'site-row site-grid'}>
      <div class="scope-name">
        <button
          type="button"
          class="choose"
          aria-pressed={chosen}
          title={text.showInChart(name)}
          onClick={() => choose(scope.scope)}
        >
          <Icon name={scope.kind} />
          <span>
            <b>{name}</b>
            <small title={scope.zone}>{place}</small>
          </span>
        </button>
        {scope.kind !== 'boundary' && (
          <a
            class="to-site"
            href={siteHref(scope.scope.replace('site:', ''))}
            onClick={follow}
            title={text.siteInDetail}
          >
            <Icon name="forward" />
            <span class="unseen">
              {name}: {text.siteInDetail}
            </span>
          </a>
        )}
      </div>
      <dl>
        {columns.map((column) => (
          <div key={column} class={`cell ${familyOf(column)}`}>
            <dt>{text.columns[column]}</dt>
            <dd>
              <Figure row={of?.(scope.scope, column, year)} digits={digits[column]} />
              <Bar value={of?.(scope.scope, column, year)?.value} most={most?.[column]} />
              <Earlier row={of?.(scope.scope, column, year - 1)} year={year - 1} digits={digits[column]} />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}

/** A figure with its unit; without a value a dash that says why. */
function Figure({ row, digits }: { row: KpiRow | undefined; digits: number | undefined }) {
  const { text, format } = useLocale()
  if (row === undefined || row.value === null) {
    const reason = row === undefined ? text.notComputed : (row.reason ?? text.noReason)
    return (
      <Why label="—" name={text.noValue} hint={reason} kind="dash">
        <p>{reason}</p>
        {row !== undefined && row.coverage < ENOUGH_COVERAGE && (
          <p>{text.lowCoverage(format.percent(row.coverage))}</p>
        )}
      </Why>
    )
  }
  const scarce = row.coverage < ENOUGH_COVERAGE
  const scarcely = text.lowCoverage(format.percent(row.coverage))
  return (
    <span class={scarce ? 'now scarce' : 'now'}>
      {scarce && (
        <Why label={<Icon name="warn" />} name={scarcely} hint={scarcely} kind="mark">
          <p>{scarcely}</p>
          {row.reason !== undefined && <p>{row.reason}</p>}
        </Why>
      )}
      <FigureLink
        of={{ indicator: row.indicator, scope: row.scope, period: String(yearBeginningAt(row.start)) }}
      >
        <data value={row.value}>
          <span class="value">{format.figure(row.value, row.unit, digits)}</span>
          <span class="unit">{format.unit(row.unit)}</span>
        </data>
      </FigureLink>
    </span>
  )
}

function Bar({ value, most }: { value: number | null | undefined; most: number | undefined }) {
  if (most === undefined) return null
  const share = most > 0 && value !== undefined && value !== null ? Math.max(0, value / most) : 0
  return <span class="share" style={{ '--share': String(share) }} aria-hidden="true" />
}

interface EarlierProps {
  row: KpiRow | undefined
  year: number
  digits: number | undefined
}

function Earlier({ row, year, digits }: EarlierProps) {
  const { format } = useLocale()
  if (row === undefined || row.value === null) return <small class="earlier">{year}: —</small>
  return (
    <small class="earlier">
      {year}: <data value={row.value}>{format.figure(row.value, row.unit, digits)}</data>
    </small>
  )
}
