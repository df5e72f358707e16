import type { ComponentChildren } from 'preact'
import type { Formats } from '../format.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { Why } from '../why.tsx'
import { useWords } from './words.ts'

interface Props {
  path: string
  name: string
  /** What stands beneath the name: its kind, its factor. */
  note?: ComponentChildren
  value: number | null
  unit: string
  reason?: string | undefined
  share: number | null
  shareOf: string
  known: ComponentChildren
  depth: number
  /** Undefined where there is nothing beneath it. */
  open?: boolean | undefined
  toggle?: (() => void) | undefined
  /** What it does where it opens no branch. */
  action?: string
}

/** One line of a tree: a button where something is beneath it, its share as a bar, its value. */
export function Line({
  path,
  name,
  note,
  value,
  unit,
  reason,
  share,
  shareOf,
  known,
  depth,
  open,
  toggle,
  action,
}: Props) {
  const { text, format } = useLocale()
  const words = useWords()
  const said = share === null ? undefined : words.shareOf(format.percent(share), shareOf)
  const bar = share === null ? 0 : Math.min(1, Math.abs(share))
  return (
    <div class="line" style={{ '--depth': String(Math.min(depth, 7)) }}>
      <span class="line-name">
        {toggle === undefined ? (
          <span class="line-leaf">{name}</span>
        ) : (
          <button
            type="button"
            class="line-button"
            data-path={path}
            aria-expanded={open}
            title={action}
            onClick={toggle}
          >
            <Icon name={open ? 'down' : 'forward'} />
            <span>{name}</span>
          </button>
        )}
        {note !== undefined && <small class="line-note">{note}</small>}
      </span>
      <span class="line-share" title={said}>
        <i class={share !== null && share < 0 ? 'less' : ''} style={{ '--share': String(bar) }} />
        <small>
          {share === null ? '' : format.percent(share)}
          <span class="unseen">{said}</span>
        </small>
      </span>
      <span class="line-value">
        {value === null ? (
          <Why label="—" name={text.noValue} hint={reason ?? text.noReason} kind="dash">
            <p>{reason ?? text.noReason}</p>
          </Why>
        ) : (
          <data value={value}>{amountOf(value, unit, format)}</data>
        )}
      </span>
      <span class="line-known">{known}</span>
    </div>
  )
}

/** People are whole, and so is whatever else has nothing after the point. */
export function amountOf(value: number, unit: string, format: Formats): string {
  return Number.isInteger(value) ? format.exact(value, unit) : format.amount(value, unit)
}
