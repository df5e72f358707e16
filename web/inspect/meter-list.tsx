import { useEffect, useRef } from 'preact/hooks'
import type { ConsumptionRow, MeterRow, SiteRow } from '../answers.ts'
import { Glyph } from '../glyphs.tsx'
import { useLocale } from '../i18n.ts'
import { qualityOfDay } from './day-quality.ts'
import type { DaySpan } from './face-layout.ts'
import type { TreeMeter } from './meter-tree.ts'
import { MiniBars } from './mini-bars.tsx'

interface Props {
  tree: readonly TreeMeter[]
  sites: readonly SiteRow[]
  hoursOf: (meter: string) => readonly ConsumptionRow[]
  spanOf: (meter: MeterRow) => DaySpan
  chosen: string | undefined
  choose: (meter: string) => void
}

/** The meters that a figure is made of, each with its hours in small and how well they are known. */
export function MeterList({ tree, sites, hoursOf, spanOf, chosen, choose }: Props) {
  const { text, format, nameOf } = useLocale()
  const words = text.inspect
  const list = useRef<HTMLElement>(null)
  // On a phone the list is a strip: what is shown must be in sight there.
  useEffect(() => {
    list.current
      ?.querySelector('[aria-current="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [chosen])
  const severalSites = new Set(tree.map(({ meter }) => meter.site)).size > 1
  return (
    <nav ref={list} class="meter-list" aria-label={words.meters}>
      <ul>
        {tree.map(({ meter, depth }) => {
          const hours = hoursOf(meter.id)
          const known = hours.flatMap(({ value }) => value ?? [])
          const quality = qualityOfDay(hours)
          const site = sites.find((one) => one.id === meter.site)
          const role = words.roles[meter.role] ?? meter.role
          return (
            <li key={meter.id} style={{ '--depth': String(depth) }}>
              <button
                type="button"
                aria-current={meter.id === chosen}
                onClick={() => choose(meter.id)}
                title={meter.id}
              >
                <span class="meter-name">
                  <b>{nameOf(meter.name)}</b>
                  <small>
                    {severalSites && depth === 0 && site !== undefined
                      ? `${nameOf(site.name)} · ${role}`
                      : role}
                  </small>
                </span>
                <span class="meter-used">
                  <b>
                    {known.length === 0
                      ? '—'
                      : format.amount(
                          known.reduce((a, b) => a + b, 0),
                          meter.unit,
                        )}
                  </b>
                  {quality !== 'measured' && (
                    <small class="quality">
                      <Glyph sign={quality} />
                      {words.qualities[quality]}
                    </small>
                  )}
                </span>
                <MiniBars hours={hours} span={spanOf(meter)} />
              </button>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
