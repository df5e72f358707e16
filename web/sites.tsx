import { useState } from 'preact/hooks'
import type { KpiRow, SitesAnswer } from './answers.ts'
import { digitsOf } from './format.ts'
import { useLocale } from './i18n.ts'
import { Icon } from './icons.tsx'
import { familyOf } from './indicator.ts'
import { type Column, columns, type Intensities, useIntensities } from './intensities.ts'
import type { Scope } from './scopes.ts'
import { ScopeRow } from './site-row.tsx'
import { Trouble } from './trouble.tsx'
import { useTurns } from './turns.ts'

interface Props {
  answer: SitesAnswer | undefined
  scopes: readonly Scope[]
  chosen: string | undefined
  choose: (scope: string) => void
}

type Order = Column | 'name'

/** As many rows are drawn between two paints. */
const ROWS_AT_ONCE = 6
const SKELETONS = [1, 2, 3, 4, 5, 6, 7, 8]

/** Every site with what it used and how intensely, and the boundaries beneath. */
export function Sites({ answer, scopes, chosen, choose }: Props) {
  const { text, format, nameOf } = useLocale()
  const [order, setOrder] = useState<Order>('energy-per-employee')
  const intensities = useIntensities(scopes, answer?.organisation.zone)
  const { year } = intensities
  const sites = sorted(
    scopes.filter((one) => one.kind !== 'boundary'),
    order,
    intensities,
    (one) => nameOf(one.name),
  )
  const boundaries = scopes.filter((one) => one.kind === 'boundary')
  const most = perColumn(sites, [year], intensities, mostOf)
  const digits = perColumn(scopes, [year, year - 1], intensities, digitsIn)
  const units = perColumn(scopes, [year, year - 1], intensities, unitOf)
  // Rows come with their figures, so that they do not change places before the reader's eyes.
  const ready = intensities.of !== undefined || intensities.problem !== undefined
  const turns = useTurns(ready ? Math.ceil((sites.length + 1) / ROWS_AT_ONCE) : 1)
  const shown = ready ? turns * ROWS_AT_ONCE : 0
  const row = (one: Scope) => (
    <ScopeRow
      key={one.scope}
      scope={one}
      zone={answer?.organisation.zone}
      intensities={intensities}
      digits={digits}
      most={one.kind === 'boundary' ? undefined : most}
      chosen={chosen === one.scope}
      choose={choose}
    />
  )

  return (
    <section class="sites card" aria-labelledby="sites-title" aria-busy={answer === undefined}>
      <header>
        <h2 id="sites-title">{text.sites}</h2>
        <p>{text.sitesNote(year, year - 1)}</p>
      </header>
      {intensities.problem !== undefined && (
        <Trouble problem={intensities.problem} retry={intensities.refetch} />
      )}
      {answer?.rows.length === 0 && <p class="empty">{text.noSites}</p>}
      <fieldset class="site-grid order">
        <legend class="unseen">{text.sortBy}</legend>
        <OrderButton of="name" order={order} setOrder={setOrder} label={text.site} />
        {columns.map((column) => (
          <OrderButton
            key={column}
            of={column}
            order={order}
            setOrder={setOrder}
            label={text.columns[column]}
            unit={format.unit(units[column] ?? '')}
          />
        ))}
      </fieldset>
      <ul class="scopes">
        {sites.map((one, n) => (n < shown ? row(one) : <li key={one.scope} class="site-row skeleton" />))}
        {answer === undefined && SKELETONS.map((n) => <li key={n} class="site-row skeleton" />)}
      </ul>
      {boundaries.length > 0 && shown > sites.length && (
        <>
          <h3 class="group">{text.boundaries}</h3>
          <ul class="scopes">{boundaries.map(row)}</ul>
        </>
      )}
    </section>
  )
}

interface OrderProps {
  of: Order
  order: Order
  setOrder: (order: Order) => void
  label: string
  unit?: string
}

function OrderButton({ of, order, setOrder, label, unit }: OrderProps) {
  return (
    <button type="button" class={familyOf(of)} aria-pressed={order === of} onClick={() => setOrder(of)}>
      <span>
        {label}
        {unit !== undefined && <small>{unit || '\u00a0'}</small>}
      </span>
      <Icon name="down" />
    </button>
  )
}

/** By name upwards, by figure downwards; what has no figure comes last. */
function sorted(
  scopes: readonly Scope[],
  order: Order,
  { of, year }: Intensities,
  nameOf: (scope: Scope) => string,
): Scope[] {
  const figure = (one: Scope) => of?.(one.scope, order, year)?.value ?? Number.NEGATIVE_INFINITY
  return scopes.toSorted((a, b) => {
    const byName = nameOf(a).localeCompare(nameOf(b))
    if (order === 'name') return byName
    const [x, y] = [figure(a), figure(b)]
    return x === y ? byName : y > x ? 1 : -1
  })
}

type PerColumn<T> = Partial<Record<Column, T>>

/** Something of each column, from all rows that are known. */
function perColumn<T>(
  scopes: readonly Scope[],
  years: readonly number[],
  { of }: Intensities,
  pick: (rows: readonly KpiRow[]) => T | undefined,
): PerColumn<T> {
  const found: PerColumn<T> = {}
  for (const column of columns) {
    const rows = scopes.flatMap((one) => years.flatMap((year) => of?.(one.scope, column, year) ?? []))
    const picked = pick(rows)
    if (picked !== undefined) found[column] = picked
  }
  return found
}

const mostOf = (rows: readonly KpiRow[]) => Math.max(0, ...rows.map((row) => row.value ?? 0))
const digitsIn = (rows: readonly KpiRow[]) => digitsOf(rows.flatMap((row) => row.value ?? []))
const unitOf = (rows: readonly KpiRow[]) => rows[0]?.unit
