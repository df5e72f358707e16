import { cloneElement, type VNode } from 'preact'
import { useId } from 'preact/hooks'

interface Props {
  label: string
  /** What the server says about this field. */
  error: string | undefined
  children: VNode<Record<string, unknown>>
}

/** A field with its label, and beside it what is wrong with it. */
export function Field({ label, error, children }: Props) {
  const id = useId()
  const wrong = error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-error` }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {cloneElement(children, { id, ...wrong })}
      {error !== undefined && (
        <p id={`${id}-error`} class="field-error">
          {error}
        </p>
      )}
    </div>
  )
}
