import { useState } from 'preact/hooks'
import type { SitesAnswer } from './answers.ts'
import { useLocale } from './i18n.ts'
import { Icon } from './icons.tsx'
import { familyOf } from './indicator.ts'
import { type Column, columns, type Intensities, useIntensities } from './intensities.ts'
import type { Scope } from './scopes.ts'
import { ScopeRow } from './site-row.tsx'
import { Trouble } from './trouble.tsx'

interface Props {
  answer: SitesAnswer | undefined
  scopes: readonly Scope[]
  chosen: string | undefined
  choose: (scope: string) => void
}

type Order = Column | 'name'

const SKELETONS = [1, 2, 3, 4, 5, 6, 7, 8]

/** Every site with what it used and how intensely, and the boundaries beneath. */
export function Sites({ answer, scopes, chosen, choose }: Props) {
  const { text, nameOf } = useLocale()
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
  const most = mostOf(sites, intensities)
  const row = (one: Scope) => (
    <ScopeRow
      key={one.scope}
      scope={one}
      intensities={intensities}
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
          />
        ))}
      </fieldset>
      <ul class="scopes">
        {answer === undefined && SKELETONS.map((n) => <li key={n} class="site-row skeleton" />)}
        {sites.map(row)}
      </ul>
      {boundaries.length > 0 && (
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
}

function OrderButton({ of, order, setOrder, label }: OrderProps) {
  return (
    <button type="button" class={familyOf(of)} aria-pressed={order === of} onClick={() => setOrder(of)}>
      {label}
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

/** The greatest figure of each column, which the bars are drawn against. */
function mostOf(scopes: readonly Scope[], { of, year }: Intensities): Record<string, number> {
  return Object.fromEntries(
    columns.map((column) => [
      column,
      Math.max(0, ...scopes.map((one) => of?.(one.scope, column, year)?.value ?? 0)),
    ]),
  )
}
