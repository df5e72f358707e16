import type { MeterRow, SiteRow, SitesAnswer } from '../answers.ts'
import { useLocale } from '../i18n.ts'
import { Icon } from '../icons.tsx'
import { follow, meterHref, siteHref } from '../route.ts'
import { useWords } from './words.ts'

interface Props {
  site: SiteRow
  meters: readonly MeterRow[] | undefined
  boundaries: SitesAnswer['boundaries']
  currency: string | null
}

/** What organisation.yaml says of a site, with its dates, and the site's meters by what they measure. */
export function SiteStated({ site, meters, boundaries, currency }: Props) {
  const { format, nameOf } = useLocale()
  const words = useWords()
  const { areas, stated, pueCategory } = site
  const day = (date: string) => format.day(date, 'full')
  const number = (value: number | null) =>
    value === null ? '—' : <data value={value}>{format.number(value)}</data>
  return (
    <div class="stated">
      <div class="stated-tables">
        {areas.length === 0 ? (
          <p class="note">{words.noAreas}</p>
        ) : (
          <Dated caption={words.floorArea} head={[words.area, words.from, 'm²']}>
            {areas.flatMap((area) =>
              area.floorArea.map(({ from, m2 }) => (
                <tr key={`${area.id} ${from}`}>
                  <th scope="row">{nameOf(area.name)}</th>
                  <td>{day(from)}</td>
                  <td class="right">{number(m2)}</td>
                </tr>
              )),
            )}
          </Dated>
        )}
        {stated.employees.length === 0 ? (
          <p class="note">{words.noEmployees}</p>
        ) : (
          <Dated caption={words.employees} head={[words.from, words.fullTime, words.total]}>
            {stated.employees.map(({ from, fullTime, total }) => (
              <tr key={from}>
                <th scope="row">{day(from)}</th>
                <td class="right">{number(fullTime)}</td>
                <td class="right">{number(total)}</td>
              </tr>
            ))}
          </Dated>
        )}
        {stated.revenue.length === 0 ? (
          <p class="note">{words.noRevenue}</p>
        ) : (
          <Dated caption={words.revenue} head={[words.from, words.to, words.millions(currency ?? '')]}>
            {stated.revenue.map(({ from, to, millions }) => (
              <tr key={from}>
                <th scope="row">{day(from)}</th>
                <td>{day(to)}</td>
                <td class="right">{number(millions)}</td>
              </tr>
            ))}
          </Dated>
        )}
      </div>
      <p class="note">{words.otherDenominators}</p>
      <dl class="stated-facts">
        <div>
          <dt>{words.inBoundaries}</dt>
          <dd>
            {boundaries.length === 0
              ? words.inNone
              : boundaries.map((boundary) => nameOf(boundary.name)).join(words.comma)}
          </dd>
        </div>
        {pueCategory !== null && (
          <div>
            <dt>{words.pueCategory}</dt>
            <dd>{words.pueCategories[pueCategory]}</dd>
          </div>
        )}
      </dl>
      {meters === undefined ? <div class="skeleton meters-skeleton" /> : <MetersByUtility meters={meters} />}
      <p>
        <a class="quiet-button" href={siteHref(site.id)} onClick={follow}>
          {words.sitePage}
          <Icon name="forward" />
        </a>
      </p>
    </div>
  )
}

interface DatedProps {
  caption: string
  head: readonly string[]
  children: preact.ComponentChildren
}

function Dated({ caption, head, children }: DatedProps) {
  return (
    <table class="dated">
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((label, i) => (
            <th key={label} scope="col" class={i === head.length - 1 ? 'right' : undefined}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

function MetersByUtility({ meters }: { meters: readonly MeterRow[] }) {
  const { text, nameOf } = useLocale()
  const words = useWords()
  const kinds = [...new Set(meters.map(({ utility }) => utility))]
  return (
    <section class="meters-by">
      {kinds.map((kind) => {
        const of = meters.filter(({ utility }) => utility === kind)
        return (
          <div key={kind}>
            <h3>
              {kind === 'outdoor-temperature' ? words.outdoor : text.utilities[kind]}{' '}
              <small>{words.meterCount(of.length)}</small>
            </h3>
            <ul>
              {of.map(({ id, name, role }) => (
                <li key={id}>
                  <a href={meterHref(id)} onClick={follow}>
                    {nameOf(name)}
                  </a>{' '}
                  <small>
                    {id} · {words.roles[role]}
                  </small>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </section>
  )
}
