import type { LineageNode } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { useWords } from './words.ts'

/** What stands behind an amount that no meter gives: an entry, or dated statements; and notes. */
export function Facts({ node }: { node: LineageNode }) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const { entry, statements = [], notes, left } = node
  if (entry === undefined && statements.length === 0 && notes.length === 0 && left === 0) return null
  return (
    <dl class="node-facts">
      {entry !== undefined && (
        <div>
          <dt>{words.entered}</dt>
          <dd>
            {[entry.kind, entry.item, entry.period].filter(Boolean).join(' · ')}
            <small>{words.enteredBy(entry.by, format.dateTime(entry.enteredAt))}</small>
            <small>
              {words.source}: {entry.source}
            </small>
          </dd>
        </div>
      )}
      {statements.length > 0 && (
        <div>
          <dt>{words.stated}</dt>
          <dd>
            {statements.map((one) => (
              <span key={`${one.name?.en}${one.from}`} class="statement">
                {one.name !== null && `${nameOf(one.name)} · `}
                {words.statedFrom(one.from, one.to)}: <b>{format.exact(one.value, one.unit)}</b>
              </span>
            ))}
          </dd>
        </div>
      )}
      {notes.length > 0 && (
        <div>
          <dt>{words.notes}</dt>
          <dd>
            {notes.map((note) => (
              <span key={note} class="statement">
                {note}
              </span>
            ))}
          </dd>
        </div>
      )}
      {left > 0 && <p class="left-out">{words.left(left)}</p>}
    </dl>
  )
}
