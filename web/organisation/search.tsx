import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { download } from '../csv.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { useWords } from './words.ts'

interface Props {
  wanted: string
  setWanted: (wanted: string) => void
  /** What can be looked for. */
  hint: string
  found: number
  /** What is shown, as a file. */
  file: { readonly name: string; readonly text: () => string }
  children?: ComponentChildren
}

/** A field that a list is searched by, and the list as a file. */
export function Search({ wanted, setWanted, hint, found, file, children }: Props) {
  const { text } = useLocale()
  const words = useWords()
  const id = useId()
  return (
    <search class="list-tools">
      <label for={id} class="unseen">
        {words.search}
      </label>
      <input
        id={id}
        type="search"
        placeholder={hint}
        value={wanted}
        onInput={(event) => setWanted(event.currentTarget.value)}
      />
      {children}
      <span class="unseen" role="status">
        {wanted !== '' && words.found(found)}
      </span>
      <button type="button" class="quiet-button" onClick={() => download(file.name, file.text())}>
        <Icon name="download" />
        {text.downloadCsv}
      </button>
    </search>
  )
}

/** Whether every word that is looked for stands somewhere in the texts. */
export function speaksOf(texts: readonly (string | null | undefined)[], wanted: string): boolean {
  const all = texts.join(' ').toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}
