import type { MeterRow, SitesAnswer } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { follow, meterHref, overviewHref } from '../route.ts'
import { useWords } from './words.ts'

interface Props {
  id: string
  meters: readonly MeterRow[]
  sites: SitesAnswer | undefined
}

const FEW = 6

/** The answer to an address that names no meter: those that are called most like it. */
export function NoMeter({ id, meters, sites }: Props) {
  const { nameOf } = useLocale()
  const words = useWords()
  const near = meters.toSorted((a, b) => alike(id, b.id) - alike(id, a.id)).slice(0, FEW)
  return (
    <main id="meter" class="meter-view">
      <p class="crumbs">
        <a href={overviewHref()} onClick={follow}>
          {words.overview}
        </a>
      </p>
      <section class="card no-meter">
        <h1>{words.none(id)}</h1>
        <p>{words.noneSaid}</p>
        <ul>
          {near.map((meter) => {
            const site = sites?.rows.find((one) => one.id === meter.site)
            return (
              <li key={meter.id}>
                <a href={meterHref(meter.id)} onClick={follow}>
                  {nameOf(meter.name)}
                </a>
                <code>{meter.id}</code>
                {site !== undefined && <small>{nameOf(site.name)}</small>}
              </li>
            )
          })}
        </ul>
      </section>
    </main>
  )
}

/** How many pairs of neighbouring letters two ids share, as a part of all that they have. */
function alike(a: string, b: string): number {
  const pairs = (text: string) => new Set([...text].slice(1).map((letter, i) => `${text[i]}${letter}`))
  const [ofA, ofB] = [pairs(a.toLowerCase()), pairs(b.toLowerCase())]
  const shared = [...ofA].filter((pair) => ofB.has(pair)).length
  return shared / Math.max(ofA.size + ofB.size, 1)
}
