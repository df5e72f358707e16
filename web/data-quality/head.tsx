import type { ConsumptionRow, MeterRow, SitesAnswer } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { follow, meterHref } from '../route.ts'
import type { Attention, Lack } from './attention.ts'
import { type Covered, coveredKey, isSound } from './coverage.ts'
import { useWords } from './words.ts'

interface Props {
  year: number
  sites: SitesAnswer | undefined
  years: Covered | undefined
  attention: readonly Attention[] | undefined
  meters: readonly MeterRow[] | undefined
  conflicts: number | undefined
  refused: number | undefined
}

const FIRST = 2

/** The answer in a sentence, what to repair first, and the counts that stand behind it. */
export function Head({ year, sites, years, attention, meters, conflicts, refused }: Props) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const heard = meters?.filter(({ kind }) => kind !== 'virtual').length
  const metered = sites?.rows.filter(({ utilities }) => utilities.length > 0) ?? []
  const sound = years && metered.filter((site) => rowsOf(site, years, year).every(isSound)).length
  const [strong, rest] = words.headline(
    format.whole(sound ?? metered.length),
    format.whole(metered.length),
    year,
  )
  const having = (lack: Lack) => attention?.filter(({ lacks }) => lacks.includes(lack)).length
  const tiles = [
    ['silent', having('silent'), heard === undefined ? '' : words.ofMeters(format.whole(heard))],
    ['low', having('low'), words.thisYear(year)],
    ['estimated', having('estimated'), words.thisYear(year)],
    ['suspect', having('suspect'), words.thisYear(year)],
    ['conflicts', conflicts, words.lastDays],
    ['refused', refused, words.messages],
  ] as const
  return (
    <header class="quality-head">
      <div class="quality-said">
        <h1 id="headline">
          {sound === undefined ? (
            words.headlineWaiting(year)
          ) : (
            <>
              <b>{strong}</b>
              {rest}
            </>
          )}
        </h1>
        <p class="rule-said">{words.rule}</p>
        <p class="first">
          {attention === undefined ? (
            <span class="skeleton-text" />
          ) : attention.length === 0 ? (
            words.firstNone
          ) : (
            <>
              <b>{words.first}</b>{' '}
              {attention.slice(0, FIRST).map(({ meter, known }, i) => {
                const site = sites?.rows.find(({ id }) => id === meter.site)
                return (
                  <span key={meter.id}>
                    {i > 0 && words.and}
                    <a href={meterHref(meter.id, known?.worst?.day)} onClick={follow}>
                      {[site && nameOf(site.name), nameOf(meter.name)].filter(Boolean).join(' · ')}
                    </a>
                  </span>
                )
              })}
            </>
          )}
        </p>
      </div>
      <dl class="quality-tiles">
        {tiles.map(([name, count, of]) => (
          <div key={name} class={count ? `card tile some ${name}` : 'card tile'}>
            <dt>{words.tiles[name]}</dt>
            <dd>
              {count === undefined ? (
                <b class="skeleton-text" />
              ) : (
                <data value={count} data-sum>
                  {format.whole(count)}
                </data>
              )}
              <small>{of}</small>
            </dd>
          </div>
        ))}
      </dl>
    </header>
  )
}

function rowsOf(site: SitesAnswer['rows'][number], years: Covered, year: number): ConsumptionRow[] {
  return site.utilities.flatMap(
    (utility) => years.get(coveredKey(`site:${site.id}`, utility, String(year))) ?? [],
  )
}
