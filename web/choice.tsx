interface Props<T extends string | number> {
  legend: string
  options: readonly T[]
  chosen: T | undefined
  choose: (option: T) => void
  label: (option: T) => string
}

/** A few options side by side, one of them chosen. */
export function Choice<T extends string | number>({ legend, options, chosen, choose, label }: Props<T>) {
  return (
    <fieldset class="switch">
      <legend class="unseen">{legend}</legend>
      {options.map((option) => (
        <button key={option} type="button" aria-pressed={option === chosen} onClick={() => choose(option)}>
          {label(option)}
        </button>
      ))}
    </fieldset>
  )
}
