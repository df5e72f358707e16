import { useState } from 'preact/hooks'
import type { Driver } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { follow, meterHref, siteHref } from '../route.ts'
import { Bar, signed } from './driver-bar.tsx'
import { useWords } from './words.ts'

interface Props {
  part: Driver
  /** The largest of all changes, which fills a side. */
  most: number
  unit: string
  /** 1 where more is good, -1 where less is. */
  goodSign: number
  depth: number
}

/** One part of the change; a site opens to its meters. */
export function DriverRow({ part, most, unit, goodSign, depth }: Props) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const [open, setOpen] = useState(false)
  const { name, change, share, reason, kind } = part
  const parts = part.parts ?? []
  const said = words.driverKinds[kind]
  const href = hrefOf(part)
  return (
    <li>
      <div class="driver" style={{ '--depth': String(depth) }}>
        <p class="driver-name">
          {parts.length > 0 ? (
            <button
              type="button"
              aria-expanded={open}
              aria-label={words.open(nameOf(name))}
              onClick={() => setOpen(!open)}
            >
              <Icon name={open ? 'down' : 'forward'} />
              <span>{nameOf(name)}</span>
            </button>
          ) : (
            <span class="leaf">
              {href === undefined ? (
                nameOf(name)
              ) : (
                <a href={href} onClick={follow}>
                  {nameOf(name)}
                </a>
              )}
            </span>
          )}
          {parts.length > 0 && href !== undefined && (
            <a class="to-page" href={href} onClick={follow} title={words.page(nameOf(name))}>
              <Icon name="link" />
              <span class="unseen">{words.page(nameOf(name))}</span>
            </a>
          )}
          {said !== '' && <small>{said}</small>}
        </p>
        {change === null ? (
          <small class="driver-unknown">{reason ?? words.unknown}</small>
        ) : (
          <Bar change={change} most={most} goodSign={goodSign} />
        )}
        <p class="driver-value">
          <b>{change === null ? '—' : <data value={change}>{signed(change, unit, format.figure)}</data>}</b>
          {share !== null && (
            <small>
              <data value={share}>{format.percent(share, 0)}</data>
            </small>
          )}
        </p>
      </div>
      {open && (
        <ul>
          {parts.map((one) => (
            <DriverRow
              key={`${one.kind} ${one.id}`}
              part={one}
              most={most}
              unit={unit}
              goodSign={goodSign}
              depth={depth + 1}
            />
          ))}
        </ul>
      )}
    </li>
  )
}

/** Where a site or meter is shown by itself. */
function hrefOf({ kind, id }: Driver): string | undefined {
  if (kind === 'site') return siteHref(id.replace('site:', ''))
  return kind === 'meter' ? meterHref(id) : undefined
}
