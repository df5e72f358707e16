import { Glyph } from '../glyphs.tsx'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { follow, meterHref } from '../route.ts'
import { Why } from '../why.tsx'
import type { BranchLine } from './branches.ts'

interface Props {
  line: BranchLine
  name: string
  unit: string
}

/** An amount of the balance with its bar, which stands under the part of the supply that it is. */
export function BranchRow({ line, name, unit }: Props) {
  const { text, format } = useLocale()
  const words = text.balance
  const { rest, bar, value, share, alarm, excess, quality, reason, depth } = line
  const marked = alarm || excess
  const kind = rest ? (marked ? 'rest marked' : 'rest') : 'amount'
  return (
    <li class={`branch ${kind}`} style={{ '--depth': String(depth) }}>
      <span class="branch-name">
        {line.meter === null || rest ? (
          name
        ) : (
          <a href={meterHref(line.meter)} onClick={follow}>
            {name}
          </a>
        )}
        {marked && (
          <Why
            label={<Icon name="warn" />}
            name={excess ? words.excess : words.alarm}
            hint={excess ? words.excess : words.alarm}
            kind="mark"
          >
            <p>{excess ? words.excess : words.alarm}</p>
          </Why>
        )}
        {!rest && quality !== 'measured' && (
          <span title={text.inspect.qualitySaid[quality]}>
            <Glyph sign={quality} />
            <span class="unseen">{text.inspect.qualities[quality]}</span>
          </span>
        )}
      </span>
      <span class="branch-bar" aria-hidden="true">
        {bar !== undefined && <i style={{ '--from': String(bar.from), '--length': String(bar.length) }} />}
      </span>
      <span class="branch-value">
        {value === null ? (
          <Why label="—" name={text.noValue} hint={reason ?? text.noReason} kind="dash">
            <p>{reason ?? text.noReason}</p>
          </Why>
        ) : excess && rest ? (
          <b>
            <data value={value}>{words.excessBy(format.amount(-value, unit))}</data>
          </b>
        ) : (
          <b>
            <data value={value}>{format.amount(value, unit)}</data>
          </b>
        )}
        <small title={share === null ? undefined : words.ofParent(format.percent(share))}>
          {share === null ? '' : format.percent(Math.abs(share))}
        </small>
      </span>
    </li>
  )
}
