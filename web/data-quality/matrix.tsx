import { Fragment } from 'preact'
import type { ConsumptionRow, MeterRow, SiteRow } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { follow, siteHref } from '../route.ts'
import type { Scope } from '../scopes.ts'
import type { Column } from './columns.ts'
import { type Covered, coveredKey, gradeOf, MOST_ESTIMATED } from './coverage.ts'
import { MonthDetail } from './month-detail.tsx'
import { useWords } from './words.ts'

interface Opened {
  readonly site: string
  readonly month: string
}

interface Props {
  rows: readonly Scope[]
  columns: readonly Column[]
  covered: Covered
  meters: readonly MeterRow[]
  sites: readonly SiteRow[]
  opened: Opened | undefined
  open: (of: Opened) => void
  close: () => void
}

/** Scopes by spans: a cell says how much is covered, and what of it is estimated. */
export function Matrix({ rows, columns, covered, meters, sites, opened, open, close }: Props) {
  const { nameOf } = useLocale()
  const words = useWords()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section class="matrix-frame" aria-label={words.cells} tabIndex={0}>
      <table class={columns[0]?.before === undefined ? 'matrix months' : 'matrix'}>
        <thead>
          <tr>
            <th scope="col">{words.scope}</th>
            {columns.map(({ utility, span, label }) => (
              <th key={`${utility} ${span}`} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((scope) => {
            const site = scope.kind === 'boundary' ? undefined : scope.sites[0]
            const isOpen = opened !== undefined && opened.site === site
            const column = columns.find(({ span }) => span === opened?.month)

            return (
              <Fragment key={scope.scope}>
                <tr class={site === undefined ? 'boundary' : undefined}>
                  <th scope="row">
                    {site === undefined ? (
                      nameOf(scope.name)
                    ) : (
                      <a href={siteHref(site)} onClick={follow}>
                        {nameOf(scope.name)}
                      </a>
                    )}
                  </th>
                  {columns.map((one) => (
                    <Cell
                      key={`${one.utility} ${one.span}`}
                      scope={scope}
                      column={one}
                      covered={covered}
                      opened={isOpen && opened.month === one.span}
                      choose={
                        site === undefined || !one.opens
                          ? undefined
                          : () =>
                              isOpen && opened.month === one.span ? close() : open({ site, month: one.span })
                      }
                    />
                  ))}
                </tr>
                {isOpen && column !== undefined && (
                  <tr class="detail">
                    <td colSpan={columns.length + 1}>
                      <MonthDetail
                        site={scope}
                        zone={scope.zone}
                        month={column.span}
                        utility={column.utility}
                        meters={meters}
                        sites={sites}
                        close={close}
                      />
                    </td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

interface CellProps {
  scope: Scope
  column: Column
  covered: Covered
  opened: boolean
  choose: (() => void) | undefined
}

function Cell({ scope, column, covered, opened, choose }: CellProps) {
  const { text, format, nameOf } = useLocale()
  const words = useWords()
  const { utility, span, label, before } = column
  const row = covered.get(coveredKey(scope.scope, utility, span))
  const earlier = before === undefined ? undefined : covered.get(coveredKey(scope.scope, utility, before))
  if (row === undefined) return <td class="none" />
  const whose = words.cellOf(nameOf(scope.name), span.length > 4 ? format.month(`${span}-01`) : label)
  const said =
    row.value === null
      ? text.noData
      : words.cell(format.percent(row.coverage, 2), format.percent(row.estimated, 1))
  const looks = [
    gradeOf(row),
    row.quality === 'suspect' && 'suspect',
    row.estimated > MOST_ESTIMATED && 'guessed',
  ].filter(Boolean)
  const shown = (
    <>
      <Share row={row} />
      {earlier !== undefined && (
        <small class={`before ${gradeOf(earlier)}`}>
          {before}: <Share row={earlier} />
        </small>
      )}
    </>
  )
  return (
    <td class={looks.join(' ')} title={whose + said}>
      {choose === undefined ? (
        <div class="cell">{shown}</div>
      ) : (
        <button type="button" class="cell" aria-expanded={opened} onClick={choose}>
          <span class="unseen">{whose}</span>
          {shown}
        </button>
      )}
    </td>
  )
}

/** The covered share, and what is estimated of the value where that can be seen. */
function Share({ row }: { row: ConsumptionRow }) {
  const { format } = useLocale()
  const words = useWords()
  return (
    <>
      {row.value === null ? (
        <span class="share-known">—</span>
      ) : (
        <data class="share-known" value={row.coverage} data-unit="%">
          {shareOf(row.coverage, format.number)}
        </data>
      )}
      {row.value !== null && row.estimated >= 0.0005 && (
        <small class="estimate">{words.estimatedShort(format.percent(row.estimated, 1))}</small>
      )}
    </>
  )
}

/** In per cent; what lacks a little never reads as whole. */
function shareOf(coverage: number, number: (value: number, digits?: number) => string): string {
  const percent = coverage * 100
  return percent >= 99.95 ? '100' : number(Math.min(percent, 99.9), 1)
}
