import type { Cell, Sheet } from './sheet.ts'

/** A sheet to be read: the alternative to its chart for whoever cannot see that. */
export function FigureTable({ sheet, label }: { sheet: Sheet; label: string }) {
  const { columns, rows } = sheet
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <section class="figure-table" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" class={column.right ? 'right' : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr key={cells.map(({ raw }) => raw).join(' ')}>
              {cells.map((cell, i) => {
                const column = columns[i]
                return i === 0 ? (
                  <th key={column?.key} scope="row">
                    <Shown cell={cell} />
                  </th>
                ) : (
                  <td key={column?.key} class={column?.right ? 'right' : undefined}>
                    <Shown cell={cell} />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Shown({ cell: { raw, text } }: { cell: Cell }) {
  if (typeof raw === 'number') return <data value={raw}>{text ?? raw}</data>
  return <>{text ?? raw ?? '—'}</>
}
