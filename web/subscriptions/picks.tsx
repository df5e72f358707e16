interface Props {
  label: string
  /** What none chosen stands for. */
  all: string
  options: readonly { readonly id: string; readonly label: string }[]
  chosen: readonly string[]
  choose: (chosen: readonly string[]) => void
}

/** Some of a list, or all of it while none is chosen; closed until somebody wants less than all. */
export function Picks({ label, all, options, chosen, choose }: Props) {
  const said = options.filter(({ id }) => chosen.includes(id)).map((one) => one.label)
  return (
    <details class="picks">
      <summary>
        <span>{label}</span> <b>{said.length === 0 ? all : said.join(', ')}</b>
      </summary>
      <ul>
        {options.map(({ id, label: name }) => (
          <li key={id}>
            <label class="tick">
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={(event) =>
                  choose(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
                }
              />
              {name}
            </label>
          </li>
        ))}
      </ul>
    </details>
  )
}
